import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { type Example, examplesAt } from '../../src/server/graphiql/examples.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

const examples = examplesAt(Date.now());
const named = examples.map((example): [string, Example] => [nameOf(example), example]);

test('there are eight examples, each a tab of its own name', () => {
  expect(new Set(named.map(([name]) => name)).size).toBe(8);
});

test.for(named)('%s is valid', ([, { query }]) => {
  expect(validate(buildSchema(), parse(query))).toEqual([]);
});

test.for(named)('%s answers without errors, with the variables it comes with', async ([, { query, variables }]) => {
  await using kore = await startSimulator({ conversationsPerDay: 200 });
  await using gateway = await startTestGateway(kore);
  expect(await gateway.query(query, variables ?? {})).toEqual({ status: 200, data: expect.anything() });
  expect(kore.callCount).toBeLessThanOrEqual(3);
});

test('the example of one day asks for the whole UTC day before, also at midnight', () => {
  const midnight = Date.parse('2026-03-01T00:00:00Z');
  const window = { from: '2026-02-28T00:00:00Z', until: '2026-03-01T00:00:00Z' };
  for (const nowMs of [midnight, midnight + 1, midnight + 86_399_999]) {
    expect(examplesAt(nowMs).at(-1)?.variables).toMatchObject({ window });
  }
});

/** The name of a document's one operation, which GraphiQL takes for the tab's title. */
function nameOf({ query }: Example): string {
  const operations = parse(query).definitions.filter((definition) => definition.kind === 'OperationDefinition');
  const [operation] = operations;
  if (operation?.name === undefined || operations.length !== 1) throw new Error('not one named operation');
  return operation.name.value;
}
