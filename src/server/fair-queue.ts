/** Somebody who waits for his turn to begin. */
export type Waiter = {
  readonly caller: string;
  readonly since: number;
  readonly begin: () => void;
  readonly refuse: () => void;
};

/** Those who wait, in the order of who has begun the fewest operations lately. */
export type FairQueue = {
  count(): number;
  join(waiter: Waiter): void;
  leave(waiter: Waiter): void;
  /** Takes whoever has begun the fewest; of those the one who has waited longest. */
  takeFirst(): Waiter | undefined;
  /** Takes whoever has begun the most; of those the one who has come last. */
  takeLast(): Waiter | undefined;
  /** The same, unless some other caller, who needn't wait now, has begun more than twice as many: then it isn't those who wait that are too many. */
  takeGreedy(): Waiter | undefined;
  /** Takes those who have waited longer than this. */
  takeLate(waitMsMax: number): readonly Waiter[];
  /** Counts an operation that begins. */
  note(caller: string): void;
};

/** Nobody waits, and nobody has begun any. */
export function createFairQueue(elapsed: () => number): FairQueue {
  let waiting: readonly Waiter[] = [];
  const usage = createUsage(elapsed);
  const leave = (waiter: Waiter): void => {
    waiting = waiting.filter((each) => each !== waiter);
  };
  const take = (waiter: Waiter | undefined): Waiter | undefined => {
    if (waiter !== undefined) leave(waiter);
    return waiter;
  };
  const last = () => waiting.toReversed().toSorted((one, other) => usage.of(other.caller) - usage.of(one.caller))[0];
  return {
    count: () => waiting.length,
    join(waiter) {
      waiting = [...waiting, waiter];
    },
    leave,
    takeFirst: () => take(waiting.toSorted((one, other) => usage.of(one.caller) - usage.of(other.caller))[0]),
    takeLast: () => take(last()),
    takeGreedy() {
      const waiter = last();
      return waiter === undefined || usage.of(waiter.caller) < usage.most() / 2 ? undefined : take(waiter);
    },
    takeLate(waitMsMax) {
      const now = elapsed();
      const late = waiting.filter(({ since }) => waitMsMax < now - since);
      for (const waiter of late) leave(waiter);
      return late;
    },
    note: usage.add,
  };
}

type Usage = { of(caller: string): number; most(): number; add(caller: string): void };

type Count = { readonly count: number; readonly at: number };

/** What a caller has begun counts half after so long, and no more once it hardly counts. */
const halfLifeMs = 1_000;
const forgottenBelow = 0.01;

/** How many operations callers have begun lately. */
function createUsage(elapsed: () => number): Usage {
  const begun = new Map<string, Count>();
  // All counts fade alike, so the greatest stays the greatest until another grows beyond it.
  let most: Count = { count: 0, at: elapsed() };
  let sweptAt = elapsed();
  const now = ({ count, at }: Count): number => count * 0.5 ** ((elapsed() - at) / halfLifeMs);
  const of = (caller: string): number => {
    const had = begun.get(caller);
    return had === undefined ? 0 : now(had);
  };
  return {
    of,
    most: () => now(most),
    add(caller) {
      const count: Count = { count: of(caller) + 1, at: elapsed() };
      begun.set(caller, count);
      if (now(most) < count.count) most = count;
      if (elapsed() - sweptAt < halfLifeMs) return;
      sweptAt = elapsed();
      for (const known of begun.keys()) if (of(known) < forgottenBelow) begun.delete(known);
    },
  };
}
