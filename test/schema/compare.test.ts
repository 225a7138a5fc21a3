import { expect, test } from 'vitest';
import { compareSdl, type Severity } from '../../scripts/schema/compare.ts';

const plain = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@cost"])
"Where it begins."
type Query { agent(agentId: ID!, first: Int = 5): Agent  page: PageInfo }
type Agent @key(fields: "agentId") { agentId: ID!  name: String @cost(weight: 1)  channel: Channel }
type PageInfo @shareable { hasNextPage: Boolean! }
enum Channel { VOICE CHAT }
input Filter { channel: Channel }
type Other { filtered(filter: Filter): Int }
`;

type Case = readonly [title: string, from: string, to: string, severity: Severity, path: string];

const cases: readonly Case[] = [
  ['a field is taken away', 'name: String @cost(weight: 1)', '', 'breaking', 'Agent.name'],
  ['a type is taken away', 'type Other { filtered(filter: Filter): Int }', '', 'breaking', 'Other'],
  ['a field may be null', 'hasNextPage: Boolean!', 'hasNextPage: Boolean', 'breaking', 'PageInfo.hasNextPage'],
  [
    'a field is never null',
    'channel: Channel }\ntype PageInfo',
    'channel: Channel! }\ntype PageInfo',
    'safe',
    'Agent.channel',
  ],
  ['an argument is required', 'first: Int = 5', 'first: Int!', 'breaking', 'Query.agent.first'],
  ['an argument is new', 'first: Int = 5', 'first: Int = 5, last: Int', 'dangerous', 'Query.agent.last'],
  ['a default is another', 'first: Int = 5', 'first: Int = 6', 'dangerous', 'Query.agent.first'],
  ['a value is taken away', 'VOICE CHAT', 'VOICE', 'breaking', 'Channel.CHAT'],
  ['a value is new', 'VOICE CHAT', 'VOICE CHAT EMAIL', 'dangerous', 'Channel.EMAIL'],
  [
    'an input field is required',
    'input Filter { channel: Channel }',
    'input Filter { channel: Channel, id: ID! }',
    'breaking',
    'Filter.id',
  ],
  [
    'an input field is new',
    'input Filter { channel: Channel }',
    'input Filter { channel: Channel, id: ID }',
    'safe',
    'Filter.id',
  ],
  ['a field is new', 'name: String', 'email: String name: String', 'safe', 'Agent.email'],
  ['a key is taken away', '@key(fields: "agentId")', '', 'breaking', 'Agent.@key'],
  ['a key is another', '@key(fields: "agentId")', '@key(fields: "agentId name")', 'breaking', 'Agent.@key.fields'],
  [
    'a key is another beside a new one',
    '@key(fields: "agentId")',
    '@key(fields: "name") @key(fields: "channel")',
    'breaking',
    'Agent.@key.fields',
  ],
  ['a key is new', '@key(fields: "agentId")', '@key(fields: "agentId") @key(fields: "name")', 'safe', 'Agent.@key'],
  [
    'a key is of no use any more',
    '@key(fields: "agentId")',
    '@key(fields: "agentId", resolvable: false)',
    'breaking',
    'Agent.@key.resolvable',
  ],
  ['a field is hidden', 'name: String', 'name: String @inaccessible', 'breaking', 'Agent.name.@inaccessible'],
  ['a type is shared no more', 'PageInfo @shareable', 'PageInfo', 'breaking', 'PageInfo.@shareable'],
  ['a cost is another', '@cost(weight: 1)', '@cost(weight: 2)', 'dangerous', 'Agent.name.@cost.weight'],
  ['a tag is new', 'name: String', 'name: String @tag(name: "personal")', 'safe', 'Agent.name.@tag'],
  [
    'a field with a description is described anew and loses an argument',
    '"Where it begins."\ntype Query { agent(agentId: ID!, first: Int = 5)',
    '"Where all begins."\ntype Query { "One." agent(agentId: ID!)',
    'breaking',
    'Query.agent.first',
  ],
];

test.for(cases)('%s', async ([, from, to, severity, path]) => {
  expect(plain).toContain(from);
  const changes = await compareSdl(plain, plain.replace(from, to));
  expect(changes.map((change) => [change.severity, change.path])).toContainEqual([severity, path]);
  // What is worse stands first, and nothing is worse than what was done.
  expect(changes[0]?.severity).toBe(severity);
});

test('nothing has changed where nothing but the order and the definitions of federation have', async () => {
  const [link = '', ...types] = plain.trim().split('\n');
  const other = [
    ...types,
    link,
    'scalar federation__FieldSet',
    'directive @key(fields: federation__FieldSet!) on OBJECT',
  ];
  expect(await compareSdl(plain, plain)).toEqual([]);
  expect(await compareSdl([link, ...types].join('\n'), other.join('\n'))).toEqual([]);
});
