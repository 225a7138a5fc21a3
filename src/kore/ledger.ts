import type { Clock } from '../model/ports.ts';

/** Calls that count against a quota: from their begin until a window after their end. Knows nothing of who makes them. */
export type Ledger = {
  /** How many count now. */
  count(): number;
  /** How many of these are under way. */
  inFlightCount(): number;
  /** When the slot after `ahead` others will be free, of `callsMax`, as far as it is known: calls under way are taken to end now. By Clock.elapsed. */
  freeAt(callsMax: number, ahead: number): number;
  /** When none counts any more, by the same rule. */
  emptyAt(): number;
  /** Counts a call that begins now; the function that is returned notes its end, once. */
  begin(): () => void;
};

/** An empty ledger. */
export function createLedger(windowMs: number, clock: Clock): Ledger {
  /** When each ended call stops counting. They end in the order of the clock, so this ascends. */
  const freeAts: number[] = [];
  let inFlightCount = 0;
  const count = (): number => {
    const now = clock.elapsed();
    while (freeAts[0] !== undefined && freeAts[0] <= now) freeAts.shift();
    return freeAts.length + inFlightCount;
  };
  return {
    count,
    inFlightCount: () => inFlightCount,
    freeAt(callsMax, ahead) {
      const place = count() + (ahead % callsMax) - callsMax;
      const now = clock.elapsed();
      const slotAt = place < 0 ? now : (freeAts[place] ?? now + windowMs);
      return slotAt + Math.floor(ahead / callsMax) * windowMs;
    },
    emptyAt: () => (inFlightCount > 0 ? clock.elapsed() + windowMs : (freeAts.at(-1) ?? clock.elapsed())),
    begin() {
      let isUnderWay = true;
      inFlightCount += 1;
      return () => {
        if (!isUnderWay) return;
        isUnderWay = false;
        inFlightCount -= 1;
        freeAts.push(clock.elapsed() + windowMs);
      };
    },
  };
}
