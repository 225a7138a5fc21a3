import { expect, test } from 'vitest';
import { errorOf, expectDiscreet, expectWholeList, expectWholeScan, openStand } from './stand.ts';
import { listOf, scanOf, summaryOf } from './truth.ts';

/** The account's quota, as the upstream tells it: by 429, by a sentence under any status, with or without a time, or used up by others. */
const refused = { code: 'UPSTREAM_BUDGET_EXHAUSTED', reason: 'REFUSED', retryable: true };
const dates = ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'] as const;
const inFifteenSeconds = () => new Date(Date.now() + 15_500).toUTCString();

test.for<[string | null, () => string | null, number, number]>([
  ['F29 17', () => '17', 17, 17],
  ['F29 a date', inFifteenSeconds, 13, 16],
  ['F29 0', () => '0', 1, 1],
  ['F29 -5', () => '-5', 58, 60],
  ['F29 1000000000', () => '1000000000', 120, 120],
  ['F29 1e9', () => '1e9', 58, 60],
  ['F29 garbage', () => 'soon, upstream-canary', 58, 60],
  ['F30 none', () => null, 58, 60],
])('%s as Retry-After of a 429: no call until then, and who asks is told how long', async ([, header, least, most]) => {
  // One call is let through, and a page is all that it takes.
  await using stand = await openStand({
    conversationsPerDay: 60,
    switches: { quotaLimit: 1, quotaRetryAfter: header() },
    settings: { OPERATION_DEADLINE_MS: '600' },
  });
  expectWholeList(stand, await stand.ask(listOf()));
  const answer = await stand.ask(listOf(dates[0]));
  const { retryAfterSeconds = 0, ...error } = errorOf(answer);
  expect(error).toMatchObject({ code: refused.code, retryable: true });
  expect(retryAfterSeconds).toBeGreaterThanOrEqual(least);
  expect(retryAfterSeconds).toBeLessThanOrEqual(most);
  expect(stand.kore.callCount).toBe(2);
  const later = await Promise.all(dates.slice(1).map((date) => stand.ask(listOf(date))));
  for (const each of later) expect(errorOf(each)).toMatchObject({ code: refused.code, retryable: true });
  expect(stand.kore.callCount, 'a closed gate sends nothing').toBe(2);
  expectWholeList(stand, await stand.ask(listOf()));
  expectDiscreet(stand, answer);
});

const sentences = [
  "You've exceeded the per-minute rate limit. Wait for sometime before retrying.",
  "You've exceeded the per-minute rate limit. Please wait for sometime before retrying.",
  'Rate limit for this API has been reached. Please try again after some time.',
];

test.for([200, 400, 403, 429, 500, 503])(
  'F31 the sentence of the limit under status %i, in every envelope: the same code, and the gate is closed',
  async (quotaStatus) => {
    for (const errorEnvelope of ['msg', 'message', 'top-level', 'plain', 'html'] as const) {
      for (const quotaMessage of sentences) {
        const switches = { quotaLimit: 1, quotaStatus, errorEnvelope, quotaMessage };
        await using stand = await openStand({
          conversationsPerDay: 20,
          switches,
          settings: { OPERATION_DEADLINE_MS: '600' },
        });
        expectWholeList(stand, await stand.ask(listOf()));
        const [list, scan] = [await stand.ask(listOf(dates[0])), await stand.ask(scanOf(dates[1]))];
        expect(errorOf(list)).toMatchObject({ code: refused.code, retryable: true });
        // A scan that has no call yet is an empty part, never an empty whole.
        expect(summaryOf(scan)).toMatchObject({ conversationCount: 0, coverage: { complete: false, daysRead: 0 } });
        expect(stand.kore.callCount).toBe(2);
        expectDiscreet(stand, list, scan);
        expect(JSON.stringify([list, scan]) + stand.gateway.logLines.join('')).not.toMatch(
          /per-minute|Rate limit for this API/,
        );
      }
    }
  },
);

test('F32 others use the account: what was let through is learned, answers come slower and whole, and few calls are refused', async () => {
  const quota = { quotaLimit: 10, quotaWindowMs: 500, hiddenCalls: 6 };
  await using stand = await openStand({
    conversationsPerDay: 60,
    switches: quota,
    settings: {
      KORE_CALLS_PER_MINUTE: '10',
      QUOTA_WINDOW_MS: '500',
      OPERATION_DEADLINE_MS: '20000',
      STOP_WITHIN_MS: '21000',
    },
  });
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-02', 28)), '2026-03-02', 28);
  const refusals = stand.kore.calls.filter(({ outcome }) => outcome === 'refused-quota').length;
  expect(refusals).toBeGreaterThan(0);
  expect(stand.kore.callCount).toBe(28 + refusals);
  expect(refusals).toBeLessThanOrEqual(14);
  expectDiscreet(stand);
});

test('F32 others use all of the account: an honest part or a refusal, with a time to ask again, and hardly a call', async () => {
  await using stand = await openStand({
    conversationsPerDay: 60,
    switches: { quotaLimit: 60, hiddenCalls: 60 },
    settings: { OPERATION_DEADLINE_MS: '600' },
  });
  const list = await stand.ask(listOf());
  expect(errorOf(list)).toMatchObject({ code: refused.code, retryable: true });
  expect(errorOf(list).retryAfterSeconds).toBeGreaterThan(0);
  const scan = await stand.ask(scanOf('2026-03-02', 7));
  expect(summaryOf(scan)).toMatchObject({ conversationCount: 0, coverage: { complete: false } });
  expect(stand.kore.callCount).toBe(1);
  expectDiscreet(stand, list, scan);
});
