/** Somebody who waits for his turn to begin. */
export type Waiter = {
  readonly caller: string;
  readonly since: number;
  readonly begin: () => void;
  readonly refuse: () => void;
};

/** Those who wait, in the order of who has begun the fewest operations lately. */
export type Line = {
  count(): number;
  join(waiter: Waiter): void;
  leave(waiter: Waiter): void;
  /** Takes whoever has begun the fewest; of those the one who has waited longest. */
  takeFirst(): Waiter | undefined;
  /** Takes whoever has begun the most; of those the one who has come last. */
  takeLast(): Waiter | undefined;
  /** Takes those who have waited longer than this. */
  takeLate(waitMsMax: number): readonly Waiter[];
  /** Counts an operation that begins. */
  note(caller: string): void;
};

/** Nobody waits, and nobody has begun any. */
export function createLine(elapsed: () => number): Line {
  let waiting: readonly Waiter[] = [];
  const usage = createUsage(elapsed);
  const leave = (waiter: Waiter): void => {
    waiting = waiting.filter((each) => each !== waiter);
  };
  const take = (waiter: Waiter | undefined): Waiter | undefined => {
    if (waiter !== undefined) leave(waiter);
    return waiter;
  };
  return {
    count: () => waiting.length,
    join(waiter) {
      waiting = [...waiting, waiter];
    },
    leave,
    takeFirst: () => take(waiting.toSorted((one, other) => usage.of(one.caller) - usage.of(other.caller))[0]),
    takeLast: () =>
      take(waiting.toReversed().toSorted((one, other) => usage.of(other.caller) - usage.of(one.caller))[0]),
    takeLate(waitMsMax) {
      const now = elapsed();
      const late = waiting.filter(({ since }) => waitMsMax < now - since);
      for (const waiter of late) leave(waiter);
      return late;
    },
    note: usage.add,
  };
}

type Usage = { of(caller: string): number; add(caller: string): void };

/** What a caller has begun counts half after so long, and no more once it hardly counts. */
const halfLifeMs = 1_000;
const forgottenBelow = 0.01;

/** How many operations callers have begun lately. */
function createUsage(elapsed: () => number): Usage {
  const begun = new Map<string, { readonly count: number; readonly at: number }>();
  let sweptAt = elapsed();
  const of = (caller: string): number => {
    const had = begun.get(caller);
    return had === undefined ? 0 : had.count * 0.5 ** ((elapsed() - had.at) / halfLifeMs);
  };
  return {
    of,
    add(caller) {
      begun.set(caller, { count: of(caller) + 1, at: elapsed() });
      if (elapsed() - sweptAt < halfLifeMs) return;
      sweptAt = elapsed();
      for (const known of begun.keys()) if (of(known) < forgottenBelow) begun.delete(known);
    },
  };
}
