import { expect, test } from 'vitest';
import { type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import { type Connection, connectionOf, startTestGateway } from './harness.ts';

const window = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const selection =
  '{ totalCount nodes { conversationId } coverage { complete conversationsRead conversationsExpected } }';

type Lie = readonly [title: string, switches: NonNullable<SimulatorOptions['switches']>, filter: string];

/** What pages can't be joined of is read by proven slices of time instead: every row once, and no other. */
const remedied: readonly Lie[] = [
  ['offsets capped with an error', { offsetCap: { at: 100, behaviour: 'error' } }, ''],
  ['offsets capped to the cap', { offsetCap: { at: 100, behaviour: 'clamp' } }, ''],
  ['offsets capped with empty pages', { offsetCap: { at: 100, behaviour: 'empty' } }, ''],
  ['a limit that is ignored for fewer', { limitIgnored: 10 }, ''],
  ['a limit that is ignored for more', { limitIgnored: 1_000 }, ''],
  ['rows that come twice', { duplicates: 3 }, ''],
  ['pages with more rows than were asked for', { surplusRows: 7 }, ''],
  ['ties that move', { order: 'ties-shuffled', tieSeconds: 86_400 }, ''],
  ['no order at all', { order: 'shuffled' }, ''],
  [
    'a direction that is ignored',
    { ignoreDirection: true, quirks: false },
    ', filterBy: { contactDirection: OUTBOUND }',
  ],
  ['a threshold that is ignored', { ignoreThreshold: true }, ''],
];

test.for(remedied)('every row comes once all the same: %s', async ([, switches, filter]) => {
  await using kore = await startSimulator({ conversationsPerDay: 350, switches: { quotaLimit: 0, ...switches } });
  await using gateway = await startTestGateway(kore);
  const direction = filter === '' ? {} : ({ direction: 'outbound' } as const);
  const fromMs = Date.parse('2026-03-02T00:00:00Z');
  const { rows } = kore.list({ fromMs, untilMs: fromMs + 86_400_000, ...direction });
  const found: string[] = [];
  for (let after: string | null = null, step = 0; step < 12; step++) {
    const answer = await gateway.query(
      `query ($after: String) { conversations(${window}, first: 100, after: $after${filter}) { nodes { conversationId } pageInfo { hasNextPage endCursor } totalCount coverage { complete } } }`,
      { after },
    );
    // What is wrong with a stream may show on its second page: then the walk is told, once, and begins anew.
    if (step === 1 && answer.errors?.[0]?.extensions.reason === 'ORDER_CHANGED') {
      [after, found.length] = [null, 0];
      continue;
    }
    const connection: Connection = connectionOf(answer);
    expect([connection.totalCount, connection.coverage.complete]).toEqual([rows.length, true]);
    found.push(...connection.nodes.map(({ conversationId }) => conversationId));
    after = connection.pageInfo.endCursor;
    if (!connection.pageInfo.hasNextPage) break;
  }
  expect(found.sort()).toEqual(rows.map(({ conversationId }) => conversationId).sort());
});

const unprovable: readonly (readonly [title: string, switches: Lie[1], reason: string])[] = [
  ['empty pages that promise more', { emptyPages: true }, 'ROW_COUNT'],
  ['an encrypted envelope', { encrypted: true }, 'ENCRYPTED'],
  ['dates that are ignored', { ignoreDates: true }, 'DATES_IGNORED'],
];

test.for(unprovable)('no rows are better than wrong ones: %s', async ([, switches, reason]) => {
  await using kore = await startSimulator({
    conversationsPerDay: 70,
    epoch: '2026-03-01',
    dayCount: 5,
    switches: { quotaLimit: 0, ...switches },
  });
  await using gateway = await startTestGateway(kore);
  const days = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-05T00:00:00Z" }';
  const answer = await gateway.query(`{ scoreSummary(${days}) { conversationCount } }`);
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual({ scoreSummary: null });
  expect(answer.errors?.map(({ extensions }) => extensions.reason)).toEqual([reason]);
  expect(kore.callCount).toBeLessThanOrEqual(20);
});

test('totals that lie are never an end of the list that is none, nor a whole', async () => {
  await using kore = await startSimulator({
    conversationsPerDay: 350,
    switches: { quotaLimit: 0, totals: 'drift', driftBy: 20 },
  });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{ conversations(${window}, first: 500) ${selection} }`);
  expect(answer.data).toEqual({ conversations: null });
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_INCONSISTENT']);
});

test('hasMore that lies changes nothing, for rows and totals are counted', async () => {
  for (const hasMore of ['endless', 'never'] as const) {
    await using kore = await startSimulator({ conversationsPerDay: 350, switches: { hasMore } });
    await using gateway = await startTestGateway(kore);
    const { nodes, totalCount } = connectionOf(
      await gateway.query(`{ conversations(${window}, first: 500) ${selection} }`),
    );
    expect([nodes.length, totalCount, kore.callCount]).toEqual([350, 350, 4]);
  }
});

test("a row that can't be read costs its neighbours nothing, keeps the walk going, and makes the answer incomplete", async () => {
  await using kore = await startSimulator({
    conversationsPerDay: 60,
    switches: { corrupt: { every: 10, kind: 'missing-id' } },
  });
  await using gateway = await startTestGateway(kore);
  const { nodes, totalCount, coverage } = connectionOf(
    await gateway.query(`{ conversations(${window}, first: 500) ${selection} }`),
  );
  expect([nodes.length, totalCount, coverage.complete]).toEqual([54, 60, false]);
  expect(gateway.logLines.some((line) => line.includes('"path":"results[].conversationId"'))).toBe(true);
});

test.for(['inclusive-second', 'inclusive-ms', 'exclusive'] as const)(
  'adjoining windows part the rows without a gap or a double, where endDate is %s',
  async (windowEnd) => {
    await using kore = await startSimulator({ conversationsPerDay: 480, switches: { windowEnd, segments: false } });
    await using gateway = await startTestGateway(kore, { settings: { KORE_WINDOW_END: windowEnd } });
    const edges = ['00:00:00', '07:13:29', '07:13:30', '16:40:01']
      .map((time) => `2026-03-02T${time}Z`)
      .concat('2026-03-03T00:00:00Z');
    const fields = edges
      .slice(1)
      .map(
        (until, index) =>
          `w${index}: conversations(window: { from: "${edges[index]}", until: "${until}" }, first: 500) ${selection}`,
      );
    const answer = await gateway.query(`{ ${fields.join(' ')} }`);
    const ids = fields.flatMap((_, index) =>
      connectionOf(answer, `w${index}`).nodes.map(({ conversationId }) => conversationId),
    );
    const { rows } = kore.list({ fromMs: Date.parse(edges[0] ?? ''), untilMs: Date.parse(edges.at(-1) ?? '') });
    expect(ids).toEqual(rows.map(({ conversationId }) => conversationId));
  },
);

test('one field that fails leaves its neighbours their answers', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  await gateway.query(`{ conversations(${window}) { totalCount } }`);
  kore.set({ encrypted: true });
  const answer = await gateway.query(
    `{ bad: conversations(${window}, filterBy: { contactDirection: OUTBOUND }) ${selection} good: conversations(${window}) { totalCount } }`,
  );
  expect(answer.data).toEqual({ bad: null, good: { totalCount: 50 } });
  expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['bad'], 'UPSTREAM_BAD_RESPONSE'],
  ]);
});
