import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { type Connection, connectionOf, startTestGateway } from './harness.ts';

const [from, until] = ['2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z'];
const window = `window: { from: "${from}", until: "${until}" }`;
const fromMs = Date.parse(from);
const selection =
  '{ totalCount edges { cursor node { conversationId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } coverage { complete } }';

/** Lists that end with a full page: there nothing but its neighbour tells a true page from one whose offset was capped. */
const fullTotals = [199, 298, 1090];

test.for(fullTotals)(
  'a full page is no proof of the end where offsets are capped: %i rows',
  async (conversationsPerDay) => {
    const switches = { offsetCap: { at: 100, behaviour: 'clamp' }, quotaLimit: 0, segments: false } as const;
    await using kore = await startSimulator({ conversationsPerDay, switches });
    await using gateway = await startTestGateway(kore);
    const held = kore.list({ fromMs, untilMs: Date.parse(until) }).rows.map(({ conversationId }) => conversationId);
    for (const direction of ['forward', 'backward'] as const) {
      const isForward = direction === 'forward';
      const seen: string[] = [];
      let cursor: string | null = null;
      let isRefused = false;
      for (let step = 0; step < 200 && !isRefused; step++) {
        const args: string = isForward ? 'first: 10, after: $cursor' : 'last: 10, before: $cursor';
        const answer = await gateway.query(
          `query ($cursor: String) { conversations(${window}, ${args}) ${selection} }`,
          { cursor },
        );
        isRefused = answer.errors !== undefined;
        if (isRefused) break;
        const { edges, pageInfo }: Connection = connectionOf(answer);
        const ids = edges.map(({ node }) => node.conversationId);
        if (isForward) seen.push(...ids);
        else seen.unshift(...ids);
        cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor;
        if (!(isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
      }
      // A walk that came to an end has seen all; one that began before the cap was known must not pretend to have come to one.
      if (isRefused) expect(conversationsPerDay).toBeGreaterThan(199);
      else expect(seen.sort()).toEqual(held.toSorted());
    }
  },
);

test.for(fullTotals)(
  'a quiet list that ends with a full page is served, last rows first, in at most three calls: %i rows',
  async (conversationsPerDay) => {
    await using kore = await startSimulator({ conversationsPerDay, switches: { segments: false } });
    await using gateway = await startTestGateway(kore);
    const held = kore.list({ fromMs, untilMs: Date.parse(until) }).rows.map(({ conversationId }) => conversationId);
    const { edges, pageInfo } = connectionOf(
      await gateway.query(`{ conversations(${window}, last: 10) ${selection} }`),
    );
    expect(edges.map(({ node }) => node.conversationId)).toEqual(held.slice(-10));
    expect(pageInfo.hasNextPage).toBe(false);
    expect(kore.callCount).toBeLessThanOrEqual(3);
  },
);

test('a full page that ends its total while more is promised is made sure of', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 100, switches: { hasMore: 'endless' } });
  await using gateway = await startTestGateway(kore);
  const { edges, totalCount, coverage } = connectionOf(
    await gateway.query(`{ conversations(${window}, first: 200) ${selection} }`),
  );
  expect([edges.length, totalCount, coverage.complete]).toEqual([100, 100, true]);
});

test('rows between two cursors are all there, though one page is held and the other was read again', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 300, switches: { segments: false } });
  let nowMs = Date.now();
  const settings = { FRESH_TODAY_MS: '1000', FRESH_WEEK_MS: '1000', FRESH_OLDER_MS: '1000' };
  await using gateway = await startTestGateway(kore, { now: () => nowMs, settings });
  const { edges } = connectionOf(await gateway.query(`{ conversations(${window}, first: 100) ${selection} }`));
  nowMs += 600;
  const { pageInfo } = connectionOf(
    await gateway.query(`{ conversations(after: "${edges[99]?.cursor}", first: 2) ${selection} }`),
  );
  nowMs += 600; // The first page is no longer fresh, the second is.
  kore.insert({ startMs: fromMs, count: 10 });
  const [after, before] = [edges[89]?.cursor, pageInfo.startCursor];
  const between = connectionOf(
    await gateway.query(`{ conversations(first: 200, after: "${after}", before: "${before}") ${selection} }`),
  );
  expect(between.edges.map(({ node }) => node.conversationId)).toEqual(
    edges.slice(90, 100).map(({ node }) => node.conversationId),
  );
});

test.for(['null', 'not-an-object', 'missing-id'] as const)(
  "rows that can't be read and look alike refuse nothing: %s",
  async (kind) => {
    await using kore = await startSimulator({
      conversationsPerDay: 350,
      switches: { corrupt: { every: 7, kind }, segments: false },
    });
    await using gateway = await startTestGateway(kore);
    const all = connectionOf(await gateway.query(`{ conversations(${window}, first: 500) ${selection} }`));
    expect([all.edges.length, all.totalCount, all.coverage.complete]).toEqual([300, 350, false]);
    let [cursor, count] = [null as string | null, 0];
    for (let step = 0; step < 20; step++) {
      const answer = await gateway.query(
        `query ($cursor: String) { conversations(${window}, first: 30, after: $cursor) ${selection} }`,
        { cursor },
      );
      const { edges, pageInfo } = connectionOf(answer);
      count += edges.length;
      cursor = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(count).toBe(300);
  },
);

test('a window that begins in the future is empty, and costs no call', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  const now = () => Date.parse('2026-03-10T12:00:00Z');
  await using gateway = await startTestGateway(kore, { now });
  const future = 'window: { from: "2026-04-01T00:00:00Z", until: "2026-04-02T00:00:00Z" }';
  const { edges, totalCount, pageInfo } = connectionOf(
    await gateway.query(`{ conversations(${future}, first: 10) ${selection} }`),
  );
  expect([edges, totalCount, pageInfo.hasNextPage, kore.callCount]).toEqual([[], 0, false, 0]);
});

test('what was read of a running day does not last longer because midnight has passed', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  let nowMs = Date.parse('2026-03-02T23:59:50Z');
  await using gateway = await startTestGateway(kore, { now: () => nowMs });
  kore.set({ clockSkewMs: nowMs - Date.now() });
  await gateway.query(`{ conversations(${window}, first: 10) ${selection} }`);
  nowMs += 61_000;
  await gateway.query(`{ conversations(${window}, first: 10) ${selection} }`);
  expect(kore.callCount).toBe(2);
});
