import { buildSchema, executeSync, GraphQLObjectType, GraphQLScalarType, GraphQLSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createExecutor } from '../../../src/graphql/executing/executor.ts';
import { piecesOf } from '../../../src/graphql/executing/output.ts';
import { askedBothWays, askedOf, messagesOf } from './same.ts';
import { executionOf } from './told.ts';

test.for(['ID', 'Int', 'Float'])('a scalar of its own that is called %s is written as it says', async (name) => {
  const own = new GraphQLScalarType({ name, serialize: (value) => `own ${value}` });
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: Object.fromEntries(
      ['text', 1, 1.5, true].map((value, at) => [`f${at}`, { type: own, resolve: () => value }]),
    ),
  });
  const [answer] = await askedOf(new GraphQLSchema({ query, types: [own] }), { query: '{ f0 f1 f2 f3 }' });
  expect(answer?.data).toBe('{"f0":"own text","f1":"own 1","f2":"own 1.5","f3":"own true"}');
});

test.for([
  [undefined, 'Expected `Odd.serialize("x")` to return non-nullable value, returned: undefined'],
  [null, 'Expected `Odd.serialize("x")` to return non-nullable value, returned: null'],
])('a value that is serialized to %s is an error', async ([serialized, message]) => {
  const [answer] = await askedBothWays({
    typeDefs: 'scalar Odd type Query { odd: Odd }',
    resolvers: { Query: { odd: () => 'x' }, Odd: new GraphQLScalarType({ name: 'Odd', serialize: () => serialized }) },
    query: '{ odd }',
  });
  expect(answer === undefined ? [] : messagesOf(answer)).toEqual([message]);
});

test.for<readonly [string, string, unknown, string]>([
  ['minus zero', 'Float', -0, '0'],
  ['minus zero', 'Int', -0, '0'],
  ['a large number', 'Float', 1e21, '1e+21'],
  ['a small number', 'Float', 1e-7, '1e-7'],
  ['no number', 'Float', Number.NaN, 'null'],
  ['more than an Int', 'Int', 2 ** 31, 'null'],
  ['the least Int', 'Int', -(2 ** 31), '-2147483648'],
  ['half a pair', 'String', 'a\ud800b', '"a\\ud800b"'],
  ['a pair', 'String', '😀', '"😀"'],
  ['separators of lines', 'String', '\u2028\u2029', '"\u2028\u2029"'],
  ['control characters', 'ID', '\u0000\n"\\\u007f', '"\\u0000\\n\\"\\\\\u007f"'],
  ['a number', 'ID', 12, '"12"'],
  ['a truth', 'String', true, '"true"'],
  ['a text', 'Int', '12', '12'],
])('%s as %s', async ([, type, value, expected]) => {
  const [answer] = await askedBothWays({
    typeDefs: `type Query { value: ${type} list: [${type}] }`,
    resolvers: { Query: { value: () => value, list: async () => [value, value] } },
    query: '{ value list }',
  });
  expect(answer?.data).toBe(`{"value":${expected},"list":[${expected},${expected}]}`);
});

test('what is no JSON is null, where graphql-js leaves the field out as it is written', async () => {
  const schema = buildSchema('scalar Odd type Query { odd: Odd more: Int }');
  const odd = schema.getType('Odd');
  const fields = schema.getQueryType()?.getFields();
  if (!(odd instanceof GraphQLScalarType) || fields?.['odd'] === undefined) throw new Error('another schema');
  odd.serialize = () => Symbol('none');
  fields['odd'].resolve = () => 1;
  const document = parse('{ odd more }');
  const answer = createExecutor(schema, { programBytesMax: 1, keptBytesMax: 1_000_000 }).execute(
    executionOf({ document, operationName: undefined, variables: {} }, {}),
  );
  if (answer === null || answer instanceof Promise || answer.data === null) throw new Error('no such answer');
  expect(Buffer.concat(piecesOf(answer.data.chunk)).toString()).toBe('{"odd":null,"more":null}');
  expect(JSON.stringify(executeSync({ schema, document }).data)).toBe('{"more":null}');
});
