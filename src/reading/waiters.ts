import type { Patience } from '../model/ports.ts';
import type { Standing } from './lane.ts';

/** Somebody who waits for spans. */
export type SpanWaiter = {
  readonly patience: Patience;
  /** An opaque word for the one who asked; empty for nobody in particular. */
  readonly caller: string;
  /** Whether one more call may be made on this account. */
  mayCall(): boolean;
  onCall(): void;
  onSend(waitedMs: number): void;
  /** No call can be had in time, by the quota or by the account: who waits answers with what there is. */
  leave(retryAfterSeconds: number): void;
  /** All that it waits for. */
  readonly hopes: Set<Waiting>;
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
  /** Another replica reads it for now. */
  isElsewhere: boolean;
  /** Nobody waits for it, and there is no room for it any more: it makes no further call. */
  isDropped: boolean;
  /** It is read for nobody in particular, and as long as it takes. */
  isKept: boolean;
};

/** A reading that nobody waits for yet. */
export function createWaiting(): Waiting {
  return {
    waiters: new Set(),
    leavers: new Set(),
    openCount: 0,
    calledCount: 0,
    isElsewhere: false,
    isDropped: false,
    isKept: false,
  };
}

/** How a reading stands by now: whether somebody waits for it. */
export function standingOf({ waiters, isDropped }: Waiting): Standing {
  if (isDropped) return 'dropped';
  return waiters.size > 0 ? 'awaited' : 'behind';
}

/** Drops a reading that nobody waits for, and that waits for calls itself. Says whether it was one. */
export function drop(waiting: Waiting): boolean {
  const { waiters, leavers, openCount, calledCount, isDropped } = waiting;
  if (isDropped || waiters.size + leavers.size + calledCount > 0 || openCount === 0) return false;
  waiting.isDropped = true;
  return true;
}

/** Ends with the work, or with the waiter's own signal. */
export async function waitFor<T>(work: Promise<T>, waiting: Waiting, waiter: SpanWaiter): Promise<T> {
  const { waiters, leavers } = waiting;
  const { signal } = waiter.patience;
  const { promise: left, reject } = Promise.withResolvers<never>();
  const forget = () => {
    waiter.hopes.delete(waiting);
    waiters.delete(waiter);
    leavers.delete(waiter);
  };
  const leave = () => {
    forget();
    reject(signal.reason);
  };
  waiter.hopes.add(waiting);
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

/** A reading has ended: nobody hopes for it any more. */
export function end(waiting: Waiting): void {
  for (const each of [waiting.waiters, waiting.leavers]) {
    for (const waiter of each) waiter.hopes.delete(waiting);
    each.clear();
  }
}

/**
 * Of the readings that somebody was turned away from, lets those leave for whom nothing is coming any more: each reading that they hope for waits for pages,
 * of which none was called for somebody, or for another replica. Forgets readings that nobody is turned away from by now.
 */
export function letLeave(turnedAway: Set<Waiting>, retryAfterSeconds: () => number): void {
  for (const waiting of turnedAway) {
    for (const leaver of waiting.leavers) {
      const isIdle = ({ openCount, calledCount, isElsewhere }: Waiting) =>
        calledCount === 0 && (openCount > 0 || isElsewhere);
      if ([...leaver.hopes].every(isIdle)) leaver.leave(retryAfterSeconds());
    }
    if (waiting.leavers.size === 0) turnedAway.delete(waiting);
  }
}
