import type { FairQueue } from './fair-queue.ts';

/** How many may wait for their turn: as many as there is time for. */
export type QueueBound = {
  /** Nobody waits, and nothing is being begun. */
  idle(): void;
  /** One was begun so long after the one before, while there were others. */
  took(ms: number): void;
  /** Refuses those for whom there is no time. */
  sendAway(queue: FairQueue): void;
};

/** Where there was no idle turn for so long, it is no rush: then waits are a part of what they may be, for those who wait long help nobody. */
const rushMs = 1_000;
const standingShare = 1 / 30;
/** So many may wait however long they take. */
const waitersMin = 2;
/** Weight of the latest in how long one takes. */
const latestWeight = 0.1;

/** It begins with a rush, and nobody knows yet how long one takes. */
export function createQueueBound(waitMsMax: number, elapsed: () => number): QueueBound {
  let [idleAt, refusedAt, eachMs] = [elapsed(), Number.NEGATIVE_INFINITY, 0];
  return {
    idle() {
      // A moment without anybody right behind a refusal is chance: those who were refused would be there.
      if (waitMsMax < elapsed() - refusedAt) idleAt = elapsed();
    },
    took(ms) {
      eachMs += latestWeight * (ms - eachMs);
    },
    sendAway(queue) {
      const refuse = (countMax: number, take: FairQueue['takeLast']) => {
        while (countMax < queue.count()) {
          const waiter = take();
          if (waiter === undefined) return;
          refusedAt = elapsed();
          waiter.refuse();
        }
      };
      refuse(waitersAllowed(waitMsMax, 0, eachMs), queue.takeLast);
      refuse(waitersAllowed(waitMsMax, elapsed() - idleAt, eachMs), queue.takeGreedy);
    },
  };
}

/** How many may wait, by how long there has been no idle turn, and how long one takes. */
export function waitersAllowed(waitMsMax: number, busyMs: number, eachMs: number): number {
  const allowedMs = busyMs <= rushMs ? waitMsMax : waitMsMax * standingShare;
  return eachMs === 0 ? Number.POSITIVE_INFINITY : Math.max(waitersMin, Math.floor(allowedMs / eachMs));
}
