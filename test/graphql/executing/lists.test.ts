import { expect, test } from 'vitest';
import { askedBothWays } from './same.ts';

const later = async (value: unknown) => value;
const failing = async (message: string) => {
  throw new Error(message);
};

/** What is unhandled fails the run of the tests. */
test('a list fails at once by an item, and those that fail later are nobody’s', async () => {
  const [answer] = await askedBothWays({
    typeDefs: 'type Query { sure: [Int!] other: Int }',
    resolvers: {
      Query: { sure: () => [failing('later'), null, failing('never seen').catch(() => 3)], other: () => 1 },
    },
    query: '{ sure other }',
  });
  expect(answer?.data).toBe('{"sure":null,"other":1}');
  expect(answer?.errors).toMatchObject([{ path: ['sure', 1] }]);
});

test('a sequence that throws leaves items that fail later to nobody', async () => {
  const [answer] = await askedBothWays({
    typeDefs: 'type Query { some: [Int!] }',
    resolvers: {
      Query: {
        *some() {
          yield failing('later');
          throw new Error('at once');
        },
      },
    },
    query: '{ some }',
  });
  expect(answer).toMatchObject({ data: '{"some":null}', errors: [{ message: 'at once' }] });
});

test.for<readonly [string, () => unknown, string]>([
  ['an array', () => [1, later(2), 3], '[1,2,3]'],
  ['a set', () => new Set([later(1), 2]), '[1,2]'],
  ['an array with holes', () => Array.from({ length: 2 }), '[null,null]'],
  ['a text', () => '12', 'null'],
  ['what is like an array', () => ({ length: 1, 0: 1 }), 'null'],
  ['what says that it is no sequence', () => ({ [Symbol.iterator]: undefined }), 'null'],
  ['nothing in it', () => later([]), '[]'],
  ['an item that fails', () => [1, failing('one'), new Error('two'), later(4)], '[1,null,null,4]'],
])('%s as a list', async ([, list, expected]) => {
  const [answer] = await askedBothWays({
    typeDefs: 'type Query { list: [Int] }',
    resolvers: { Query: { list } },
    query: '{ list }',
  });
  expect(answer?.data).toBe(`{"list":${expected}}`);
});
