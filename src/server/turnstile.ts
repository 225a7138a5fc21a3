import { createFairQueue, type Waiter } from './fair-queue.ts';
import { createQueueBound } from './queue-bound.ts';

/** Lets operations begin a few at a time, so that in between the gateway hears who else is there. */
export type Turnstile = {
  /**
   * Calls `begin` when it is the caller's turn, at once where nobody waits; or `refuse`, where that would take too long. The function that is returned leaves the
   * queue without either.
   */
  pass(caller: string, begin: () => void, refuse: () => void): () => void;
  /** How many wait. */
  count(): number;
};

export type TurnstileParts = {
  /** Milliseconds that somebody may wait for his turn, in a rush. */
  readonly waitMsMax: number;
  /** Milliseconds, never going back. */
  readonly elapsed: () => number;
  /** Takes these steps in the next turn of the event loop, each when all that the one before began has come to a rest. */
  readonly nextTurn: (steps: readonly (() => void)[]) => void;
};

/** For so long operations begin in one turn of the event loop, one at least. */
const turnMsMax = 3;
/** And so many at most. */
const stepsPerTurn = 8;

/** Of those who wait, whoever has begun the fewest lately goes first, and whoever has begun the most is refused first. */
export function createTurnstile({ waitMsMax, elapsed, nextTurn }: TurnstileParts): Turnstile {
  const queue = createFairQueue(elapsed);
  const bound = createQueueBound(waitMsMax, elapsed);
  let [isTurning, begunInTurn] = [false, 0];
  let [turnBeganAt, begunAt] = [elapsed(), elapsed()];

  const begin = ({ caller, begin: work }: Waiter): void => {
    begunAt = elapsed();
    begunInTurn += 1;
    queue.note(caller);
    work();
  };
  const open = (): void => {
    [turnBeganAt, begunInTurn] = [elapsed(), 0];
    for (const { refuse } of queue.takeLate(waitMsMax)) refuse();
  };
  const step = (): void => {
    const now = elapsed();
    if (begunInTurn > 0 && turnMsMax <= now - turnBeganAt) return;
    const next = queue.takeFirst();
    if (next === undefined) return;
    bound.took(now - begunAt);
    begin(next);
  };
  const close = (): void => {
    isTurning = begunInTurn > 0 || queue.count() > 0;
    if (isTurning) nextTurn(turn);
  };
  const turn = [open, ...Array<() => void>(stepsPerTurn).fill(step), close];
  return {
    count: queue.count,
    pass(caller, work, refuse) {
      const waiter: Waiter = { caller, since: elapsed(), begin: work, refuse };
      if (isTurning) {
        queue.join(waiter);
        bound.sendAway(queue);
        return () => queue.leave(waiter);
      }
      isTurning = true;
      bound.idle();
      nextTurn(turn);
      begin(waiter);
      return () => undefined;
    },
  };
}
