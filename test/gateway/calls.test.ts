import { expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { timed } from '../timed.ts';
import { connectionOf, type GatewayUnderTest, startTestGateway } from './harness.ts';

/** A finished day of exactly 1,000 listed conversations. */
const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const fromMs = Date.parse('2026-03-02T00:00:00Z');
const rows = 'edges { cursor node { conversationId } }';
const pageInfo = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

type Case = readonly [title: string, selection: string, calls: number];

const cases: readonly Case[] = [
  ['ten rows with total and pageInfo', `conversations(${day}, first: 10) { totalCount ${pageInfo} ${rows} }`, 1],
  ['a hundred rows with total and pageInfo', `conversations(${day}, first: 100) { totalCount ${pageInfo} ${rows} }`, 1],
  ['the default page size', `conversations(${day}) { ${rows} }`, 1],
  [
    'three overlapping aliases within the first hundred rows',
    `a: conversations(${day}, first: 40) { ${rows} } b: conversations(${day}, first: 80) { ${pageInfo} } conversations(${day}, first: 99) { totalCount ${rows} }`,
    1,
  ],
  ['five hundred rows of a thousand', `conversations(${day}, first: 500) { totalCount ${pageInfo} ${rows} }`, 6],
  ['totalCount alone', `conversations(${day}) { totalCount }`, 1],
  [
    'a total beside a page',
    `total: conversations(${day}) { totalCount } conversations(${day}, first: 300) { ${rows} }`,
    4,
  ],
  ['the last ten rows', `conversations(${day}, last: 10) { totalCount ${pageInfo} ${rows} }`, 2],
  [
    'the first and the last ten rows',
    `conversations(${day}, first: 10) { ${rows} } end: conversations(${day}, last: 10) { ${rows} }`,
    2,
  ],
  ['the last hundred and fifty rows', `conversations(${day}, last: 150) { ${rows} }`, 4],
  ['pageInfo alone', `conversations(${day}, first: 10) { ${pageInfo} }`, 1],
  ['an empty page with pageInfo', `conversations(${day}, first: 0) { ${pageInfo} ${rows} }`, 1],
  ['an empty page from the back with pageInfo', `conversations(${day}, last: 0) { ${pageInfo} }`, 2],
  ['an empty page', `conversations(${day}, first: 0) { ${rows} nodes { id } }`, 0],
  ['the window alone', `conversations(${day}) { window { from until } coverage { complete daysExpected } }`, 0],
  ['nothing but the type', `conversations(${day}) { __typename }`, 0],
  [
    'rows that are skipped',
    `conversations(${day}) { window { from } edges @skip(if: true) { cursor } ... @include(if: false) { totalCount } }`,
    0,
  ],
  [
    'two directions',
    `in: conversations(${day}, filterBy: { contactDirection: INBOUND }) { totalCount } out: conversations(${day}, filterBy: { contactDirection: OUTBOUND }) { totalCount }`,
    2,
  ],
];

test.for(cases)('costs exactly its calls: %s', async ([, selection, calls]) => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{ ${selection} }`);
  expect(answer.errors).toBeUndefined();
  expect(kore.callCount).toBe(calls);
  const again = await gateway.query(`{ ${selection} }`);
  expect(again.data).toEqual(answer.data);
  expect(kore.callCount, 'what is held is not asked for again').toBe(calls);
});

test('five hundred rows of a hundred and thirty cost two calls, and are a hundred and thirty', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 130 });
  await using gateway = await startTestGateway(kore);
  const { nodes, totalCount } = connectionOf(
    await gateway.query(`{ conversations(${day}, first: 500) { totalCount nodes { conversationId } } }`),
  );
  expect(kore.callCount).toBe(2);
  expect(totalCount).toBe(130);
  expect(nodes.map(({ conversationId }) => conversationId)).toEqual(listed(kore));
});

test('forty equal requests at once cost one call', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore);
  const query = `{ conversations(${day}, first: 10) { totalCount ${rows} } }`;
  const answers = await Promise.all(Array.from({ length: 40 }, () => gateway.query(query)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(kore.callCount).toBe(1);
});

test.for([7, 10, 25, 64, 99, 100, 333, 500])(
  'a walk over a thousand rows costs eleven calls, in steps of %i',
  async (step) => {
    await using kore = await startSimulator({ conversationsPerDay: 1000 });
    await using gateway = await startTestGateway(kore);
    expect(await walk(gateway, step, 'forward')).toEqual(listed(kore));
    expect(kore.callCount).toBe(11);
    expect(await walk(gateway, step, 'backward')).toEqual(listed(kore));
    expect(kore.callCount, 'the way back is held').toBe(11);
  },
);

test('the upstream is asked with its own limit, in overlapping pages, and never beyond its total', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 250 });
  await using gateway = await startTestGateway(kore);
  await gateway.query(`{ conversations(${day}, first: 500) { ${rows} } }`);
  const bodies = kore.calls.map(({ body }) => body as { offset: number; limit: number });
  expect(bodies.map(({ offset, limit }) => [offset, limit])).toEqual([
    [0, 100],
    [99, 100],
    [198, 100],
  ]);
});

test('no-cache reads afresh, and a request without it then finds what was read', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  const query = `{ conversations(${day}, first: 10) { totalCount } }`;
  expect(connectionOf(await gateway.query(query)).totalCount).toBe(50);
  kore.insert({ startMs: fromMs });
  expect(connectionOf(await gateway.query(query)).totalCount).toBe(50);
  expect(connectionOf(await gateway.query(query, {}, { 'cache-control': 'no-cache' })).totalCount).toBe(51);
  expect(connectionOf(await gateway.query(query)).totalCount).toBe(51);
  expect(kore.callCount).toBe(2);
});

test.for([
  ['today', '2026-11-20T12:00:00Z', 60],
  ['yesterday', '2026-11-19T12:00:00Z', 900],
  ['a week ago', '2026-11-10T12:00:00Z', 86_400],
] as const)('what was read of %s is fresh for its time, and then read again', async ([, until, seconds]) => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  let nowMs = Date.parse('2026-11-20T15:00:00Z');
  await using gateway = await startTestGateway(kore, {
    now: () => nowMs,
    settings: { KORE_JWT_LIFETIME_SECONDS: '3600' },
  });
  kore.set({ clockSkewMs: nowMs - Date.now() });
  const query = `{ conversations(window: { from: "2026-11-10T00:00:00Z", until: "${until}" }) { totalCount coverage { asOf } } }`;
  const first = connectionOf(await gateway.query(query));
  nowMs += seconds * 1000 - 1;
  expect(connectionOf(await gateway.query(query))).toEqual(first);
  expect(kore.callCount).toBe(1);
  nowMs += 1;
  kore.set({ clockSkewMs: nowMs - Date.now() });
  expect(connectionOf(await gateway.query(query)).coverage['asOf']).toBe(
    new Date(nowMs).toISOString().replace('.000Z', 'Z'),
  );
  expect(kore.callCount).toBe(2);
});

test("a held page whose seam doesn't match its newly read neighbour is read again", async () => {
  await using kore = await startSimulator({ conversationsPerDay: 250 });
  await using gateway = await startTestGateway(kore);
  await gateway.query(`{ conversations(${day}, first: 100) { ${rows} } }`);
  kore.insert({ startMs: fromMs, count: 3 });
  const { nodes } = connectionOf(
    await gateway.query(`{ conversations(${day}, first: 150) { nodes { conversationId } } }`),
  );
  expect(kore.callCount).toBe(3);
  expect(nodes.map(({ conversationId }) => conversationId)).toEqual(listed(kore).slice(0, 150));
});

test('an operation that may take more calls than one may is refused before it takes any', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { UPSTREAM_CALLS_PER_OPERATION: '11' } });
  const twice = ['02', '03'].map(
    (date) =>
      `d${date}: conversations(window: { from: "2026-03-${date}T00:00:00Z", until: "2026-03-${date}T12:00:00Z" }, first: 500) { ${rows} }`,
  );
  const answer = await gateway.query(`{ ${twice.join(' ')} }`);
  expect(answer.status).toBe(400);
  expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'COST_LIMIT_EXCEEDED', reason: 'UPSTREAM_CALLS_PER_OPERATION' },
  ]);
  expect(kore.callCount).toBe(0);
});

test('an operation that asks for more rows than one may is refused, though they cost no call', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { ROWS_PER_OPERATION: '1000' } });
  const fields = ['a', 'b', 'c'].map((alias) => `${alias}: conversations(${day}, first: 500) { ${rows} }`);
  expect((await gateway.query(`{ ${fields.slice(0, 2).join(' ')} }`)).errors).toBeUndefined();
  const answer = await gateway.query(`{ ${fields.join(' ')} }`);
  expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'COST_LIMIT_EXCEEDED', reason: 'ROWS_PER_OPERATION' },
  ]);
  expect(kore.callCount).toBe(1);
});

test('an operation ends at its deadline, whatever the upstream does', async () => {
  await using kore = await startSimulator({
    conversationsPerDay: 10,
    faults: [{ kind: 'drip', bytes: 1, everyMs: 20, times: 'all' }],
  });
  await using gateway = await startTestGateway(kore, { settings: { OPERATION_DEADLINE_MS: '600' } });
  const ended = await timed(700, () => gateway.query(`{ conversations(${day}) { totalCount } }`));
  expect(ended.isInTime).toBe(true);
  const answer = ended.value;
  expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'DEADLINE_EXCEEDED', retryable: true },
  ]);
});

function listed(kore: Simulator): readonly string[] {
  return kore.list({ fromMs, untilMs: fromMs + 86_400_000 }).rows.map(({ conversationId }) => conversationId);
}

async function walk(
  gateway: GatewayUnderTest,
  step: number,
  direction: 'forward' | 'backward',
): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  for (let pageCount = 0; pageCount < 1000; pageCount++) {
    const args: string = direction === 'forward' ? `first: ${step}, after: $cursor` : `last: ${step}, before: $cursor`;
    const answer = await gateway.query(
      `query ($cursor: String) { conversations(${day}, ${args}) { ${rows} ${pageInfo} } }`,
      { cursor },
    );
    const { edges, pageInfo: info } = connectionOf(answer);
    const ids = edges.map(({ node }) => node.conversationId);
    if (direction === 'forward') found.push(...ids);
    else found.unshift(...ids);
    cursor = direction === 'forward' ? info.endCursor : info.startCursor;
    if (!(direction === 'forward' ? info.hasNextPage : info.hasPreviousPage)) return found;
  }
  throw new Error('the walk has no end');
}
