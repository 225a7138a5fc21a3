import { type GraphQLField, isNonNullType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { compile } from './compiler.ts';

/** A field that returns a connection, and the type it is of. */
type Connecting = { readonly owner: string; readonly field: string };

const connecting: readonly Connecting[] = Object.values(buildSchema().getTypeMap())
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => field.name !== '_entities' && /Connection$/.test(nameOf(field)))
      .map((field) => ({ owner: type.name, field: field.name })),
  );

function nameOf({ type }: GraphQLField<unknown, unknown>): string {
  return String(isNonNullType(type) ? type.ofType : type);
}

const moduleOf = ({ owner, field }: Connecting, way: string) => `${owner}_${field}_${way}`;

const ways = [
  { way: 'forward', count: 'first', cursor: 'after' },
  { way: 'backward', count: 'last', cursor: 'before' },
] as const;

/** A fragment with a page of the connection, which is asked for again with another cursor. */
function fragmentOf(at: Connecting, way: string, count: string, cursor: string): string {
  const { owner, field } = at;
  const name = moduleOf(at, way);
  return `
    fragment ${name} on ${owner}
    @argumentDefinitions(window: { type: "TimeWindow" }, count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" })
    @refetchable(queryName: "${name}Query") {
      ${field}(window: $window, ${count}: $count, ${cursor}: $cursor) @connection(key: "${name}_${field}") {
        totalCount
        edges { node { id } }
        coverage { complete daysRead daysExpected retryAfterSeconds }
      }
    }`;
}

test('Relay takes every connection of the schema, forward and backward, and asks for its next page by node(id:) where its owner is a Node', async () => {
  expect(connecting.map(({ owner, field }) => `${owner}.${field}`)).toEqual(
    expect.arrayContaining(['Query.conversations', 'Query.agents', 'Agent.conversations', 'Queue.agents']),
  );
  const documents = connecting.flatMap((at) =>
    ways.map(({ way, count, cursor }) => [moduleOf(at, way), fragmentOf(at, way, count, cursor)]),
  );
  using compilation = await compile(Object.fromEntries(documents));
  expect(compilation.output).toContain('Compilation completed');
  expect(compilation.exitCode).toBe(0);
  for (const at of connecting) {
    for (const { way } of ways) {
      const isOfNode = at.owner !== 'Query';
      expect(compilation.artifact(moduleOf(at, way))).toMatchObject({
        metadata: {
          connection: [{ count: 'count', cursor: 'cursor', direction: way, path: [at.field] }],
          refetch: {
            connection: { [way]: { count: 'count', cursor: 'cursor' }, path: [at.field] },
            fragmentPathInResult: isOfNode ? ['node'] : [],
            ...(isOfNode ? { identifierInfo: { identifierField: 'id', identifierQueryVariableName: 'id' } } : {}),
          },
        },
      });
    }
  }
});

test.each([
  {
    title: 'a list that is no connection',
    document:
      'query wrongQuery { conversations(first: 1) { nodes { metrics @connection(key: "wrong_metrics") { metricName } } } }',
    told: /@connection used on invalid field 'metrics'/,
  },
  {
    title: 'a connection whose rows aren’t asked for',
    document: 'query wrongQuery { conversations(first: 1) @connection(key: "wrong_conversations") { totalCount } }',
    told: /Expected 'conversations' to be passed a 'edges' selection/,
  },
  {
    title: 'a connection without a size',
    document: 'query wrongQuery { conversations @connection(key: "wrong_conversations") { edges { node { id } } } }',
    told: /Expected field 'conversations' to be passed a 'first' or 'last' argument/,
  },
  {
    title: 'a key that doesn’t end with the field’s name',
    document: 'query wrongQuery { conversations(first: 1) @connection(key: "wrong_rows") { edges { node { id } } } }',
    told: /Expected the key argument to @connection/,
  },
  {
    title: 'a part that can’t be asked for again, for it has no id',
    document:
      'fragment wrong_summary on ScoreSummary @refetchable(queryName: "wrongSummaryQuery") { conversationCount }',
    told: /Invalid use of @refetchable on fragment/,
  },
])('Relay refuses $title', async ({ document, told }) => {
  using compilation = await compile({ wrong: document });
  expect(compilation.exitCode).not.toBe(0);
  expect(compilation.output).toMatch(told);
});
