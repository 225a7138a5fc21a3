import { buildSchema, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { askedBothWays, askedOf } from './same.ts';

test('a field that objects of several types have by one node has of each its own defaults', async () => {
  const said = (_: unknown, { size, mark }: { readonly size: number; readonly mark: string }) => `${size} ${mark}`;
  const [answer] = await askedBothWays({
    typeDefs: `
      interface Named { name(size: Int): String }
      type A implements Named { name(size: Int, mark: String = "a"): String }
      type B implements Named { name(size: Int, mark: String = "b"): String }
      type Query { all: [Named] }`,
    resolvers: {
      Query: { all: () => [{ __typename: 'A' }, { __typename: 'B' }, { __typename: 'A' }] },
      A: { name: said },
      B: { name: said },
    },
    query: 'query ($size: Int) { all { name(size: $size) } }',
    variables: [{ size: 3 }],
  });
  expect(answer?.data).toBe('{"all":[{"name":"3 a"},{"name":"3 b"},{"name":"3 a"}]}');
});

test('arguments that do not fit are an error also of a field that is a property', async () => {
  const [fits, doesNot] = await askedBothWays({
    typeDefs: 'type Thing { size(unit: Int! = 1): Int } type Query { thing: Thing }',
    resolvers: { Query: { thing: () => ({ size: 4 }) } },
    query: 'query ($unit: Int = 1) { thing { size(unit: $unit) } }',
    variables: [{}, { unit: null }],
  });
  expect(fits).toEqual({ data: '{"thing":{"size":4}}', errors: [] });
  expect(doesNot?.data).toBe('{"thing":{"size":null}}');
  expect(doesNot?.errors).toHaveLength(1);
});

test('each run has its own variables, and literals stay', async () => {
  const answers = await askedBothWays({
    typeDefs: 'input In { a: Int, b: Int = 2 } type Query { sum(in: In, plus: Int = 10): Int }',
    resolvers: {
      Query: {
        sum: (_: unknown, args: { readonly in: { readonly a: number; readonly b: number }; readonly plus: number }) =>
          args.in.a + args.in.b + args.plus,
      },
    },
    query: 'query ($a: Int, $plus: Int) { sum(in: { a: $a }, plus: $plus) literal: sum(in: { a: 1 }) }',
    variables: [{ a: 1 }, { a: 2, plus: 100 }],
  });
  expect(answers.map(({ data }) => data)).toEqual(['{"sum":13,"literal":13}', '{"sum":104,"literal":13}']);
});

test('a resolver is called as no method, and a property that is a function as one of its object', async () => {
  const schema = buildSchema('type Query { thing: Thing } type Thing { own: String plain: String full: String }');
  const fields = schema.getQueryType()?.getFields();
  const thing = schema.getType('Thing');
  if (fields?.['thing'] === undefined || !isObjectType(thing)) throw new Error('another schema');
  const { plain, full } = thing.getFields();
  if (plain === undefined || full === undefined) throw new Error('another schema');
  fields['thing'].resolve = () => ({ name: 'its', own: ownName });
  plain.resolve = function (this: unknown, _source) {
    return String(this);
  };
  full.resolve = function (this: unknown, _source, _args, _context, _info) {
    return String(this);
  };
  const [answer] = await askedOf(schema, { query: '{ thing { own plain full } }' });
  expect(answer).toEqual({ data: '{"thing":{"own":"its","plain":"undefined","full":"undefined"}}', errors: [] });
});

function ownName(this: { readonly name: string }): string {
  return this.name;
}
