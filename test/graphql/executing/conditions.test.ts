import { expect, test } from 'vitest';
import { askedBothWays } from './same.ts';

const typeDefs = 'scalar Any type Query { a: Int b: Int c: Int o: Query echo(text: String, any: Any): String }';
const resolvers = {
  Query: {
    a: () => 1,
    b: () => 2,
    c: () => 3,
    o: () => ({}),
    echo: (_: unknown, { text }: { readonly text: string }) => text,
  },
};

test('one fragment under several conditions is there if one of them holds', async () => {
  const answers = await askedBothWays({
    typeDefs,
    resolvers,
    query: `query ($x: Boolean = false, $y: Boolean!) { ...F @include(if: $x) c ...F @skip(if: $y) o { ...F @skip(if: $x) } }
      fragment F on Query { a @include(if: $y) b }`,
    variables: [{ y: true }, { y: false }, { x: true, y: true }, { x: true, y: false }, { x: null, y: true }],
  });
  expect(answers.map(({ data }) => data)).toEqual([
    '{"c":3,"o":{"a":1,"b":2}}',
    '{"c":3,"b":2,"o":{"b":2}}',
    '{"a":1,"b":2,"c":3,"o":{}}',
    '{"b":2,"c":3,"o":{}}',
    'null',
  ]);
});

test('a condition that cannot be told is not looked at where the fragment is spread already', async () => {
  const [answer] = await askedBothWays({
    typeDefs,
    resolvers,
    query: 'query ($x: Boolean = true) { ...F ...F @include(if: $x) } fragment F on Query { a }',
    variables: [{ x: null }],
  });
  expect(answer).toEqual({ data: '{"a":1}', errors: [] });
});

test('texts of another operation are not taken for conditions, whatever they say', async () => {
  const answers = await askedBothWays({
    typeDefs,
    resolvers,
    query: `query A($a: Boolean!, $c: Boolean!) { a @include(if: $a) c @include(if: $c) }
      query B($a: String, $b: Boolean!, $c: String) { b @include(if: $b) one: echo(text: $a) other: echo(text: $c) }`,
    operationName: 'B',
    variables: [
      { a: 'p true', b: false, c: 'q' },
      { a: 'p', b: true, c: 'false q' },
    ],
  });
  expect(answers.map(({ data }) => data)).toEqual([
    '{"one":"p true","other":"q"}',
    '{"b":2,"one":"p","other":"false q"}',
  ]);
});

test('nor are objects that cannot be made a text', async () => {
  const [answer] = await askedBothWays({
    typeDefs,
    resolvers,
    query: 'query A($a: Boolean!) { a @skip(if: $a) } query B($a: Any) { echo(text: "said", any: $a) }',
    operationName: 'B',
    variables: [{ a: { toString: 1, valueOf: 1 } }],
  });
  expect(answer?.data).toBe('{"echo":"said"}');
});
