import { expect, test } from 'vitest';
import { holdFault } from './row.ts';
import { errorOf, expectDiscreet, expectWholeList, expectWholeScan, openStand } from './stand.ts';
import { listOf, scanOf } from './truth.ts';

/** An upstream that is down for a while: what it costs while it is, and how it is found to be back. */
const dates = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    new Date(Date.parse('2025-11-01') + at * 86_400_000).toISOString().slice(0, 10),
  );

test('F33 a 500: asked again once', async () => {
  await holdFault({ kind: 'status', status: 500 }, { code: 'UPSTREAM_UNAVAILABLE', retryable: true, calls: 2 });
});

test.for([502, 503, 504])('F34 a %i: asked again as often as the rule allows', async (status) => {
  await holdFault({ kind: 'status', status }, { code: 'UPSTREAM_UNAVAILABLE', retryable: true, calls: 3 });
});

test('F34 a 502 of a proxy, with its page', async () => {
  await holdFault({ kind: 'html', status: 502 }, { code: 'UPSTREAM_UNAVAILABLE', retryable: true, calls: 3 });
});

test('F34 a 503 that asks for more time than there is: told with that time, and not asked again', async () => {
  await using stand = await openStand();
  stand.kore.fault({ kind: 'status', status: 503, headers: { 'retry-after': '30' }, times: 'all' });
  expect(errorOf(await stand.ask(listOf()))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 30 });
  expect(stand.kore.callCount).toBe(1);
});

test('F34 an outage under traffic: retries are a tenth of it, with a small reserve', async () => {
  const reserve = 10;
  await using stand = await openStand({ settings: { KORE_RETRY_RESERVE: String(reserve) } });
  stand.kore.fault({ kind: 'status', status: 503, times: 'all' });
  const asked = dates(100);
  for (const date of asked) {
    expect(errorOf(await stand.ask(listOf(date)))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  }
  expect(stand.kore.callCount).toBeLessThanOrEqual(asked.length * 1.1 + reserve);
  expectDiscreet(stand);
});

test.for([
  ['lists', listOf],
  ['scans', scanOf],
] as const)(
  'F33 an outage under traffic of %s: after eight failures in a row it is asked by one a second, and found to be back by the first',
  async ([, queryOf]) => {
    await using stand = await openStand({ conversationsPerDay: 60, settings: { KORE_RETRY_RESERVE: '1' } });
    const { kore } = stand;
    kore.fault({ kind: 'status', status: 503, times: 'all' });
    const [first, ...further] = dates(200);
    for (const date of further.slice(0, 8)) await stand.ask(queryOf(date));
    const before = kore.callCount;
    const beganMs = performance.now();
    for (const date of further.slice(8, 150)) {
      expect(errorOf(await stand.ask(queryOf(date)))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    }
    const seconds = (performance.now() - beganMs) / 1000;
    expect(kore.callCount - before, `in ${seconds} s`).toBeLessThanOrEqual(2 * Math.ceil(seconds));
    // Many at once, the moment that it may be asked again: one of them asks, and has a retry at most.
    kore.resetCalls();
    kore.set({ latencyMs: 30 });
    await expect
      .poll(
        async () => {
          await Promise.all(further.slice(150, 170).map((date) => stand.ask(queryOf(date))));
          return kore.callCount;
        },
        { timeout: 5_000, interval: 20 },
      )
      .toBeGreaterThan(0);
    expect(kore.callCount).toBeLessThanOrEqual(2);
    kore.clearFaults();
    await expect
      .poll(async () => (await stand.ask(queryOf(first))).errors === undefined, { timeout: 5_000, interval: 20 })
      .toBe(true);
    // And with it all others: none has to ask twice.
    for (const date of further.slice(170, 174)) expect((await stand.ask(queryOf(date))).errors).toBeUndefined();
    if (queryOf === listOf) expectWholeList(stand, await stand.ask(listOf(first)), first);
    else expectWholeScan(stand, await stand.ask(scanOf(first)), first);
  },
);
