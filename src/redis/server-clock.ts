/** What is known of the clock of a server: by its replies, and by this process's own clock (Clock.elapsed). */
export type ServerClock = {
  /** By now, in microseconds: not later than it is. 0: it isn't known. */
  nowUs(elapsed: number): number;
  /** It showed `serverUs` at some time between these. False: it has jumped forward since it was seen last. */
  saw(serverUs: number, sentAt: number, receivedAt: number): boolean;
  /** It may be another's from now on. */
  forget(): void;
};

/** How much a clock may go wrong: a thousandth of the time, and a little. */
const driftPart = 0.001;
const driftMs = 50;

/** The server's clock less this process's, in milliseconds: between these, as of then. */
type Offset = { readonly at: number; readonly low: number; readonly high: number };

/** The clock of a server that was never spoken to. */
export function createServerClock(): ServerClock {
  let offset: Offset | null = null;
  return {
    nowUs: (elapsed) => (offset === null ? 0 : toUs(offset.low + elapsed)),
    saw(serverUs, sentAt, receivedAt) {
      const seen = { at: receivedAt, low: serverUs / 1_000 - receivedAt, high: serverUs / 1_000 - sentAt };
      const isAstray = offset !== null && hasJumped(offset, seen);
      offset = offset === null || isAstray ? seen : narrowed(offset, seen);
      return !isAstray;
    },
    forget() {
      offset = null;
    },
  };
}

function hasJumped(known: Offset, seen: Offset): boolean {
  return known.high + (seen.at - known.at) * driftPart + driftMs < seen.low;
}

function narrowed(known: Offset, seen: Offset): Offset {
  const wide = (seen.at - known.at) * driftPart;
  const low = Math.max(known.low - wide, seen.low);
  const high = Math.min(known.high + wide, seen.high);
  return low <= high ? { at: seen.at, low, high } : seen;
}

/** Milliseconds as whole microseconds. */
export function toUs(ms: number): number {
  return Math.round(ms * 1_000);
}
