import type { Clock } from '../model/ports.ts';

/** The calls that count against the quota, and when the gate is shut. Knows nothing of who waits. */
export type Ledger = {
  /** Whether a call may begin now. */
  isOpen(): boolean;
  /** Whether it is time alone that opens the gate again, not the end of a call. */
  isShutByTime(): boolean;
  /** When the slot after `ahead` others will be free, as far as it is known: calls under way are taken to end now. */
  expectedAt(ahead: number): number;
  /** Counts a call that begins now; the function that is returned notes its end, once. */
  begin(): () => void;
  shutUntil(at: number): void;
  state(): { readonly remaining: number; readonly inFlightCalls: number; readonly shutUntil: number };
};

export type LedgerSettings = {
  /** Calls in any rolling window. */
  readonly callsMax: number;
  readonly windowMs: number;
  readonly inFlightMax: number;
};

/** Counts the calls of one process. */
export function createLedger({ callsMax, windowMs, inFlightMax }: LedgerSettings, clock: Clock): Ledger {
  /** When each ended call stops counting. They end in the order of the clock, so this ascends. */
  const freeAts: number[] = [];
  let inFlightCount = 0;
  let shutUntil = Number.NEGATIVE_INFINITY;

  const countHeld = (): number => {
    const now = clock.elapsed();
    while (freeAts[0] !== undefined && freeAts[0] <= now) freeAts.shift();
    return freeAts.length + inFlightCount;
  };
  const isShut = () => clock.elapsed() < shutUntil;

  return {
    isOpen: () => !isShut() && countHeld() < callsMax && inFlightCount < inFlightMax,
    isShutByTime: () => isShut() || callsMax <= countHeld(),
    expectedAt: (ahead) => {
      const place = countHeld() + (ahead % callsMax) - callsMax;
      const now = clock.elapsed();
      const slotAt = place < 0 ? now : (freeAts[place] ?? now + windowMs);
      return Math.max(slotAt, shutUntil) + Math.floor(ahead / callsMax) * windowMs;
    },
    begin: () => {
      let isUnderWay = true;
      inFlightCount += 1;
      return () => {
        if (!isUnderWay) return;
        isUnderWay = false;
        inFlightCount -= 1;
        freeAts.push(clock.elapsed() + windowMs);
      };
    },
    shutUntil: (at) => {
      shutUntil = Math.max(shutUntil, at);
    },
    state: () => ({
      remaining: isShut() ? 0 : Math.max(0, callsMax - countHeld()),
      inFlightCalls: inFlightCount,
      shutUntil,
    }),
  };
}
