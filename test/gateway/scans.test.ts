import { expect, test } from 'vitest';
import { type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import { ask, dayWindow } from './asking.ts';
import { startTestGateway } from './harness.ts';

const day = dayWindow('2026-03-02');
const week = dayWindow('2026-03-02', 7);
const summary = '{ conversationCount averageScore coverage { complete } }';

type Case = readonly [title: string, question: string, calls: number];

/** Over days of exactly 1,000 listed conversations; each is asked a second time, which costs nothing. */
const cases: readonly Case[] = [
  ['a summary of a day', `scoreSummary(${day}) ${summary}`, 11],
  ['a filtered page of a day', `conversations(${day}, filterBy: { isScored: true }, first: 5) { nodes { id } }`, 11],
  [
    'a filtered page of a week that the first day fills',
    `conversations(${week}, filterBy: { isScored: true }, first: 5) { nodes { id } pageInfo { hasNextPage } }`,
    11,
  ],
  [
    'the last filtered page of a week',
    `conversations(${week}, filterBy: { isScored: true }, last: 5) { nodes { id } pageInfo { hasPreviousPage } }`,
    11,
  ],
  [
    'an order over two days',
    `conversations(${dayWindow('2026-03-02', 2)}, orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }, first: 5) { nodes { id } }`,
    22,
  ],
  [
    'twenty agents with three conversations each and a summary',
    `agents(${day}, first: 20) { nodes { name conversations(${day}, first: 3) { nodes { conversationId } totalCount } summary(${day}) ${summary} } }`,
    11,
  ],
  [
    'a dashboard: leaderboard, adherence by metric, trend by day, work-list of the worst unaudited',
    `agents(${week}, first: 10, orderBy: { field: AVERAGE_SCORE, direction: DESC }) { edges { summary { averageScore } node { name } } }
     metrics(${week}, first: 50, orderBy: { field: ADHERENCE_RATE, direction: ASC }) { edges { adherence { adherenceRate pointsLost } node { name } } }
     scoreBreakdown(${week}, by: [WINDOW_DAY]) { groups { period summary { averageScore } } }
     conversations(${week}, filterBy: { auditStatuses: [UNASSIGNED] }, orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }, first: 25) { nodes { koreEvaluationScore } totalCount }`,
    77,
  ],
  [
    'what cannot match',
    `a: conversations(${day}, filterBy: { agentIds: [] }) { totalCount nodes { id } }
     b: scoreSummary(${day}, filterBy: { koreEvaluationScore: { min: 2, max: 1 } }) ${summary}
     c: scoreSummary(${day}, filterBy: { contactDirection: INBOUND, anyOf: [{ contactDirection: OUTBOUND }] }) ${summary}`,
    0,
  ],
  ['an agent by its id', 'agent(agentId: "a-unknown") { id agentId name }', 0],
  [
    'a direction that a nested condition implies is filtered by the upstream',
    `scoreSummary(${day}, filterBy: { anyOf: [{ contactDirection: OUTBOUND, isScored: true }, { contactDirection: OUTBOUND, hasFatalError: true }] }) ${summary}`,
    4,
  ],
];

test.for(cases)('costs exactly its calls: %s', async ([, question, calls]) => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0 } });
  await using gateway = await startTestGateway(kore);
  await ask(gateway, `{ ${question} }`);
  expect(kore.callCount).toBe(calls);
  await ask(gateway, `{ ${question} }`);
  expect(kore.callCount).toBe(calls);
});

const unfirm: readonly (readonly [string, NonNullable<SimulatorOptions['switches']>])[] = [
  ['ties that move', { order: 'ties-shuffled', tieSeconds: 3600 }],
  ['an order that is none', { order: 'shuffled' }],
  ['offsets capped with an error', { offsetCap: { at: 100, behaviour: 'error' } }],
  ['offsets capped to the cap', { offsetCap: { at: 100, behaviour: 'clamp' } }],
  ['offsets capped with empty pages', { offsetCap: { at: 100, behaviour: 'empty' } }],
];

test.for(unfirm)('a stream with %s costs little more once it is known', async ([, switches]) => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0, ...switches } });
  await using gateway = await startTestGateway(kore);
  const read = async (window: string) => {
    kore.resetCalls();
    const data = await ask(gateway, `{ scoreSummary(${window}) ${summary} }`);
    expect(data).toEqual({
      scoreSummary: expect.objectContaining({ conversationCount: 1000, coverage: { complete: true } }),
    });
    return kore.callCount;
  };
  const failedAttempt = 11;
  expect(await read(dayWindow('2026-03-02'))).toBeLessThanOrEqual(3.3 * 11 + failedAttempt);
  const learned = [];
  for (const date of ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'])
    learned.push(await read(dayWindow(date)));
  expect(Math.max(...learned)).toBeLessThanOrEqual(1.6 * 11);
  expect(await read(dayWindow('2026-03-02'))).toBe(0);
});

test('a conversation is found where it was seen without a call, else in its window, and is null only where that was read whole', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0 } });
  await using gateway = await startTestGateway(kore);
  const fromMs = Date.parse('2026-03-02T00:00:00Z');
  const seen = kore.list({ fromMs, untilMs: fromMs + 86_400_000 }).rows.slice(0, 2);
  await ask(gateway, `{ conversations(${day}, first: 10) { nodes { id } } }`);
  expect(kore.callCount).toBe(1);
  const [first] = seen;
  const byId = await ask(gateway, `{ conversation(conversationId: "${first?.conversationId}") { conversationId } }`);
  expect([byId, kore.callCount]).toEqual([{ conversation: { conversationId: first?.conversationId } }, 1]);
  const none = await ask(gateway, `{ conversation(conversationId: "c-none", ${day}) { conversationId } }`);
  expect(none).toEqual({ conversation: null });
  expect(kore.callCount).toBe(12);
});

test('a conversation that could not be looked for everywhere is not said to be absent', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0 } });
  await using gateway = await startTestGateway(kore, {
    settings: { UPSTREAM_CALLS_PER_OPERATION: '3', BACKGROUND_CALLS_MAX: '0' },
  });
  const answer = await gateway.query(`{ conversation(conversationId: "c-none", ${day}) { conversationId } }`);
  expect(answer.data).toEqual({ conversation: null });
  expect(answer.errors?.map(({ extensions }) => [extensions.code, extensions.retryable])).toEqual([
    ['NOT_LOCATED', true],
  ]);
  expect(answer.errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThan(0);
  expect(kore.callCount).toBe(3);
});

test('days of another zone are counted by its midnights, also where whole days are held already', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0 } });
  await using gateway = await startTestGateway(kore);
  const twoDays = dayWindow('2026-03-02', 2);
  await ask(gateway, `{ scoreSummary(${twoDays}) ${summary} }`);
  const breakdown = `{ scoreBreakdown(${twoDays}, by: [WINDOW_DAY], timeZone: "Asia/Kolkata") { groups { period summary { conversationCount } } coverage { complete } } }`;
  const fromMs = Date.parse('2026-03-02T00:00:00Z');
  const counts = new Map<string, number>();
  for (const { startMs } of kore.list({ fromMs, untilMs: fromMs + 2 * 86_400_000 }).rows) {
    const period = new Date(startMs + 5.5 * 3_600_000).toISOString().slice(0, 10);
    counts.set(period, (counts.get(period) ?? 0) + 1);
  }
  const groups = [...counts].map(([period, conversationCount]) => ({ period, summary: { conversationCount } }));
  expect(groups).toHaveLength(3);
  expect(await ask(gateway, breakdown)).toEqual({ scoreBreakdown: { groups, coverage: { complete: true } } });
  const { callCount } = kore;
  await ask(gateway, breakdown);
  expect(kore.callCount).toBe(callCount);
});

test('each segment of a contact is found by its own id, on whichever page it was seen', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0 } });
  await using gateway = await startTestGateway(kore);
  const nodes: { id: string; conversationId: string }[] = [];
  for (let after: string | null = null; ; ) {
    const query = `query ($after: String) { conversations(${day}, first: 500, after: $after) { nodes { id conversationId } pageInfo { hasNextPage endCursor } } }`;
    const { conversations } = (await ask(gateway, query, { after })) as {
      conversations: { nodes: typeof nodes; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    nodes.push(...conversations.nodes);
    if (!conversations.pageInfo.hasNextPage) break;
    after = conversations.pageInfo.endCursor;
  }
  const segments = [...Map.groupBy(nodes, ({ conversationId }) => conversationId).values()]
    .filter(({ length }) => 1 < length)
    .flat();
  expect(segments.length).toBeGreaterThan(4);
  const { callCount } = kore;
  const ids = segments.map(({ id }) => id);
  expect(await ask(gateway, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toEqual({
    nodes: ids.map((id) => ({ id })),
  });
  expect(kore.callCount).toBe(callCount);
});

test('an operation that turns out to ask for too much is refused whole, with one error and soon', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0 } });
  await using gateway = await startTestGateway(kore);
  // Known before: 9,331 rows, if there is one group. There are hundreds.
  const nested = (depth: number): string =>
    depth === 0 ? '{ id }' : `{ agents { conversations(${day}, first: 6) { nodes ${nested(depth - 1)} } } }`;
  const groups = `groups { agent { conversations(${day}, first: 1) { nodes ${nested(5)} } } }`;
  const answer = await gateway.query(
    `{ scoreBreakdown(${day}, by: [AGENT, METRIC]) { ${groups} } agent(agentId: "a-1") { id } }`,
  );
  expect(answer.data).toBeNull();
  expect(answer.errors?.map(({ extensions: { code, reason } }) => [code, reason])).toEqual([
    ['COST_LIMIT_EXCEEDED', 'ROWS_PER_OPERATION'],
  ]);
});

test('a scan that somebody waits for does not wait behind what nobody waits for any more', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0 }, conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore, {
    settings: { KORE_CALLS_PER_MINUTE: '20', QUOTA_WINDOW_MS: '2000', OPERATION_DEADLINE_MS: '1500' },
  });
  await ask(gateway, `{ scoreSummary(${dayWindow('2026-01-01', 90)}) ${summary} }`);
  // The background takes its half of the next quota, and waits for the one after it.
  await expect.poll(() => kore.callCount, { timeout: 10_000 }).toBeGreaterThanOrEqual(30);
  const { callCount } = kore;
  expect(await ask(gateway, `{ scoreSummary(${dayWindow('2026-06-01')}) ${summary} }`)).toMatchObject({
    scoreSummary: { conversationCount: 50, coverage: { complete: true } },
  });
  expect(kore.callCount).toBeLessThan(callCount + 15);
});
