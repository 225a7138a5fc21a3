import { createLines, type Waiter } from './lines.ts';

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

/**
 * A lane for `widthMax` tasks at a time. A task in the background may have to wait in its place for long, so it takes none from those that somebody
 * waits for.
 */
export function createLane(widthMax: number): Lane {
  const lines = createLines();
  const running = new Set<Entrant>();
  let arrivalCount = 0;
  const admit = ({ entrant, open }: Waiter): void => {
    running.add(entrant);
    open();
  };
  const next = (): Waiter | undefined => {
    const places = placesByCaller(running);
    if (lines.isEmpty() || widthMax <= countOf(places)) return undefined;
    return lines.takeAwaited(places) ?? (running.size < widthMax ? lines.takeBehind() : undefined);
  };
  const admitAll = (): void => {
    for (let waiter = next(); waiter !== undefined; waiter = next()) admit(waiter);
  };
  /** One who comes when nobody in the lines could go in, goes in or goes behind them. */
  const enter = (waiter: Waiter): void => {
    const isAwaited = waiter.entrant.standing() === 'awaited';
    const hasPlace = isAwaited
      ? countOf(placesByCaller(running)) < widthMax
      : lines.isEmpty() && running.size < widthMax;
    if (hasPlace) admit(waiter);
    else lines.add(waiter);
  };
  return {
    look() {
      lines.takeDropped().forEach(admit);
      admitAll();
    },
    async run(entrant, task) {
      const { promise, resolve } = Promise.withResolvers<void>();
      enter({ entrant, arrivalIndex: arrivalCount++, open: resolve });
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

/** Places of those that somebody waits for. */
function placesByCaller(running: ReadonlySet<Entrant>): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const entrant of running) {
    if (entrant.standing() === 'awaited') places.set(entrant.caller(), (places.get(entrant.caller()) ?? 0) + 1);
  }
  return places;
}

function countOf(places: ReadonlyMap<string, number>): number {
  return [...places.values()].reduce((sum, count) => sum + count, 0);
}
