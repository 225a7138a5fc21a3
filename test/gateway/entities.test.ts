import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { ask, dayWindow } from './asking.ts';
import { type ClientError, type GatewayUnderTest, startTestGateway } from './harness.ts';

/** Days of exactly 1,000 conversations cost 11 calls each. Today is the last of the default window's seven, and half of it is over. */
const callsPerDay = 11;
const callsToday = 5;
const now = () => Date.parse('2026-03-08T12:00:00Z');
const day = dayWindow('2026-03-02');

type Fields = Readonly<Record<string, unknown>>;
type Entities = {
  readonly data: { readonly _entities: readonly (Fields | null)[] } | null;
  readonly errors?: readonly ClientError[];
};

let kore: Simulator;
beforeAll(async () => {
  kore = await startSimulator({ switches: { quotaLimit: 0 }, now });
});
afterAll(async () => {
  await kore[Symbol.asyncDispose]();
});

/** A gateway that has seen nothing yet, over an upstream whose calls are counted from now. */
async function startFresh(settings: Readonly<Record<string, string>> = {}): Promise<GatewayUnderTest> {
  const gateway = await startTestGateway(kore, { now, settings });
  kore.resetCalls();
  return gateway;
}

async function refer({ url }: GatewayUnderTest, representations: unknown, selection: string): Promise<Entities> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { representations } }),
  });
  return (await response.json()) as Entities;
}

function idsOn(date: string, count: number): readonly string[] {
  const fromMs = Date.parse(`${date}T00:00:00Z`);
  const { rows } = kore.list({ fromMs, untilMs: fromMs + 86_400_000 });
  return [...new Set(rows.map(({ conversationId }) => conversationId))].slice(0, count);
}

const asConversation = (conversationId: unknown) => ({ __typename: 'Conversation', conversationId });
const conversationId = '... on Conversation { conversationId }';

test('fifty agents with their summaries are one scan, and the same figures as when each is asked for by itself', async () => {
  await using gateway = await startFresh();
  const figures = `name summary(${day}) { conversationCount averageScore passRate coverage { complete } }`;
  const listed = (await ask(gateway, `{ agents(${day}, first: 50) { nodes { agentId ${figures} } } }`)) as {
    readonly agents: { readonly nodes: readonly Fields[] };
  };
  const { nodes } = listed.agents;
  expect(nodes).toHaveLength(50);
  await using fresh = await startFresh();
  const references = nodes.map(({ agentId }) => ({ __typename: 'Agent', agentId })).reverse();
  const answer = await refer(fresh, references, `... on Agent { agentId ${figures} }`);
  expect(kore.callCount).toBe(callsPerDay);
  expect(answer).toEqual({ data: { _entities: nodes.toReversed() } });
  await refer(fresh, references, `... on Agent { ${figures} }`);
  expect(kore.callCount).toBe(callsPerDay);
});

test('types may be mixed: each object stands at its place, those that were never seen by their ids alone', async () => {
  await using gateway = await startFresh();
  const references = [
    { __typename: 'Queue', queueId: 'qu-none' },
    { __typename: 'Agent', agentId: 'a-none', email: 'of another subgraph' },
    { __typename: 'Metric', metricId: 7 },
    { __typename: 'Agent', agentId: 'a-none' },
  ];
  const selection =
    '__typename ... on Agent { id agentId name } ... on Queue { queueId name } ... on Metric { metricId name }';
  const { agent } = await ask(gateway, '{ agent(agentId: "a-none") { id } }');
  expect(await refer(gateway, references, selection)).toEqual({
    data: {
      _entities: [
        { __typename: 'Queue', queueId: 'qu-none', name: null },
        { __typename: 'Agent', ...(agent as Fields), agentId: 'a-none', name: null },
        { __typename: 'Metric', metricId: '7', name: null },
        { __typename: 'Agent', ...(agent as Fields), agentId: 'a-none', name: null },
      ],
    },
  });
  expect(kore.callCount).toBe(0);
});

test('conversations that were never seen are one scan of a batch, newest day first, which ends where all are found', async () => {
  await using gateway = await startFresh();
  const ids = [...idsOn('2026-03-07', 20), ...idsOn('2026-03-06', 20)];
  const asked = ids.flatMap((id, index) => (index % 7 === 0 ? [id, id] : [id])).sort();
  const answer = await refer(gateway, asked.map(asConversation), conversationId);
  expect(answer).toEqual({ data: { _entities: asked.map((id) => ({ conversationId: id })) } });
  // Today, yesterday and the day before.
  expect(kore.callCount).toBe(callsToday + 2 * callsPerDay);
});

test('conversations that were seen cost no call', async () => {
  await using gateway = await startFresh();
  const ids = idsOn('2026-03-02', 60);
  await ask(gateway, `{ conversations(${day}, first: 60) { nodes { id } } }`);
  expect(kore.callCount).toBe(1);
  const answer = await refer(gateway, ids.toReversed().map(asConversation), conversationId);
  expect(answer.data?._entities.map((each) => each?.['conversationId'])).toEqual(ids.toReversed());
  expect(kore.callCount).toBe(1);
});

test('a conversation that is in none of the days searched is null at its place with NOT_LOCATED, and its neighbours answer', async () => {
  await using gateway = await startFresh();
  const [first, second] = idsOn('2026-03-08', 2);
  // Older than the default window.
  const [old] = idsOn('2026-02-20', 1);
  const answer = await refer(gateway, [first, 'c-none', second, old].map(asConversation), conversationId);
  expect(answer.data?._entities).toEqual([{ conversationId: first }, null, { conversationId: second }, null]);
  expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code, extensions.retryable])).toEqual([
    [['_entities', 1], 'NOT_LOCATED', true],
    [['_entities', 3], 'NOT_LOCATED', true],
  ]);
  expect(kore.callCount).toBe(callsToday + 6 * callsPerDay);
});

const refused: readonly (readonly [
  title: string,
  representations: unknown,
  code: string,
  reason: string | undefined,
])[] = [
  ['no list', 'c-1', 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['no object', ['c-1'], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['a list in a list', [[asConversation('c-1')]], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['a null', [null], 'BAD_USER_INPUT', undefined],
  ['no type', [{ conversationId: 'c-1' }], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['an unknown type', [{ __typename: 'Person', id: 'c-1' }], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['what every object has', [{ __typename: 'constructor', id: 'c-1' }], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['a type that is no entity', [{ __typename: 'Coverage', id: 'c-1' }], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['a type that is none', [{ __typename: 7, agentId: 'a-1' }], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['no key', [{ __typename: 'Agent' }], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ["another type's key", [{ __typename: 'Agent', queueId: 'qu-1' }], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['an empty key', [asConversation('')], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['a key that is no id', [asConversation({ id: 'c-1' })], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['a key that is half an id', [asConversation(1.5)], 'BAD_USER_INPUT', 'REPRESENTATION'],
  ['a key that has lost digits', [asConversation(2 ** 53)], 'BAD_USER_INPUT', 'NUMBER'],
  [
    'one bad reference among good ones',
    [asConversation('c-1'), asConversation(null)],
    'BAD_USER_INPUT',
    'REPRESENTATION',
  ],
  [
    'more than may be asked for',
    Array.from({ length: 101 }, (_, index) => asConversation(`c-${index}`)),
    'QUERY_LIMIT_EXCEEDED',
    'REPRESENTATIONS',
  ],
];

test.for(refused)('references are refused without a call: %s', async ([, representations, code, reason]) => {
  await using gateway = await startFresh();
  const { data, errors } = await refer(gateway, representations, conversationId);
  expect([data ?? null, errors?.map(({ extensions }) => [extensions.code, extensions.reason])]).toEqual([
    null,
    [[code, reason]],
  ]);
  expect(JSON.stringify(errors)).not.toContain('constructor');
  expect(kore.callCount).toBe(0);
});

test('references count in the rows and the values that an operation may answer, and in the days that it may look through', async () => {
  await using gateway = await startFresh({
    ROWS_PER_OPERATION: '50',
    VALUES_PER_OPERATION: '401',
    SLICES_PER_OPERATION: '699',
  });
  const conversations = Array.from({ length: 51 }, (_, index) => asConversation(`c-${index}`));
  const agents = Array.from({ length: 100 }, (_, index) => ({ __typename: 'Agent', agentId: `a-${index}` }));
  const tooManyRows = await refer(gateway, conversations, conversationId);
  const tooManyValues = await refer(gateway, agents, '... on Agent { id agentId name } type: __typename __typename');
  const tooManyDays = await refer(gateway, agents, '... on Agent { summary { scoredCount } }');
  for (const [answer, reason] of [
    [tooManyDays, 'SLICES_PER_OPERATION'],
    [tooManyRows, 'ROWS_PER_OPERATION'],
    [tooManyValues, 'VALUES_PER_OPERATION'],
  ] as const)
    expect(answer.errors?.map(({ extensions }) => [extensions.code, extensions.reason])).toEqual([
      ['COST_LIMIT_EXCEEDED', reason],
    ]);
  expect(kore.callCount).toBe(0);
  expect((await refer(gateway, agents, '... on Agent { id agentId name }')).errors).toBeUndefined();
});

test('every entity of the published SDL is referred to by its key', async () => {
  await using gateway = await startFresh();
  const sdl = readFileSync('docs/subgraph.graphql', 'utf8');
  const keys = [...sdl.matchAll(/^type (\w+)[^{]*@key\(fields: "(\w+)"\)/gm)];
  expect(keys.map(([, typeName]) => typeName)).toEqual(['Agent', 'Conversation', 'Metric', 'Queue']);
  for (const [, typeName = '', key = ''] of keys) {
    const { data, errors = [] } = await refer(
      gateway,
      [{ __typename: typeName, [key]: 'x-1' }],
      `... on ${typeName} { ${key} }`,
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(typeName === 'Conversation' ? ['NOT_LOCATED'] : []);
    expect(data?._entities).toEqual([typeName === 'Conversation' ? null : { [key]: 'x-1' }]);
  }
});

test('how many may be referred to is a setting', async () => {
  await using gateway = await startFresh({ REPRESENTATIONS_MAX: '2' });
  const agents = ['a-1', 'a-2', 'a-3'].map((agentId) => ({ __typename: 'Agent', agentId }));
  expect((await refer(gateway, agents.slice(1), '... on Agent { agentId }')).errors).toBeUndefined();
  const { errors } = await refer(gateway, agents, '... on Agent { agentId }');
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['QUERY_LIMIT_EXCEEDED']);
});
