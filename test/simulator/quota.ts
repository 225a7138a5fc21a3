import type { Refusal } from './refusal.ts';
import type { Switches } from './switches.ts';

/** Counts the account's calls (contract 3.3); null: the call may pass, and has been counted. */
export type Quota = (switches: Switches, nowMs: number) => Refusal | null;

/** A quota of its own: of each window, rolling or fixed, at most `quotaLimit` less `hiddenCalls` calls pass. */
export function makeQuota(): Quota {
  let countedMs: number[] = [];
  return (switches, nowMs) => {
    const { quotaLimit, quotaWindowMs, quotaKind, hiddenCalls } = switches;
    if (quotaLimit === 0) return null;
    const fromMs =
      quotaKind === 'fixed' ? Math.floor(nowMs / quotaWindowMs) * quotaWindowMs - 1 : nowMs - quotaWindowMs;
    countedMs = countedMs.filter((callMs) => callMs > fromMs);
    const isRefused = countedMs.length + hiddenCalls >= quotaLimit;
    if (!isRefused || switches.quotaCountsRefused) countedMs.push(nowMs);
    if (!isRefused) return null;
    const freeMs = quotaKind === 'fixed' ? fromMs + 1 + quotaWindowMs : (countedMs[0] ?? nowMs) + quotaWindowMs;
    return refuse(switches, Math.max(1, Math.ceil((freeMs - nowMs) / 1000)));
  };
}

function refuse({ quotaStatus, quotaMessage, quotaRetryAfter }: Switches, secondsLeft: number): Refusal {
  const retryAfter = quotaRetryAfter === 'honest' ? String(secondsLeft) : quotaRetryAfter;
  return {
    kind: 'refused-quota',
    status: quotaStatus,
    message: quotaMessage,
    code: quotaStatus,
    ...(retryAfter === null ? {} : { headers: { 'retry-after': retryAfter } }),
  };
}
