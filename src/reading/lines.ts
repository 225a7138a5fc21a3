import type { Entrant } from './lane.ts';

/** Somebody who waits for a place; `arrivalIndex` tells those of equal rank apart. */
export type Waiter = { readonly entrant: Entrant; readonly arrivalIndex: number; readonly open: () => void };

/**
 * Those who wait for a place: a line for each caller, and one for what nobody waits for; each by rank, of equal rank first come first served. Who comes to the front of a
 * line in which he stands no more goes over to his own: so nobody is looked at again and again, however many wait.
 */
export type Lines = {
  isEmpty(): boolean;
  add(waiter: Waiter): void;
  /** Takes out the next whom somebody waits for: that of the caller with the fewest of these places, then the lowest rank. */
  takeAwaited(places: ReadonlyMap<string, number>): Waiter | undefined;
  /** Takes out the next whom nobody waits for. */
  takeBehind(): Waiter | undefined;
  /** Lines all up as they stand by now, and takes out those who were dropped. */
  takeDropped(): readonly Waiter[];
};

/** Nobody waits yet. */
export function createLines(): Lines {
  const lines = new Map<string | null, Waiter[]>();
  const add = (waiter: Waiter): void => {
    const key = keyOf(waiter);
    const line = lines.get(key) ?? [];
    line.splice(placeIn(line, waiter), 0, waiter);
    lines.set(key, line);
  };
  const takeFront = (key: string | null): Waiter | undefined => {
    const line = lines.get(key);
    const front = line?.shift();
    if (line?.length === 0) lines.delete(key);
    return front;
  };
  /** Sees to it that whoever is at a front stands there by now. Lines that are opened meanwhile are looked at too. */
  const settleFronts = (): void => {
    for (const [key, line] of lines) {
      for (let front = line[0]; front !== undefined && keyOf(front) !== key; front = line[0]) {
        takeFront(key);
        add(front);
      }
    }
  };
  return {
    isEmpty: () => lines.size === 0,
    add,
    takeAwaited(places) {
      settleFronts();
      const caller = nextCaller(lines, places);
      return caller === null ? undefined : takeFront(caller);
    },
    takeBehind() {
      settleFronts();
      return takeFront(null);
    },
    takeDropped() {
      const all = [...lines.values()].flat().sort((one, other) => (isBefore(one, other) ? -1 : 1));
      lines.clear();
      const dropped = all.filter(({ entrant }) => entrant.standing() === 'dropped');
      for (const waiter of all) if (waiter.entrant.standing() !== 'dropped') add(waiter);
      return dropped;
    },
  };
}

/** Whose front goes first; null: of nobody who waits for it. */
function nextCaller(
  lines: ReadonlyMap<string | null, readonly Waiter[]>,
  places: ReadonlyMap<string, number>,
): string | null {
  let next: { readonly caller: string; readonly front: Waiter; readonly count: number } | null = null;
  for (const [caller, [front]] of lines) {
    if (caller === null || front === undefined) continue;
    const count = places.get(caller) ?? 0;
    const isNext = next === null || count < next.count || (count === next.count && isBefore(front, next.front));
    if (isNext) next = { caller, front, count };
  }
  return next?.caller ?? null;
}

/** Whose line it is: null where nobody waits for it. */
function keyOf({ entrant }: Waiter): string | null {
  return entrant.standing() === 'awaited' ? entrant.caller() : null;
}

function isBefore(one: Waiter, other: Waiter): boolean {
  const difference = one.entrant.rank - other.entrant.rank;
  return difference < 0 || (difference === 0 && one.arrivalIndex < other.arrivalIndex);
}

/** Where somebody belongs in a line. */
function placeIn(line: readonly Waiter[], waiter: Waiter): number {
  let [from, until] = [0, line.length];
  while (from < until) {
    const middle = Math.floor((from + until) / 2);
    const other = line[middle];
    if (other !== undefined && isBefore(other, waiter)) from = middle + 1;
    else until = middle;
  }
  return from;
}
