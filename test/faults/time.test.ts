import { expect, test } from 'vitest';
import type { Fault } from '../simulator/faults.ts';
import { holdFault, holdOddity } from './row.ts';
import { briefly, errorOf, expectDiscreet, expectWholeList, expectWholeScan, openStand } from './stand.ts';
import { listOf, scanOf } from './truth.ts';

/** An upstream that takes its time, or never ends. Attempts have their limit, an operation its own. */
const late = { code: 'UPSTREAM_TIMEOUT', retryable: true, calls: 3 } as const;

test('F1 slow, but within the deadline: data', async () => {
  await holdOddity({ kind: 'delay', ms: 60 });
});

test('F1 slower than an attempt may be: told in time, and whole when it is quick again', async () => {
  await holdFault({ kind: 'delay', ms: 5_000 }, late);
});

test('F1 slow under a crowd: as many calls are under way as may be, as many wait as may wait, all others are refused at once', async () => {
  const settings = {
    ...briefly,
    KORE_ATTEMPT_TIMEOUT_MS: '2000',
    KORE_CALLS_IN_FLIGHT_MAX: '2',
    KORE_CALLS_QUEUED_MAX: '3',
  };
  await using stand = await openStand({ settings, faults: [{ kind: 'hang-before-headers', times: 'all' }] });
  const inFlight: number[] = [];
  stand.kore.beforeCall(() => inFlight.push(stand.kore.inFlightCount));
  const dates = Array.from({ length: 20 }, (_, at) => `2026-02-${String(at + 1).padStart(2, '0')}`);
  const answers = await Promise.all(dates.map((date) => stand.ask(listOf(date))));
  const count = (wanted: string) =>
    answers.map(errorOf).filter(({ code, reason }) => `${code} ${reason}` === wanted).length;
  expect(count('UPSTREAM_BUDGET_EXHAUSTED QUEUE')).toBe(15);
  expect(Math.max(...inFlight)).toBe(2);
  expectDiscreet(stand, ...answers);
});

test.for<[string, Fault]>([
  ['F2 hang before headers', { kind: 'hang-before-headers' }],
  ['F3 hang in the middle of headers', { kind: 'hang-mid-headers' }],
  ['F3 hang in the middle of a body: no half of it is returned', { kind: 'hang-mid-body' }],
  ['F3 a body that was promised longer than it is', { kind: 'content-length', by: 10 }],
  ['F4 drip, a byte at a time: no idle limit sees it, the attempt’s own does', { kind: 'drip', bytes: 1, everyMs: 20 }],
])('%s', async ([, fault]) => {
  await holdFault(fault, late);
});

test.for<[string, Fault]>([
  ['F2 hang before headers', { kind: 'hang-before-headers' }],
  ['F3 hang in the middle of a body', { kind: 'hang-mid-body' }],
  ['F4 drip', { kind: 'drip', bytes: 1, everyMs: 20 }],
])('%s, in attempts longer than the deadline: the deadline ends it, and frees the slot', async ([, fault]) => {
  const settings = { ...briefly, KORE_ATTEMPT_TIMEOUT_MS: '60000', KORE_CALLS_IN_FLIGHT_MAX: '1' };
  await using stand = await openStand({ settings });
  stand.kore.fault(fault);
  const answer = await stand.ask(listOf());
  expect(errorOf(answer)).toMatchObject({ code: 'DEADLINE_EXCEEDED', retryable: true });
  expectWholeList(stand, await stand.ask(listOf()));
  expectDiscreet(stand, answer);
});

test('F2 a scan that hangs in the middle is an honest part by its deadline, and whole afterwards', async () => {
  const settings = { ...briefly, KORE_ATTEMPT_TIMEOUT_MS: '60000' };
  await using stand = await openStand({ settings, conversationsPerDay: 60 });
  stand.kore.fault({ kind: 'hang-before-headers', after: 3, times: 4 });
  const answer = await stand.ask(scanOf('2026-03-02', 7));
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.['scoreSummary']).toMatchObject({
    conversationCount: 180,
    coverage: { complete: false, daysRead: 3, daysExpected: 7 },
  });
  expectDiscreet(stand, answer);
});

test('F20 connections that are closed behind an answer, as the next request is sent: asked again, and no reset is seen', async () => {
  await using stand = await openStand({ settings: { KORE_CALLS_IN_FLIGHT_MAX: '1', KORE_RETRY_RESERVE: '100' } });
  stand.kore.fault({ kind: 'close-after-answer', times: 'all' });
  for (let round = 1; round <= 12; round++) {
    const date = `2026-02-${String(round).padStart(2, '0')}`;
    expectWholeList(stand, await stand.ask(listOf(date)), date);
    expectWholeScan(stand, await stand.ask(scanOf(date)), date);
  }
  expectDiscreet(stand);
});
