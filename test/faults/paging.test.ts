import { expect, test } from 'vitest';
import { dayWindow } from '../gateway/asking.ts';
import type { Switches } from '../simulator/switches.ts';
import {
  errorOf,
  expectAllRows,
  expectDiscreet,
  expectWholeList,
  expectWholeScan,
  fromMs,
  openStand,
  type Stand,
} from './stand.ts';
import { dayMs, listOf, scanOf, summaryOf, truthOf } from './truth.ts';

/** Pages that don't fit: what is read by proof all the same, what is a part that says so, and what is refused; and that none of it goes on for ever. */

/** However an answer comes, it isn't wrong: whole and right, or a part that says so, or refused as inconsistent. */
async function expectHonest(stand: Stand, callsMax: number): Promise<void> {
  const list = await stand.ask(listOf());
  if (list.errors !== undefined)
    expect(errorOf(list)).toMatchObject({ code: 'UPSTREAM_INCONSISTENT', retryable: true });
  else if (list.data?.['conversations']?.coverage.complete === true) expectAllRows(stand, list);
  const scan = await stand.ask(scanOf());
  if (scan.errors !== undefined) expect(errorOf(scan)).toMatchObject({ code: 'UPSTREAM_INCONSISTENT' });
  else if (summaryOf(scan).coverage.complete) expectWholeScan(stand, scan);
  else expect(summaryOf(scan).conversationCount).toBeLessThanOrEqual(truthOf(stand.kore).ids.length);
  expect(stand.kore.callCount).toBeLessThanOrEqual(callsMax);
  expectDiscreet(stand, list, scan);
}

test('F37 empty pages that promise more: asked once more, then refused, for it is no empty list', async () => {
  await using stand = await openStand({ switches: { emptyPages: true } });
  for (const query of [listOf(), scanOf('2026-03-03')]) {
    stand.kore.resetCalls();
    expect(errorOf(await stand.ask(query))).toMatchObject({ code: 'UPSTREAM_INCONSISTENT', reason: 'ROW_COUNT' });
    expect(stand.kore.callCount).toBeLessThanOrEqual(12);
  }
  stand.kore.set({ emptyPages: false });
  expectAllRows(stand, await stand.ask(listOf('2026-03-04')), '2026-03-04');
});

test.for(['endless', 'never'] as const)(
  'F38 hasMore is %s the same: rows and totals are counted, and reading ends',
  async (hasMore) => {
    await using stand = await openStand({ switches: { hasMore } });
    expectWholeList(stand, await stand.ask(listOf()));
    expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
    expect(stand.kore.callCount).toBeLessThanOrEqual(6);
  },
);

test.for([1, 2, 50])(
  'F39 totals that differ by %i from call to call: whole only with the true number',
  async (driftBy) => {
    await using stand = await openStand({ switches: { totals: 'drift', driftBy } });
    await expectHonest(stand, 400);
  },
);

test('F39 totals of a while ago', async () => {
  await using stand = await openStand({ switches: { totals: 'stale' } });
  for (const conversationId of truthOf(stand.kore).ids.slice(10, 14)) stand.kore.remove(conversationId);
  stand.kore.insert({ startMs: fromMs + 40_000_000, count: 9 });
  await expectHonest(stand, 400);
});

/** Every call finds the list changed: rows come before and behind where a reader stands, and others go. */
function change(stand: Stand, everyCalls: number): () => readonly string[] {
  const touched = new Set<string>();
  const stayed = truthOf(stand.kore).ids;
  stand.kore.beforeCall((callIndex) => {
    if (callIndex % everyCalls !== 0) return;
    const { ids } = truthOf(stand.kore);
    const gone = ids[(callIndex * 37) % ids.length] ?? '';
    stand.kore.remove(gone);
    touched.add(gone);
    stand.kore.insert({ startMs: fromMs + ((callIndex * 7_919_000) % dayMs) });
  });
  return () => stayed.filter((id) => !touched.has(id));
}

test.for([1, 2])(
  'F40 rows come and go with every call or second call (%i): those that stay are each there once',
  async (everyCalls) => {
    await using stand = await openStand({ conversationsPerDay: 330, switches: { segments: false } });
    const stayed = change(stand, everyCalls);
    const answer = await stand.ask(listOf());
    const list = answer.data?.['conversations'];
    if (answer.errors === undefined) {
      const seen = list?.nodes.map(({ conversationId }) => conversationId) ?? [];
      expect(new Set(seen).size, 'none twice').toBe(seen.length);
      if (list?.coverage.complete === true) expect(seen).toEqual(expect.arrayContaining([...stayed()]));
    } else expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_INCONSISTENT' });
    const scan = await stand.ask(
      `{ conversations(${dayWindow('2026-03-02')}, first: 500, orderBy: { field: CONVERSATION_ID, direction: ASC }) { nodes { conversationId } coverage { complete } } }`,
      { 'cache-control': 'no-cache' },
    );
    const scanned = scan.data?.['conversations'];
    const ids = scanned?.nodes.map(({ conversationId }) => conversationId) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    if (scanned?.coverage.complete === true) expect(ids).toEqual(expect.arrayContaining([...stayed()]));
    stand.kore.beforeCall(null);
    // In whatever order, for by now its pages may be distrusted.
    expectAllRows(stand, await stand.ask(listOf(), { 'cache-control': 'no-cache' }));
  },
);

test.for<[string, Partial<Switches>]>([
  ['of a minute', { order: 'ties-shuffled', tieSeconds: 60 }],
  ['of an hour', { order: 'ties-shuffled', tieSeconds: 3_600 }],
  ['of a day', { order: 'ties-shuffled', tieSeconds: 86_400 }],
  ['of everything', { order: 'shuffled' }],
])('F41 ties %s in another order at each call: every row once', async ([, switches]) => {
  await using stand = await openStand({ conversationsPerDay: 350, switches });
  const list = await stand.ask(listOf());
  if (switches.tieSeconds === 60) expectAllRows(stand, list);
  else if (list.errors === undefined) expectAllRows(stand, list);
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
  expectAllRows(stand, await stand.ask(listOf('2026-03-04')), '2026-03-04');
});

test('F42 more rows in one second than a page holds, in any order: a part that says so, and why, and never a whole', async () => {
  await using stand = await openStand({ conversationsPerDay: 20, switches: { order: 'shuffled' } });
  stand.kore.insert({ startMs: fromMs + 50_000_500, count: 110 });
  const scan = await stand.ask(scanOf());
  const [summary, { ids }] = [summaryOf(scan), truthOf(stand.kore)];
  expect(summary.coverage.complete).toBe(false);
  expect(summary.conversationCount).toBeLessThanOrEqual(ids.length - 110);
  // A busy machine may say so behind the answer.
  await expect
    .poll(() => stand.gateway.logLines.join(''), { timeout: 20_000 })
    .toContain('"reason":"UNSPLITTABLE_INSTANT"');
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
});

test('F42 more rows in one second than a page holds, in a firm order: pages prove it whole', async () => {
  await using stand = await openStand();
  stand.kore.insert({ startMs: fromMs + 50_000_500, count: 130 });
  expectWholeList(stand, await stand.ask(listOf()));
  expectWholeScan(stand, await stand.ask(scanOf()));
});

test('F43 rows that each page repeats of the one before it: each once', async () => {
  await using stand = await openStand({ conversationsPerDay: 330, switches: { duplicates: 5 } });
  expectAllRows(stand, await stand.ask(listOf()));
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
});

test('F43 segments of one contact share its id: each is a row of its own', async () => {
  await using stand = await openStand({ conversationsPerDay: 400 });
  const { rows, ids } = truthOf(stand.kore);
  expect(new Set(ids).size, 'there are some').toBeLessThan(ids.length);
  const answer = await stand.ask(listOf());
  expectWholeList(stand, answer);
  const agents = answer.data?.['conversations']?.nodes.map(({ agents: each }) => each);
  expect(agents).toEqual(rows.map((row) => row.agents.map(({ id }) => ({ agentId: id }))));
});

test.for<[string, Partial<Switches>]>([
  ['F44 seven rows more than were asked for', { surplusRows: 7 }],
  ['F45 ten rows, whatever the limit', { limitIgnored: 10 }],
  ['F45 a thousand rows, whatever the limit', { limitIgnored: 1_000 }],
  ['F49 an offset behind the last is the last', { offsetCap: { at: 129, behaviour: 'clamp' } }],
  ['F50 offsets above 100 are refused', { offsetCap: { at: 100, behaviour: 'error' } }],
  ['F50 offsets above 100 are 100', { offsetCap: { at: 100, behaviour: 'clamp' } }],
  ['F50 offsets above 100 list nothing', { offsetCap: { at: 100, behaviour: 'empty' } }],
])('%s: no row is lost and none doubled', async ([, switches]) => {
  await using stand = await openStand({ conversationsPerDay: 250, switches });
  expectAllRows(stand, await stand.ask(listOf()));
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
  expectDiscreet(stand);
});

test('F49 no page behind the end of a list is asked for', async () => {
  await using stand = await openStand({ conversationsPerDay: 250 });
  expectWholeList(stand, await stand.ask(listOf()));
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
  const offsets = stand.kore.calls.map(({ body }) => Number(Object(body).offset));
  expect(Math.max(...offsets)).toBeLessThan(250);
});
