import type { Clock } from '../model/ports.ts';

/** How many calls the upstream lets through, as far as its refusals tell: others may use the same account. */
export type LearnedQuota = {
  callsMax(): number;
  /** It refused, after so many calls of this window had been answered. */
  refusedAfter(answeredCount: number): void;
};

/** It grows by a tenth of what was set in each window without a refusal, and never falls below that. */
const tenths = 10;

/** Begins with what was set. A refusal takes it down to what was let through, and it grows back window by window: F32 in docs/attacks.md. */
export function createLearnedQuota(
  { callsMax, windowMs }: { readonly callsMax: number; readonly windowMs: number },
  clock: Clock,
): LearnedQuota {
  const step = Math.ceil(callsMax / tenths);
  let learned = callsMax;
  let learnedAt = Number.NEGATIVE_INFINITY;
  const now = (): number => {
    const windowCount = Math.floor((clock.elapsed() - learnedAt) / windowMs);
    const grown = learned + windowCount * step;
    return learnedAt === Number.NEGATIVE_INFINITY ? callsMax : Math.min(callsMax, grown);
  };
  return {
    callsMax: now,
    refusedAfter(answeredCount) {
      learned = Math.max(step, Math.min(now(), answeredCount));
      learnedAt = clock.elapsed();
    },
  };
}
