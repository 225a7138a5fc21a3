import type { Clock } from '../model/ports.ts';

/** How long the reads of one request wait for a store that is elsewhere, all of them together. */
export type Allowance = {
  /** What `work` answers; `otherwise` once the signal's allowance is used up, the signal aborts or the work fails. Never rejects. */
  within<T>(signal: AbortSignal, otherwise: T, work: () => Promise<T>): Promise<T>;
};

type Account = { spentMs: number; waiterCount: number; since: number };

/**
 * Allows `waitMs` milliseconds for each signal: the time during which at least one of its reads waits, for those that wait at the same time wait once.
 */
export function createAllowance(waitMs: number, clock: Clock): Allowance {
  const accounts = new WeakMap<AbortSignal, Account>();
  const accountOf = (signal: AbortSignal): Account => {
    const account = accounts.get(signal) ?? { spentMs: 0, waiterCount: 0, since: 0 };
    accounts.set(signal, account);
    return account;
  };
  return {
    async within(signal, otherwise, work) {
      const account = accountOf(signal);
      if (account.waiterCount === 0) account.since = clock.elapsed();
      const leftMs = waitMs - account.spentMs - (clock.elapsed() - account.since);
      if (leftMs <= 0 || signal.aborted) return otherwise;
      account.waiterCount += 1;
      try {
        return await unlessLate(work(), leftMs, signal, otherwise, clock);
      } finally {
        account.waiterCount -= 1;
        if (account.waiterCount === 0) account.spentMs += clock.elapsed() - account.since;
      }
    },
  };
}

/** For those who wait as long as the work takes: until it is done, it fails, or the signal aborts. */
export const patience: Allowance = {
  async within(signal, otherwise, work) {
    if (signal.aborted) return otherwise;
    const { promise: left, resolve } = Promise.withResolvers<typeof otherwise>();
    const leave = () => resolve(otherwise);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([work(), left]);
    } catch {
      return otherwise; // A store that fails holds nothing.
    } finally {
      signal.removeEventListener('abort', leave);
    }
  },
};

async function unlessLate<T>(
  work: Promise<T>,
  leftMs: number,
  signal: AbortSignal,
  otherwise: T,
  clock: Clock,
): Promise<T> {
  const done = new AbortController();
  const miss = () => otherwise;
  const late = clock.wait(leftMs, AbortSignal.any([signal, done.signal])).then(miss, miss);
  try {
    return await Promise.race([work.catch(miss), late]);
  } finally {
    done.abort();
  }
}
