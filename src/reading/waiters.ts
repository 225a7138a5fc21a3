import type { Patience } from '../model/ports.ts';

/** Somebody who waits for spans. */
export type SpanWaiter = {
  readonly patience: Patience;
  /** Whether one more call may be made on this account. */
  mayCall(): boolean;
  onCall(): void;
  /** No call can be had in time, by the quota or by the account: who waits answers with what there is. */
  leave(retryAfterSeconds: number): void;
};

/** Who waits for one reading, and how far it is. */
export type Waiting = {
  /** On whose account its next calls are; nobody's are made in the background. */
  readonly waiters: Set<SpanWaiter>;
  /** Those who can't have another call, and may still get what is nearly there. */
  readonly leavers: Set<SpanWaiter>;
  /** Pages that it waits for; of them, those whose calls were made for somebody. */
  openCount: number;
  calledCount: number;
};

/** A reading that nobody waits for yet. */
export function createWaiting(): Waiting {
  return { waiters: new Set(), leavers: new Set(), openCount: 0, calledCount: 0 };
}

/** Ends with the work, or with the waiter's own signal. */
export async function waitFor<T>(work: Promise<T>, { waiters, leavers }: Waiting, waiter: SpanWaiter): Promise<T> {
  const { signal } = waiter.patience;
  const { promise: left, reject } = Promise.withResolvers<never>();
  const forget = () => {
    waiters.delete(waiter);
    leavers.delete(waiter);
  };
  const leave = () => {
    forget();
    reject(signal.reason);
  };
  waiters.add(waiter);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave);
    forget();
  }
}

/**
 * Takes those off a reading's account who can't have a call at `callAt` (by Clock.elapsed, in milliseconds), for their deadline is earlier or their calls
 * are used up.
 */
export function turnAway({ waiters, leavers }: Waiting, callAt: number): void {
  for (const waiter of waiters) {
    if (callAt < waiter.patience.deadlineAt() && waiter.mayCall()) continue;
    waiters.delete(waiter);
    leavers.add(waiter);
  }
}

/** Lets those leave for whom nothing is coming any more: each reading that they hope for waits for pages, and none of those was called for somebody. */
export function letLeave(readings: Iterable<Waiting>, retryAfterSeconds: number): void {
  const all = [...readings];
  for (const leaver of new Set(all.flatMap(({ leavers }) => [...leavers]))) {
    const hoped = all.filter(({ waiters, leavers }) => waiters.has(leaver) || leavers.has(leaver));
    if (hoped.every(({ openCount, calledCount }) => openCount > 0 && calledCount === 0))
      leaver.leave(retryAfterSeconds);
  }
}
