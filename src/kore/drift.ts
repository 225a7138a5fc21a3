/** How an answer of the upstream differed from what is published. */
export type DriftKind = 'UNKNOWN_KEY' | 'UNKNOWN_VALUE' | 'MISSING' | 'WRONG_TYPE';

export type DriftEntry = {
  /** Where, without indices: `results[].Metrics[].Qualification`. */
  readonly path: string;
  readonly kind: DriftKind;
  /** The first value of an enumeration that isn't a published one; left out where a value may be anything. */
  readonly example?: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly firstSeenAt: number;
};

/** Counts deviations by place and kind; nothing that deviates is swallowed silently, and nothing of it is fatal by itself. */
export type Drift = {
  /** `literal`: a value of an enumeration; kept if it looks like one. */
  count(path: string, kind: DriftKind, literal?: string): void;
  entries(): readonly DriftEntry[];
};

export type DriftOptions = {
  readonly entriesMax: number;
  readonly now: () => number;
  /** Told of each place and kind when it is first seen. */
  readonly onFirst: (entry: DriftEntry) => void;
};

/** Where deviations are counted: all that decoding knows of. */
export type DriftCounter = Pick<Drift, 'count'>;

/** Deviations that aren't counted yet. */
export type WithheldDrift = DriftCounter & {
  isEmpty(): boolean;
  clear(): void;
  /** Counts them elsewhere, in their order, and withholds none any more. False, with none counted: there were too many to be withheld. */
  giveTo(drift: DriftCounter): boolean;
};

/** A body has some hundred rows: one that deviates more often is read as it came. */
const withheldMax = 10_000;

/** Withholds deviations until it is known whether they are to be counted. */
export function createWithheldDrift(): WithheldDrift {
  let withheld: Parameters<DriftCounter['count']>[] = [];
  let isOver = false;
  const clear = () => {
    [withheld, isOver] = [[], false];
  };
  return {
    count(...deviation) {
      if (withheld.length < withheldMax) withheld.push(deviation);
      else isOver = true;
    },
    isEmpty: () => withheld.length === 0,
    clear,
    giveTo(drift) {
      const isGiven = !isOver;
      if (isGiven) for (const deviation of withheld) drift.count(...deviation);
      clear();
      return isGiven;
    },
  };
}

const pathLengthMax = 120;
/** A word or three: what is longer, or holds anything else, may be a text of people. */
const word = /^[A-Za-z][\w-]{0,30}( [A-Za-z][\w-]{0,30}){0,2}$/;

/** Counts at most `entriesMax` places; what deviates elsewhere is not told apart. */
export function createDrift({ entriesMax, now, onFirst }: DriftOptions): Drift {
  const entries = new Map<string, DriftEntry & { count: number }>();
  return {
    count(path, kind, literal) {
      const place = path.slice(0, pathLengthMax);
      const key = `${kind} ${place}`;
      const entry = entries.get(key);
      if (entry !== undefined) {
        entry.count += 1;
        return;
      }
      if (entriesMax <= entries.size) return;
      const example = literal !== undefined && word.test(literal) ? { example: literal } : {};
      const first = { path: place, kind, ...example, count: 1, firstSeenAt: now() };
      entries.set(key, first);
      onFirst({ ...first });
    },
    entries: () => [...entries.values()].map((entry) => ({ ...entry })),
  };
}
