import type { Patience } from '../model/ports.ts';

/** A read under way that several readers may wait for. */
type Flight<T> = {
  readonly sequence: number;
  readonly promise: Promise<T>;
  readonly abort: AbortController;
  readonly waiters: Set<Patience>;
};

export type Flights<T> = {
  /**
   * Waits for the read of `key` that began after `newerThan`, starting it if there is none. It goes on while anybody waits for it, has
   * the latest deadline of those who wait, and is aborted when the last one leaves.
   */
  join(
    key: string,
    newerThan: number,
    patience: Patience,
    start: Start<T>,
  ): { readonly isShared: boolean; readonly result: Promise<T> };
  /** A read of this number has begun elsewhere: those that begin from now on have greater ones. */
  see(sequence: number): void;
  /** A number that every read has exceeded that begins after this, and none that began before. */
  sequence(): number;
};

export type Start<T> = (sequence: number, patience: Patience) => Promise<T>;

/**
 * Reads under way, by key, numbered from `sequenceStart` on, and by nothing less than `floor()`: where others number theirs by the same floor, all of them
 * stand in one order.
 */
export function createFlights<T>(sequenceStart: number, floor = () => sequenceStart): Flights<T> {
  const flights = new Map<string, Flight<T>>();
  let sequence = sequenceStart;

  const begin = (key: string, first: Patience, start: Start<T>): Flight<T> => {
    sequence = Math.max(sequence + 1, floor());
    const abort = new AbortController();
    const waiters = new Set<Patience>([first]);
    const deadlineAt = () => Math.max(...[...waiters].map((waiter) => waiter.deadlineAt()));
    const slotBefore = () => Math.max(...[...waiters].map((waiter) => waiter.slotBefore?.() ?? waiter.deadlineAt()));
    const isBackground = () => [...waiters].every((waiter) => waiter.isBackground?.() === true);
    const isScan = () => [...waiters].every((waiter) => waiter.isScan?.() === true);
    const caller = () => [...waiters][0]?.caller?.() ?? '';
    const promise = start(sequence, { signal: abort.signal, deadlineAt, slotBefore, isBackground, isScan, caller });
    const flight = { sequence, promise, abort, waiters };
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    promise.then(land, land);
    flights.set(key, flight);
    return flight;
  };

  return {
    sequence: () => {
      sequence = Math.max(sequence, floor());
      return sequence;
    },
    see(seen) {
      sequence = Math.max(sequence, seen);
    },
    join(key, newerThan, patience, start) {
      const current = flights.get(key);
      const isShared = current !== undefined && newerThan < current.sequence && !current.abort.signal.aborted;
      const flight = isShared ? current : begin(key, patience, start);
      return { isShared, result: waitFor(flight, patience) };
    },
  };
}

/** Why a flight ends that nobody has left: it has brought its answer. Made once, for most end so. */
const nobodyWaits = new DOMException('Nobody waits for this any more', 'AbortError');

/** One reader's wait: ends with the flight or with the reader's own signal. */
async function waitFor<T>(flight: Flight<T>, patience: Patience): Promise<T> {
  flight.waiters.add(patience);
  const { promise: left, reject } = Promise.withResolvers<never>();
  const leave = () => reject(patience.signal.reason);
  patience.signal.addEventListener('abort', leave, { once: true });
  if (patience.signal.aborted) leave();
  try {
    return await Promise.race([flight.promise, left]);
  } finally {
    patience.signal.removeEventListener('abort', leave);
    flight.waiters.delete(patience);
    if (flight.waiters.size === 0) flight.abort.abort(patience.signal.reason ?? nobodyWaits);
  }
}
