import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fault, fault } from '../../src/kore/fault.ts';
import { type Attempt, createRetryAllowance, decideRetry, type RetryDecision } from '../../src/kore/retry.ts';

const settings = { attemptsMax: 3, waitMsMin: 200, waitMsMax: 5_000 };
const giveUp: RetryDecision = { kind: 'give-up' };
const at = (waitMs: number): RetryDecision => ({ kind: 'again', waitMs, isTokenFresh: false });

const always = fault('UPSTREAM_UNAVAILABLE', 'always');
const once = fault('UPSTREAM_UNAVAILABLE', 'once');
const never = fault('UPSTREAM_NOT_FOUND', 'never');
const freshToken = fault('UPSTREAM_AUTH', 'fresh-token');
const refused = fault('UPSTREAM_BUDGET_EXHAUSTED', 'always', {}, { isRefusal: true, retryAfterMs: 9_000 });
const asked = fault('UPSTREAM_UNAVAILABLE', 'always', {}, { retryAfterMs: 9_000 });

describe('what a failed attempt leads to', () => {
  test.for<[string, Partial<Attempt> & { readonly fault: Fault }, RetryDecision]>([
    ['a fault that may pass is asked again', { fault: always }, at(200)],
    ['and once more after that', { fault: always, attemptCount: 2, isRepeated: true }, at(200)],
    ['but not more often than attempts are allowed', { fault: always, attemptCount: 3, isRepeated: true }, giveUp],
    ['a fault that will not pass is never asked again', { fault: never }, giveUp],
    ['a fault that is worth one more attempt gets it', { fault: once }, at(200)],
    ['and no second one', { fault: once, attemptCount: 2, isRepeated: true }, giveUp],
    ['but an attempt that failed otherwise does not use it up', { fault: once, attemptCount: 2 }, at(200)],
    [
      'a refused credential is made anew at once',
      { fault: freshToken },
      { kind: 'again', waitMs: 0, isTokenFresh: true },
    ],
    ['and only once', { fault: freshToken, attemptCount: 2, isRepeated: true }, giveUp],
    [
      'even after an attempt that failed otherwise',
      { fault: freshToken, attemptCount: 2 },
      { kind: 'again', waitMs: 0, isTokenFresh: true },
    ],
    ['a refusal for the rate waits at the gate, not here', { fault: refused }, at(0)],
    ['what the upstream asks to wait is waited', { fault: asked }, at(9_000)],
    ['unless it is longer than there is time', { fault: asked, timeLeftMs: 9_000 }, giveUp],
    ['a wait that would eat the time left is not begun', { fault: always, timeLeftMs: 200 }, giveUp],
    ['one that leaves a moment is', { fault: always, timeLeftMs: 201 }, at(200)],
    ['no time left, no attempt', { fault: freshToken, timeLeftMs: 0 }, giveUp],
    ['no allowance left, no attempt', { fault: always, isAllowed: false }, giveUp],
  ])('%s', ([, attempt, decision]) => {
    expect(decideRetry(attemptOf(attempt), settings, () => 0)).toStrictEqual(decision);
  });
});

test('one allowed attempt is one attempt, whatever fails', () => {
  for (const each of [always, once, freshToken, refused, asked]) {
    expect(decideRetry(attemptOf({ fault: each }), { ...settings, attemptsMax: 1 }, () => 0)).toStrictEqual(giveUp);
  }
});

test('waits are spread between the least and three times the last one, and never beyond the most', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.nat({ max: 20_000 }),
      (random, lastWaitMs) => {
        const decision = decideRetry(attemptOf({ fault: always, lastWaitMs }), settings, () => random);
        const waitMs = decision.kind === 'again' ? decision.waitMs : Number.NaN;
        expect(waitMs).toBeGreaterThanOrEqual(200);
        expect(waitMs).toBeLessThanOrEqual(Math.min(5_000, 3 * Math.max(200, lastWaitMs)));
      },
    ),
  );
});

test('whatever fails, there are never more attempts than allowed, nor a wait past the deadline', () => {
  const faults = fc.constantFrom(always, once, never, freshToken, refused, asked);
  fc.assert(
    fc.property(
      fc.infiniteStream(faults),
      fc.integer({ min: 1, max: 5 }),
      fc.nat({ max: 30_000 }),
      (stream, attemptsMax, timeMs) => {
        const granted = new Set<Fault['retry']>();
        let timeLeftMs = timeMs;
        let lastWaitMs = 0;
        let attemptCount = 0;
        for (const each of stream) {
          attemptCount += 1;
          const isRepeated = granted.has(each.retry);
          const attempt = attemptOf({ fault: each, attemptCount, timeLeftMs, lastWaitMs, isRepeated });
          const decision = decideRetry(attempt, { ...settings, attemptsMax }, () => 0.5);
          if (decision.kind === 'give-up') break;
          expect(decision.waitMs).toBeLessThan(timeLeftMs);
          granted.add(each.retry);
          timeLeftMs -= decision.waitMs;
          lastWaitMs = decision.waitMs;
        }
        expect(attemptCount).toBeLessThanOrEqual(attemptsMax);
      },
    ),
  );
});

test('retries are a tenth of first attempts: ten earn one, and nine none', () => {
  const allowance = createRetryAllowance({ reserve: 0 });
  for (let attempts = 0; attempts < 9; attempts++) allowance.earn();
  expect(allowance.has()).toBe(false);
  allowance.earn();
  expect(allowance.has()).toBe(true);
  allowance.spend();
  expect(allowance.has()).toBe(false);
});

test('the reserve is there from the start, and is never exceeded', () => {
  const allowance = createRetryAllowance({ reserve: 2 });
  for (let attempts = 0; attempts < 1_000; attempts++) allowance.earn();
  for (const isLeft of [true, true, false]) {
    expect(allowance.has()).toBe(isLeft);
    if (isLeft) allowance.spend();
  }
});

test('under an upstream that always fails, attempts are at most a tenth above the questions, but for the reserve', () => {
  const allowance = createRetryAllowance({ reserve: 10 });
  let attemptCount = 0;
  for (let question = 0; question < 1_000; question++) {
    allowance.earn();
    attemptCount += 1;
    for (let retry = 0; retry < 2 && allowance.has(); retry++) {
      allowance.spend();
      attemptCount += 1;
    }
  }
  expect(attemptCount).toBeLessThanOrEqual(1_000 + 100 + 10);
});

function attemptOf(attempt: Partial<Attempt> & { readonly fault: Fault }): Attempt {
  return { attemptCount: 1, timeLeftMs: 60_000, lastWaitMs: 0, isRepeated: false, isAllowed: true, ...attempt };
}
