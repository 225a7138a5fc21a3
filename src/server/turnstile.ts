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

type Waiter = {
  readonly caller: string;
  readonly since: number;
  readonly begin: () => void;
  readonly refuse: () => void;
};

/** Operations that begin in one turn of the event loop: as many as fit in so long, one at least. */
const turnMsMax = 3;
const stepsPerTurn = 8;
/** Where somebody has waited all the time for as long as anybody may, it is no rush: then waits are a part of that, for those who wait long help nobody. */
const standingShare = 0.05;
/** So many may wait however long they take. */
const waitersMin = 2;
/** Weight of the latest in how long one takes. */
const latestWeight = 0.1;

/** Nobody waits. Of those who wait, whoever has begun the fewest lately goes first, and whoever has begun the most is refused first. */
export function createTurnstile({ waitMsMax, elapsed, nextTurn }: TurnstileParts): Turnstile {
  let waiting: readonly Waiter[] = [];
  let isTurning = false;
  let turnBeganAt = elapsed();
  let begunInTurn = 0;
  let eachMs = 0;
  let begunAt = elapsed();
  let emptyAt = elapsed();
  const usage = createUsage(elapsed);

  const leave = (waiter: Waiter): void => {
    waiting = waiting.filter((each) => each !== waiter);
  };
  const begin = ({ caller, begin: work }: Waiter): void => {
    begunAt = elapsed();
    begunInTurn += 1;
    usage.add(caller);
    work();
  };
  const step = (): void => {
    const now = elapsed();
    if (begunInTurn > 0 && turnMsMax <= now - turnBeganAt) return;
    const [next] = waiting.toSorted((one, other) => usage.of(one.caller) - usage.of(other.caller));
    if (next === undefined) return;
    eachMs += latestWeight * (now - begunAt - eachMs);
    leave(next);
    begin(next);
  };
  const open = (): void => {
    const now = elapsed();
    [turnBeganAt, begunInTurn] = [now, 0];
    const late = waiting.filter(({ since }) => waitMsMax < now - since);
    for (const waiter of late) leave(waiter);
    for (const { refuse } of late) refuse();
  };
  const close = (): void => {
    if (waiting.length === 0) emptyAt = elapsed();
    isTurning = begunInTurn > 0 || waiting.length > 0;
    if (isTurning) nextTurn(turn);
  };
  const turn = [open, ...Array<() => void>(stepsPerTurn).fill(step), close];
  /** Refuses those for whom there is no time. */
  const sendAway = (): void => {
    const isRush = elapsed() - emptyAt <= waitMsMax;
    const allowedMs = isRush ? waitMsMax : waitMsMax * standingShare;
    while (waitersMin < waiting.length && allowedMs < waiting.length * eachMs) {
      const [worst] = waiting.toReversed().toSorted((one, other) => usage.of(other.caller) - usage.of(one.caller));
      if (worst === undefined) return;
      leave(worst);
      worst.refuse();
    }
  };
  return {
    count: () => waiting.length,
    pass(caller, work, refuse) {
      const waiter: Waiter = { caller, since: elapsed(), begin: work, refuse };
      if (isTurning) {
        waiting = [...waiting, waiter];
        sendAway();
        return () => leave(waiter);
      }
      isTurning = true;
      emptyAt = elapsed();
      nextTurn(turn);
      begin(waiter);
      return () => undefined;
    },
  };
}

type Usage = { of(caller: string): number; add(caller: string): void };

/** What a caller has begun counts half after so long, and no more once it hardly counts. */
const halfLifeMs = 1_000;
const forgottenBelow = 0.01;

/** How many operations callers have begun lately. */
function createUsage(elapsed: () => number): Usage {
  const begun = new Map<string, { count: number; at: number }>();
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
