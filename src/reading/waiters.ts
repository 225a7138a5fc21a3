import type { Patience } from '../model/ports.ts';
import type { Standing } from './lane.ts';
import type { Leaving } from './leaving.ts';

/** Somebody who waits for spans. */
export type SpanWaiter = {
  readonly patience: Patience;
  /** By the signal of its patience. */
  readonly leaving: Leaving;
  /** An opaque word for the one who asked; empty for nobody in particular. */
  readonly caller: string;
  /** Whether one more call may be made on this account. */
  mayCall(): boolean;
  onCall(): void;
  onSend(waitedMs: number): void;
  /** No call can be had in time, by the quota or by the account: who waits answers with what there is. */
  leave(retryAfterSeconds: number): void;
  /** Of all that it waits for what something is coming of by itself: readings that aren't idle. */
  readonly hopes: Set<Waiting>;
  /** Readings that it waits for and was turned away from. */
  readonly losses: Set<Waiting>;
};

/** Who waits for one reading, and how far it is. */
export type Waiting = {
  /** On whose account its next calls are; nobody's are made in the background. */
  readonly waiters: Set<SpanWaiter>;
  /** Those who can't have another call, and may still get what is nearly there. */
  readonly leavers: Set<SpanWaiter>;
  /** Pages that it waits for; of them, those whose calls were made for somebody. Once somebody waits, `advance` alone changes these three. */
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

/** On whose account the next call is. */
export function firstOf(waiters: ReadonlySet<SpanWaiter>): SpanWaiter | undefined {
  const [first] = waiters;
  return first;
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

/** Nothing is coming of it by itself: it waits for pages, of which none was called for somebody, or for another replica. */
function isIdle({ openCount, calledCount, isElsewhere }: Waiting): boolean {
  return calledCount === 0 && (openCount > 0 || isElsewhere);
}

/** Notes how far a reading is: whoever waits for it hopes for it unless it is idle. So what somebody hopes for is never counted anew. */
export function advance(
  waiting: Waiting,
  progress: Partial<Pick<Waiting, 'openCount' | 'calledCount' | 'isElsewhere'>>,
): void {
  const wasIdle = isIdle(waiting);
  Object.assign(waiting, progress);
  if (isIdle(waiting) === wasIdle) return;
  for (const each of [waiting.waiters, waiting.leavers]) {
    for (const { hopes } of each) {
      if (wasIdle) hopes.add(waiting);
      else hopes.delete(waiting);
    }
  }
}

/** Ends with the work, or with the waiter's own signal. `onFirstLeft`: by that signal he left on whose account the next calls were, and they are another's or nobody's by now. */
export async function waitFor<T>(
  work: Promise<T>,
  waiting: Waiting,
  waiter: SpanWaiter,
  onFirstLeft: () => void,
): Promise<T> {
  const { leaving, patience } = waiter;
  const { promise: left, reject } = Promise.withResolvers<never>();
  const leave = () => {
    const isFirst = firstOf(waiting.waiters) === waiter;
    forget(waiting, waiter);
    reject(patience.signal.reason);
    if (isFirst) onFirstLeft();
  };
  waiting.waiters.add(waiter);
  if (!isIdle(waiting)) waiter.hopes.add(waiting);
  leaving.add(leave);
  try {
    return await Promise.race([work, left]);
  } finally {
    leaving.delete(leave);
    forget(waiting, waiter);
  }
}

function forget(waiting: Waiting, waiter: SpanWaiter): void {
  waiting.waiters.delete(waiter);
  waiting.leavers.delete(waiter);
  waiter.hopes.delete(waiting);
  waiter.losses.delete(waiting);
}

/**
 * Takes those off a reading's account who can't have a call at `callAt` (by Clock.elapsed, in milliseconds), for their deadline is earlier or their calls
 * are used up. Says who they are.
 */
export function turnAway(waiting: Waiting, callAt: number): readonly SpanWaiter[] {
  const { waiters, leavers } = waiting;
  const turned = [...waiters].filter((waiter) => waiter.patience.deadlineAt() <= callAt || !waiter.mayCall());
  for (const waiter of turned) {
    waiters.delete(waiter);
    leavers.add(waiter);
    waiter.losses.add(waiting);
  }
  return turned;
}

/** A reading has ended: nobody hopes for it any more. */
export function end(waiting: Waiting): void {
  for (const each of [waiting.waiters, waiting.leavers]) for (const waiter of each) forget(waiting, waiter);
}

/** Of those who were turned away lets those leave for whom nothing is coming any more. Forgets who is turned away from nothing by now. */
export function letLeave(turnedAway: Set<SpanWaiter>, retryAfterSeconds: () => number): void {
  for (const waiter of turnedAway) {
    const { hopes, losses } = waiter;
    if (losses.size > 0 && hopes.size === 0) waiter.leave(retryAfterSeconds());
    if (losses.size === 0) turnedAway.delete(waiter);
  }
}
