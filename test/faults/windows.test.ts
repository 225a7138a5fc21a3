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
} from './stand.ts';
import { listOf, scanOf, summaryOf, truthOf } from './truth.ts';

/** Filters and windows that aren't obeyed, rows that come late, rows that change. */

test.for(['INBOUND', 'OUTBOUND'] as const)(
  'F46 a direction that is ignored: rows of the other are left out, and counted as drift (%s)',
  async (direction) => {
    await using stand = await openStand({ switches: { ignoreDirection: true, quirks: false } });
    const answer = await stand.ask(
      `{ conversations(${dayWindow('2026-03-02')}, filterBy: { contactDirection: ${direction} }, first: 500) { totalCount nodes { conversationId contactDirection } coverage { complete } } upstream { drift { path kind } } }`,
    );
    const { rows } = stand.kore.list({
      fromMs,
      untilMs: fromMs + 86_400_000,
      direction: direction === 'INBOUND' ? 'inbound' : 'outbound',
    });
    const list = answer.data?.['conversations'];
    expect(list?.nodes.map(({ conversationId }) => conversationId).toSorted()).toEqual(
      rows.map(({ conversationId }) => conversationId).toSorted(),
    );
    expect(new Set(list?.nodes.map(({ contactDirection }) => contactDirection))).toEqual(new Set([direction]));
    expect(list?.coverage.complete).toBe(true);
  },
);

test('F47 dates that are ignored: the days of a scan repeat one another, and it is refused rather than multiplied', async () => {
  await using stand = await openStand({
    conversationsPerDay: 70,
    epoch: '2026-03-01',
    dayCount: 5,
    switches: { ignoreDates: true },
  });
  const answer = await stand.ask(scanOf('2026-03-02', 3));
  expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_INCONSISTENT', reason: 'DATES_IGNORED', retryable: true });
  expect(stand.kore.callCount).toBeLessThanOrEqual(20);
  expectDiscreet(stand, answer);
});

test('F48 a threshold that is ignored: what is below it is left out where it wasn’t asked for', async () => {
  await using stand = await openStand({ switches: { ignoreThreshold: true } });
  expectAllRows(stand, await stand.ask(listOf()));
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
});

test('F48 a threshold that is refused as a boolean: a bug of settings, told as such, and right once it is set', async () => {
  const below = `{ conversations(${dayWindow('2026-03-02')}, filterBy: { includeBelowThreshold: true }, first: 500) { totalCount } }`;
  for (const [form, isTaken] of [
    ['boolean', false],
    ['string', true],
  ] as const) {
    await using stand = await openStand({
      switches: { thresholdForm: 'string', thresholdRequired: true },
      settings: { KORE_BELOW_THRESHOLD_FORM: form },
    });
    const answer = await stand.ask(below);
    const { total } = stand.kore.list({ fromMs, untilMs: fromMs + 86_400_000, includeBelowThreshold: true });
    if (isTaken) expect(answer.data?.['conversations']?.totalCount).toBe(total);
    else expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', reason: 'REJECTED' });
  }
});

test.for<[string, Partial<Switches>, string]>([
  ['to the second', { windowEnd: 'inclusive-second' }, 'inclusive-second'],
  ['to the millisecond', { windowEnd: 'inclusive-ms', dates: 'iso' }, 'inclusive-ms'],
  ['exclusive', { windowEnd: 'exclusive' }, 'exclusive'],
])('F51 windows that end %s, and are set so: no gap and no double at any seam', async ([, switches, end]) => {
  await using stand = await openStand({
    conversationsPerDay: 480,
    // Split by time to the last second: every seam is met.
    switches: { ...switches, segments: false, order: 'shuffled' },
    settings: { KORE_WINDOW_END: end },
  });
  // Rows at the very edges of days.
  for (const offsetMs of [-1_000, -1, 0, 999, 1_000]) stand.kore.insert({ startMs: fromMs + 86_400_000 + offsetMs });
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-02', 2)), '2026-03-02', 2);
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-02')), '2026-03-02');
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
});

test('F51 windows that end otherwise than is set: parts that don’t add up to the whole are no whole', async () => {
  await using stand = await openStand({
    conversationsPerDay: 400,
    switches: { windowEnd: 'exclusive', order: 'shuffled', segments: false },
  });
  // Many rows in each second in which a day is likely to be split.
  for (let minute = 0; minute < 1_440; minute += 2) stand.kore.insert({ startMs: fromMs + minute * 60_000 + 59_500 });
  const scan = await stand.ask(scanOf());
  const { ids } = truthOf(stand.kore);
  if (scan.errors === undefined && summaryOf(scan).coverage.complete) {
    expect(summaryOf(scan).conversationCount).toBe(ids.length);
  }
  expect(stand.kore.callCount).toBeGreaterThan(1);
});

test('F52 a row that comes late into a day that is over: there as soon as the day is no longer fresh, and at once where it is read afresh', async () => {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  await using stand = await openStand({ now, gatewayNow: now });
  expectWholeScan(stand, await stand.ask(scanOf()));
  expectWholeList(stand, await stand.ask(listOf()));
  const before = truthOf(stand.kore).ids.length;
  stand.kore.insert({ startMs: fromMs + 30_000_000 });
  expect(summaryOf(await stand.ask(scanOf())).conversationCount, 'held, and as of before').toBe(before);
  expectWholeScan(stand, await stand.ask(scanOf(), { 'cache-control': 'no-cache' }));
  stand.kore.insert({ startMs: fromMs + 31_000_000 });
  aheadMs += 25 * 3_600_000;
  // Served as it was, with its time, and read again behind the answer.
  const stale = summaryOf(await stand.ask(scanOf()));
  expect([before + 1, before + 2]).toContain(stale.conversationCount);
  await expect
    .poll(async () => summaryOf(await stand.ask(scanOf())).conversationCount, { timeout: 10_000, interval: 20 })
    .toBe(before + 2);
  expectWholeList(stand, await stand.ask(listOf()));
});

test('F53 a row that changes while its day is read: one version of it, and the newer one where it is asked for afresh', async () => {
  await using stand = await openStand({ conversationsPerDay: 250, switches: { quirks: false } });
  const [sought = ''] = truthOf(stand.kore).ids.slice(99, 100);
  // The last row of the first page is the first of the second: it is read twice.
  stand.kore.beforeCall((callIndex) => {
    if (callIndex > 0) stand.kore.touch(sought);
  });
  const query = `{ conversations(${dayWindow('2026-03-02')}, first: 500, orderBy: { field: CONVERSATION_ID, direction: ASC }) { totalCount nodes { conversationId audit { statusLabel } } coverage { complete } } }`;
  const list = (await stand.ask(query)).data?.['conversations'];
  expect(list?.nodes.filter(({ conversationId }) => conversationId === sought)).toHaveLength(1);
  expect([list?.nodes.length, list?.totalCount, list?.coverage.complete]).toEqual([250, 250, true]);
  stand.kore.beforeCall(null);
  const again = (await stand.ask(query, { 'cache-control': 'no-cache' })).data?.['conversations'];
  const row = truthOf(stand.kore).rows.find(({ conversationId }) => conversationId === sought);
  expect(again?.nodes.find(({ conversationId }) => conversationId === sought)).toMatchObject({
    audit: { statusLabel: row?.auditStatus },
  });
});
