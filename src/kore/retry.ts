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
  const { fault, attemptCount, timeLeftMs, lastWaitMs, isAllowed } = attempt;
  const attemptCountMax =
    fault.retry === 'always' ? attemptsMax : fault.retry === 'never' ? 1 : Math.min(2, attemptsMax);
  if (attemptCountMax <= attemptCount || !isAllowed) return { kind: 'give-up' };
  const ceiling = Math.min(waitMsMax, Math.max(waitMsMin, lastWaitMs) * 3);
  const jittered = waitMsMin + random() * (ceiling - waitMsMin);
  // A refusal for the rate is waited for at the gate, which knows when it opens; a new credential is worth trying at once.
  const waitMs = fault.isRefusal || fault.retry === 'fresh-token' ? 0 : (fault.retryAfterMs ?? jittered);
  if (timeLeftMs <= waitMs) return { kind: 'give-up' };
  return { kind: 'again', waitMs, isTokenFresh: fault.retry === 'fresh-token' };
}

/** Lets retries be a tenth of first attempts, with a small reserve, so that a failing upstream is not asked much more than a healthy one. */
export type RetryAllowance = { earn(): void; has(): boolean; spend(): void };

const earnedPerAttempt = 0.1;

export function createRetryAllowance({ reserve }: { readonly reserve: number }): RetryAllowance {
  let tokens = reserve;
  return {
    earn: () => {
      tokens = Math.min(reserve, tokens + earnedPerAttempt);
    },
    has: () => 1 <= tokens,
    spend: () => {
      tokens -= 1;
    },
  };
}
