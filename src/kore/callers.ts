import type { Clock } from '../model/ports.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** How many calls of the window each caller has had; nobody in particular (the empty word) is not counted. */
export type Callers = {
  count(caller: string): number;
  /** How many have had calls in the window, or are among these who wait. */
  activeCount(waiting: Iterable<string>): number;
  /** Counts a call that begins now; the function that is returned notes its end. */
  begin(caller: string): () => void;
};

/** Nobody has had a call yet. Callers whose calls don't count any more are forgotten. */
export function createCallers(windowMs: number, clock: Clock): Callers {
  const ledgers = new Map<string, Ledger>();
  const forgetIdle = (): void => {
    for (const [caller, ledger] of ledgers) if (ledger.count() === 0) ledgers.delete(caller);
  };
  return {
    count: (caller) => ledgers.get(caller)?.count() ?? 0,
    activeCount(waiting) {
      forgetIdle();
      const active = new Set([...ledgers.keys(), ...waiting]);
      active.delete('');
      return active.size;
    },
    begin(caller) {
      if (caller === '') return () => undefined;
      const ledger = ledgers.get(caller) ?? createLedger(windowMs, clock);
      ledgers.set(caller, ledger);
      return ledger.begin();
    },
  };
}

/** What each of so many active callers may have while others wait, of `callsMax`. */
export function shareOf(callsMax: number, activeCount: number): number {
  return activeCount < 2 ? callsMax : Math.max(1, Math.floor(callsMax / activeCount));
}
