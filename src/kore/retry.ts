import type { Random } from '../model/ports.ts';
import type { Fault } from './fault.ts';

/** What to do after a failed attempt: wait this long and ask again, whole, or give up. */
export type RetryDecision =
  | { readonly kind: 'again'; readonly waitMs: number; readonly isTokenFresh: boolean }
  | { readonly kind: 'give-up' };

export type RetrySettings = { readonly attemptsMax: number; readonly waitMsMin: number; readonly waitMsMax: number };

export type Attempt = {
  readonly fault: Fault;
  /** Attempts made so far, this one included. */
  readonly attemptCount: number;
  /** Until the deadline of those who wait. */
  readonly timeLeftMs: number;
  /** What was waited before this attempt; 0 before the first. */
  readonly lastWaitMs: number;
  /** Whether a fault that is worth one more attempt (`once`, `fresh-token`) has had it already, by the same rule. */
  readonly isRepeated: boolean;
  /** Whether the retry allowance has one left. */
  readonly isAllowed: boolean;
};

/**
 * The one retry layer: whole requests only, because a half-read page may go on as another page. Waits are decorrelated jitter, or what the
 * upstream asked for. A wait that would eat the time left is not begun.
 */
export function decideRetry(
  attempt: Attempt,
  { attemptsMax, waitMsMin, waitMsMax }: RetrySettings,
  random: Random,
): RetryDecision {
  const { fault, attemptCount, timeLeftMs, lastWaitMs, isRepeated, isAllowed } = attempt;
  const isSpent = fault.retry === 'never' || (fault.retry !== 'always' && isRepeated);
  if (isSpent || attemptsMax <= attemptCount || !isAllowed) return { kind: 'give-up' };
  const ceiling = Math.min(waitMsMax, Math.max(waitMsMin, lastWaitMs) * 3);
  const jittered = waitMsMin + random() * (ceiling - waitMsMin);
  // A refusal for the rate is waited for at the gate, which knows when it opens; a new credential is worth trying at once.
  const waitMs = fault.isRefusal || fault.retry === 'fresh-token' ? 0 : (fault.retryAfterMs ?? jittered);
  if (timeLeftMs <= waitMs) return { kind: 'give-up' };
  return { kind: 'again', waitMs, isTokenFresh: fault.retry === 'fresh-token' };
}

/** Lets retries be a tenth of first attempts, with a small reserve, so that a failing upstream is not asked much more than a healthy one. */
export type RetryAllowance = { earn(): void; has(): boolean; spend(): void };

const attemptsPerRetry = 10;

/** Starts with `reserve` retries, and holds no more than that, but at least one once it is earned. */
export function createRetryAllowance({ reserve }: { readonly reserve: number }): RetryAllowance {
  // Counted in first attempts, for ten tenths are less than one in floating point.
  let earned = reserve * attemptsPerRetry;
  const earnedMax = Math.max(1, reserve) * attemptsPerRetry;
  return {
    earn: () => {
      earned = Math.min(earnedMax, earned + 1);
    },
    has: () => attemptsPerRetry <= earned,
    spend: () => {
      earned -= attemptsPerRetry;
    },
  };
}
