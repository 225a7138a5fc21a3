import { expect, test } from 'vitest';
import { federationResolvers } from '../../../src/graphql/resolvers/federation.ts';
import { resolvers } from '../../../src/graphql/resolvers/resolvers.ts';

/** Compiled programs make no `info` for a resolver that names fewer than four parameters: so it may take it in no other way. */
test('no resolver takes more than the parameters that it names', () => {
  const all = Object.entries({ ...resolvers, Federation: federationResolvers('').Query }).flatMap(
    ([typeName, fields]) =>
      Object.entries(fields).flatMap(([fieldName, resolve]: [string, unknown]) =>
        typeof resolve === 'function' ? [{ name: `${typeName}.${fieldName}`, resolve }] : [],
      ),
  );
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter(({ resolve }) => takesMore(String(resolve))).map(({ name }) => name)).toEqual([]);
});

/** Whether a function takes what comes, gives a parameter a value of its own, or can't be looked at. */
function takesMore(source: string): boolean {
  const [parameters = ''] = source.split(/=>|\)\s*\{/);
  return /\barguments\b|\[native code\]/.test(source) || /\.\.\.|=/.test(parameters);
}

test.for<readonly [boolean, (...given: never[]) => unknown]>([
  [false, (one: unknown) => one],
  [false, async (one: unknown, two: unknown) => [one, two]],
  [true, (...all: unknown[]) => all],
  [true, (one: unknown, ...all: unknown[]) => [one, all]],
  [false, ({ one }: { readonly one: unknown }) => ({ one })],
  [true, ({ one }: { readonly one: unknown }, two = 2) => [one, two]],
  [true, Function.prototype.bind.call((one: unknown) => one, null)],
])('which is seen: %s of %s', ([expected, resolve]) => {
  expect(takesMore(String(resolve))).toBe(expected);
});
