/** Who wants a place: of those that somebody waits for, that of the caller with the fewest places first, then the lowest rank. */
export type Entrant = {
  readonly rank: number;
  /** An opaque word for the one who waits. */
  caller(): string;
  /** `behind`: nobody waits for it by now, and it goes last. `dropped`: it has nothing to do any more, and needs no place. */
  standing(): Standing;
};

export type Standing = 'awaited' | 'behind' | 'dropped';

export type Lane = {
  /** Runs a task as soon as there is a place for it; of equal rank, first come first served. */
  run<T>(entrant: Entrant, task: () => Promise<T>): Promise<T>;
  /** Lets in who may come in by now. To be called when the standing of one in the queue may have changed. */
  look(): void;
};

type Waiter = { readonly entrant: Entrant; readonly open: () => void };

/**
 * A lane for `widthMax` tasks at a time. A task in the background may have to wait in its place for long, so it takes none from those that somebody
 * waits for.
 */
export function createLane(widthMax: number): Lane {
  let queue: Waiter[] = [];
  const running = new Set<Entrant>();
  const awaitedCount = () => [...running].filter((entrant) => entrant.standing() === 'awaited').length;
  const admit = ({ entrant, open }: Waiter): void => {
    running.add(entrant);
    open();
  };
  const next = (): Waiter | undefined => {
    if (queue.length === 0 || (widthMax <= running.size && widthMax <= awaitedCount())) return undefined;
    const awaited = findAwaited(queue, running);
    if (awaited !== -1) return awaitedCount() < widthMax ? queue.splice(awaited, 1)[0] : undefined;
    return running.size < widthMax ? queue.shift() : undefined;
  };
  const admitAll = (): void => {
    for (let waiter = next(); waiter !== undefined; waiter = next()) admit(waiter);
  };
  /** One who comes when nobody in the queue could go in, goes in or goes behind them. */
  const enter = (waiter: Waiter): void => {
    const isAwaited = waiter.entrant.standing() === 'awaited';
    if (isAwaited ? awaitedCount() < widthMax : queue.length === 0 && running.size < widthMax) {
      admit(waiter);
      return;
    }
    const at = queue.findLastIndex(({ entrant }) => entrant.rank <= waiter.entrant.rank) + 1;
    queue.splice(at, 0, waiter);
  };
  return {
    look() {
      const dropped = queue.filter(({ entrant }) => entrant.standing() === 'dropped');
      if (dropped.length > 0) queue = queue.filter(({ entrant }) => entrant.standing() !== 'dropped');
      dropped.forEach(admit);
      admitAll();
    },
    async run(entrant, task) {
      const { promise, resolve } = Promise.withResolvers<void>();
      enter({ entrant, open: resolve });
      await promise;
      try {
        return await task();
      } finally {
        running.delete(entrant);
        admitAll();
      }
    },
  };
}

/** Where the next stands that somebody waits for, in a queue that is ordered by rank; -1: nobody is waited for. */
function findAwaited(queue: readonly Waiter[], running: ReadonlySet<Entrant>): number {
  const places = placesByCaller(running);
  let [found, fewest] = [-1, Number.POSITIVE_INFINITY];
  for (const [at, { entrant }] of queue.entries()) {
    if (entrant.standing() !== 'awaited') continue;
    const count = places.get(entrant.caller()) ?? 0;
    if (count < fewest) [found, fewest] = [at, count];
    if (count === 0) break;
  }
  return found;
}

function placesByCaller(running: ReadonlySet<Entrant>): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const entrant of running) {
    if (entrant.standing() === 'awaited') places.set(entrant.caller(), (places.get(entrant.caller()) ?? 0) + 1);
  }
  return places;
}
