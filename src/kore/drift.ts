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
