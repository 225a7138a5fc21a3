import { buildSchema, isInterfaceType, responsePathAsArray } from 'graphql';
import { expect, test } from 'vitest';
import { askedBothWays, askedOf, messagesOf } from './same.ts';

const typeDefs = `
  interface Named { name: String }
  type A implements Named { name: String }
  type C { name: String }
  type Query { one: Named many: [[Named]] }`;

test.for<readonly [string, unknown, string | null]>([
  ['its type', 'A', null],
  ['a type that is none of it', 'C', 'Runtime Object type "C" is not a possible type for "Named".'],
  ['no type', 'D', 'Abstract type "Named" was resolved to a type "D" that does not exist inside the schema.'],
  ['an interface', 'Named', 'Abstract type "Named" was resolved to a non-object type "Named".'],
  ['a number', 5, 'with value { name: "n" }, received "5".'],
  ['nothing', undefined, 'Either the "Named" type should provide'],
  ['null', null, 'Either the "Named" type should provide'],
])('an object is said to be of %s, at once and later', async ([, said, message]) => {
  for (const resolveType of [() => said, async () => said]) {
    const [answer] = await askedBothWays({
      typeDefs,
      resolvers: { Query: { one: () => ({ name: 'n' }) }, Named: { __resolveType: resolveType } },
      query: '{ one { __typename name } }',
    });
    expect(answer?.data).toBe(message === null ? '{"one":{"__typename":"A","name":"n"}}' : '{"one":null}');
    const messages = answer === undefined ? [] : messagesOf(answer);
    expect(messages).toEqual(message === null ? [] : [expect.stringContaining(message)]);
  }
});

test('what says the type of an item is told the path of the field', async () => {
  const schema = buildSchema(typeDefs);
  const named = schema.getType('Named');
  const field = schema.getQueryType()?.getFields()['many'];
  if (!isInterfaceType(named) || field === undefined) throw new Error('another schema');
  const paths: unknown[] = [];
  field.resolve = () => [[{ name: 'a' }, { name: 'b' }]];
  named.resolveType = (_value, _context, { path }) => {
    paths.push(responsePathAsArray(path));
    return 'A';
  };
  await askedOf(schema, { query: '{ all: many { name } }' });
  expect(new Set(paths.map((path) => JSON.stringify(path)))).toEqual(new Set(['["all"]']));
});
