import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/model/ports.ts';

/** A clock that goes only when it is told to. Who waits is woken in order; `sleeperCount` says how many wait. */
export type FakeClock = Clock & {
  advance(ms: number): Promise<void>;
  /** Sets the wall clock alone, as an operator or a leap would. */
  setNow(ms: number): void;
  readonly sleeperCount: number;
};

type Sleeper = { readonly at: number; readonly wake: () => void };

export function createFakeClock(startMs = Date.parse('2026-03-23T12:00:00Z')): FakeClock {
  let elapsed = 0;
  let offset = startMs;
  const sleepers = new Set<Sleeper>();
  const wakeNext = (until: number): boolean => {
    const [next] = [...sleepers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
    if (next === undefined) return false;
    elapsed = Math.max(elapsed, next.at);
    sleepers.delete(next);
    next.wake();
    return true;
  };
  return {
    now: () => offset + elapsed,
    elapsed: () => elapsed,
    setNow: (ms) => {
      offset = ms - elapsed;
    },
    get sleeperCount() {
      return sleepers.size;
    },
    wait: (waitMs, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sleeper = { at: elapsed + waitMs, wake: resolve };
      const onAbort = () => {
        sleepers.delete(sleeper);
        reject(signal.reason);
      };
      if (signal.aborted) onAbort();
      else {
        sleepers.add(sleeper);
        signal.addEventListener('abort', onAbort, { once: true });
      }
      return promise;
    },
    advance: async (ms) => {
      const until = elapsed + ms;
      await settled();
      while (wakeNext(until)) await settled();
      elapsed = until;
      await settled();
    },
  };
}

/** Lets everything that is ready to run, run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The machine's own clock, as the gateway uses it. */
export const realClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  wait: (waitMs, signal) => delay(waitMs, undefined, { signal }),
};
