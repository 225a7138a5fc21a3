import type { Headers } from './auth.ts';

/** One scorereporting call that arrived, whatever became of it. */
export type SimulatedCall = {
  /** When it arrived, by the simulator's clock, in milliseconds since 1970. */
  readonly at: number;
  /** The body, decoded where it is JSON, else its text. */
  readonly body: unknown;
  /** As they came, names in lower case, the token too. */
  readonly headers: Headers;
  /** The HTTP status that was sent; 0 while none is, or if none ever was. */
  readonly status: number;
  /** `pending`, `answered`, `refused-auth`, `refused-quota`, `refused-body`, `not-found`, or `fault:` and the fault's kind. */
  readonly outcome: string;
  /** Rows of the page that was computed. */
  readonly rowCount: number;
  /** The client went away before its answer was whole. */
  readonly isAborted: boolean;
};

export type CallEntry = { -readonly [Key in keyof SimulatedCall]: SimulatedCall[Key] };

/** The calls that arrived, the last 10,000 of them, and how many there have been since the start or the last reset. */
export type CallLog = {
  readonly calls: readonly SimulatedCall[];
  count(): number;
  inFlightCount(): number;
  abortedCount(): number;
  /** Notes an arrival; its number, counted from 0, comes with it. */
  begin(call: Pick<SimulatedCall, 'at' | 'body' | 'headers'>): { readonly index: number; readonly entry: CallEntry };
  end(entry: CallEntry, isAborted: boolean): void;
  reset(): void;
};

const callCountMax = 10_000;

/** An empty log; `onEnd` sees each call when its answer is sent or its client is gone. */
export function makeCallLog(onEnd: (call: SimulatedCall) => void): CallLog {
  const calls: CallEntry[] = [];
  let count = 0;
  let inFlight = 0;
  let aborted = 0;
  return {
    calls,
    count: () => count,
    inFlightCount: () => inFlight,
    abortedCount: () => aborted,
    begin: (call) => {
      const entry: CallEntry = { ...call, status: 0, outcome: 'pending', rowCount: 0, isAborted: false };
      calls.push(entry);
      if (calls.length > callCountMax) calls.shift();
      inFlight++;
      return { index: count++, entry };
    },
    end: (entry, isAborted) => {
      entry.isAborted = isAborted;
      inFlight--;
      if (isAborted) aborted++;
      onEnd(entry);
    },
    reset: () => {
      calls.length = 0;
      count = 0;
      aborted = 0;
    },
  };
}
