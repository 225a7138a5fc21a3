import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { listIn, stepOf } from '../oracle/asking.ts';
import { poolOf } from '../oracle/pool.ts';
import { type Question, questions } from '../oracle/questions.ts';
import { printDocument, type Selection } from '../oracle/selection.ts';
import type { Fault } from '../simulator/faults.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { chains, prices } from './docs-blocks.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';
import { datasetOf, rowsOf } from './questions-world.ts';
import { tokenFor, tokenSettings } from './tokens.ts';
import { askTwoWays, routerSecret } from './two-ways.ts';

/** Whatever the gateway is asked, it answers by compiled programs as by graphql-js. */
const nowMs = Date.parse('2026-03-20T12:00:00Z');
const now = () => nowMs;
const day = dayWindow('2026-03-02');
const ample = { LOG_LEVEL: 'silent', ROUTER_SECRET: routerSecret, VALUES_PER_OPERATION: '100000000' };

let kore: Simulator;
let gateway: GatewayUnderTest;
beforeAll(async () => {
  kore = await startSimulator({
    now,
    conversationsPerDay: 60,
    switches: { liveTail: true, tableOnlyFields: true, quotaLimit: 0 },
  });
  gateway = await startTestGateway(kore, { now, settings: ample });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await kore[Symbol.asyncDispose]();
});

describe('what the documents show', () => {
  test.for([...chains, { title: 'prices', blocks: prices }])('$title', async ({ blocks }) => {
    let after: unknown = null;
    for (const { query, variables, headers, goesOn } of blocks) {
      const { text, isExecuted } = await askTwoWays(gateway, {
        query,
        headers,
        variables: goesOn ? { ...variables, after } : variables,
      });
      const { data } = JSON.parse(text) as { readonly data?: unknown };
      expect(isExecuted || data === null || data === undefined).toBe(true);
      after = /"endCursor":"([^"]+)"/.exec(text)?.[1] ?? null;
    }
  });
});

const seed = 20_261_129;
const questionCount = 300;

test('what the oracle asks', { timeout: 600_000 }, async () => {
  const rows = rowsOf(kore);
  const tally = { questions: 0, executed: 0, failed: 0 };
  const check = async (root: readonly Selection[]): Promise<string> => {
    const { text, isExecuted, tracedFieldCount } = await askTwoWays(gateway, printDocument(root));
    expect(tracedFieldCount).toBe(root.length);
    tally.questions += 1;
    tally.executed += isExecuted ? 1 : 0;
    tally.failed += text.startsWith('{"errors"') ? 1 : 0;
    return text;
  };
  await fc.assert(
    fc.asyncProperty(questions(poolOf(datasetOf(rows, rows))), async (question) => {
      await askSteps(question, check);
    }),
    { seed, numRuns: questionCount, endOnFailure: true },
  );
  sayFigures('both ways over HTTP', { seed, ...tally });
  expect(tally.executed).toBeGreaterThan(questionCount * 0.8);
});

/** A question; of a walk the first two steps. */
async function askSteps(question: Question, check: (roots: readonly Selection[]) => Promise<string>): Promise<void> {
  if (question.shape === 'operation') await check(question.roots);
  if (question.shape !== 'walk') return;
  const { isForward, size } = question;
  const first = await check([stepOf(question, isForward ? { first: size } : { last: size })]);
  const page = Object(
    listIn((JSON.parse(first) as { readonly data: Record<string, unknown> }).data, question),
  ).pageInfo;
  const cursor: unknown = isForward ? page?.endCursor : page?.startCursor;
  if (typeof cursor === 'string')
    await check([stepOf(question, isForward ? { first: size, after: cursor } : { last: size, before: cursor })]);
}

const idsOf = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].map(([, id = '']) => id);

test('what the router asks of entities, and nodes by their ids, also those that are not there', async () => {
  const listed = await askTwoWays(gateway, {
    query: `{ conversations(${day}, first: 5) { nodes { id conversationId agents { id agentId } queues { id queueId } } } }`,
  });
  const [ids, conversationIds, agentIds] = ['id', 'conversationId', 'agentId'].map((name) => idsOf(listed.text, name));
  expect(ids?.length).toBeGreaterThan(5);
  const things =
    '__typename ... on Node { id } ... on Conversation { conversationId language agents { name } } ... on Agent { agentId name } ... on Queue { queueId }';
  const representations = [
    ...(conversationIds ?? []).map((conversationId) => ({ __typename: 'Conversation', conversationId })),
    { __typename: 'Conversation', conversationId: 'c-none' },
    ...(agentIds ?? []).map((agentId) => ({ __typename: 'Agent', agentId })),
    { __typename: 'Queue', queueId: 'qu-none' },
  ];
  for (const asked of [
    { query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ${things} } }`, variables: { ids: [...(ids ?? []), 'none'] } },
    { query: `query ($id: ID!) { node(id: $id) { ${things} } }`, variables: { id: ids?.[0] } },
    { query: `{ node(id: "none") { ${things} } conversation(conversationId: "c-none") { conversationId } }` },
    {
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${things} } }`,
      variables: { representations },
    },
    { query: '{ _service { sdl } }' },
    { query: '{ __schema { types { name description fields { name args { name defaultValue } } } } }' },
  ])
    expect(await askTwoWays(gateway, asked)).toMatchObject({ isExecuted: true });
});

test.for<readonly [string, boolean, string, object?]>([
  [
    'fields of the root that are refused beside one that is not',
    true,
    `{ conversations(${day}, first: -1) { totalCount } agent(agentId: "a-1") { agentId } }`,
  ],
  [
    'the same under aliases',
    true,
    `{ a: conversations(${day}, first: -1) { totalCount } b: conversations(${day}, after: "bad") { totalCount } c: agent(agentId: "a-1") { __typename } }`,
  ],
  [
    'variables that do not fit',
    false,
    'query ($first: Int!) { conversations(first: $first) { totalCount } }',
    { first: 'x' },
  ],
  ['variables that are missing', false, 'query ($first: Int!) { conversations(first: $first) { totalCount } }'],
  ['an unknown field', false, '{ nothing }'],
  ['no document', false, '{'],
  ['nothing that is included', true, '{ agent(agentId: "a-1") @skip(if: true) { agentId } }'],
])('%s', async ([, isExecuted, query, variables = {}]) => {
  expect(await askTwoWays(gateway, { query, variables })).toMatchObject({ isExecuted });
});

test('fields that are hidden, and what may not be asked by them', async () => {
  await using limited = await startTestGateway(kore, { now, settings: { ...ample, ...tokenSettings } });
  for (const [claims, count] of [
    [{ roles: ['all-conversations'] }, 2],
    [{ agents: ['a-1'], roles: [] }, 2],
    [{ roles: ['all-conversations', 'auditors', 'custom-fields'] }, 0],
  ] as const) {
    const headers = { authorization: `Bearer ${await tokenFor(claims, nowMs)}` };
    const { text, isExecuted } = await askTwoWays(limited, {
      headers,
      query: `{ conversations(${day}, first: 100) { nodes { customFields audit { status auditor } } } }`,
    });
    expect(isExecuted).toBe(true);
    expect(/"hiddenFields":\[([^\]]*)\]/.exec(text)?.[1]?.split(',').length ?? 0).toBe(count);
    await askTwoWays(limited, {
      headers,
      query: `{ conversations(${day}, filterBy: { auditors: ["Anna"] }) { totalCount } agent(agentId: "a-1") { agentId } }`,
    });
    await askTwoWays(limited, { headers, query: '{ __type(name: "Agent") { name } }' });
  }
});

test.for<readonly [string, Fault]>([
  ['refuses', { kind: 'status', status: 403, times: 'all' }],
  ['fails in its answer', { kind: 'errors-in-200', times: 'all' }],
  ['answers with no JSON', { kind: 'truncate', times: 'all' }],
])('an upstream that %s', async ([, fault]) => {
  await using failing = await startSimulator({ now, switches: { quotaLimit: 0 }, faults: [fault] });
  await using asked = await startTestGateway(failing, { now, settings: ample });
  const { text } = await askTwoWays(asked, {
    query: `{ list: conversations(${day}, first: 5) { totalCount } scoreSummary(${day}) { scoredCount } agent(agentId: "a-1") { agentId } __typename }`,
  });
  expect(text).toContain('"code":"UPSTREAM');
  expect(text).toContain('"agent":{"agentId":"a-1"},"__typename":"Query"');
});
