import { expect, test } from 'vitest';
import { type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import { connectionOf, startTestGateway } from './harness.ts';

const window = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const selection =
  '{ totalCount nodes { conversationId } coverage { complete conversationsRead conversationsExpected } }';

type Lie = readonly [
  title: string,
  switches: NonNullable<SimulatorOptions['switches']>,
  filter: string,
  reason: string,
];

const lies: readonly Lie[] = [
  ['offsets capped with an error', { offsetCap: { at: 100, behaviour: 'error' } }, '', 'REJECTED'],
  ['offsets capped to the cap', { offsetCap: { at: 100, behaviour: 'clamp' } }, '', 'ROW_COUNT'],
  ['offsets capped with empty pages', { offsetCap: { at: 100, behaviour: 'empty' } }, '', 'ROW_COUNT'],
  ['a limit that is ignored', { limitIgnored: 10 }, '', 'ROW_COUNT'],
  ['empty pages that promise more', { emptyPages: true }, '', 'ROW_COUNT'],
  ['rows that come twice', { duplicates: 3 }, '', 'ROW_COUNT'],
  [
    'a direction that is ignored',
    { ignoreDirection: true },
    ', filterBy: { contactDirection: OUTBOUND }',
    'FILTER_IGNORED',
  ],
  ['a threshold that is ignored', { ignoreThreshold: true }, '', 'FILTER_IGNORED'],
  ['an encrypted envelope', { encrypted: true }, '', 'ENCRYPTED'],
];

test.for(lies)('no rows are better than wrong ones: %s', async ([, switches, filter, reason]) => {
  await using kore = await startSimulator({ conversationsPerDay: 350, switches });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{ conversations(${window}, first: 500${filter}) ${selection} }`);
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual({ conversations: null });
  expect(answer.errors?.map(({ extensions }) => extensions.reason)).toEqual([reason]);
  expect(kore.callCount).toBeLessThanOrEqual(20);
});

test("totals that lie are never an end of the list that isn't one", async () => {
  await using kore = await startSimulator({ conversationsPerDay: 350, switches: { totals: 'drift', driftBy: 20 } });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{ conversations(${window}, first: 500) ${selection} }`);
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
  await using kore = await startSimulator({ conversationsPerDay: 50, switches: { ignoreDirection: true } });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(
    `{ bad: conversations(${window}, filterBy: { contactDirection: OUTBOUND }) ${selection} good: conversations(${window}) { totalCount } }`,
  );
  expect(answer.data).toEqual({ bad: null, good: { totalCount: 50 } });
  expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['bad'], 'UPSTREAM_INCONSISTENT'],
  ]);
});
