/** Whether so much has been refused lately that others should be asked instead. */
export type SteppingAside = {
  /** Counts a refusal of this caller. Says whether it is the one that was too many. */
  note(caller: string): boolean;
  isHeavy(): boolean;
};

/** Refusals are counted for so long, and once they were too many, it is heavy for so long. */
const windowMs = 5_000;
const restMs = 10_000;

/**
 * Heavy for ten seconds from the moment when `countMax` were refused within a window of five, which begins with the first refusal after the one before it has ended. Of those one caller
 * has at most half: whoever floods the gateway by himself is no reason for others to go elsewhere. Below 2: never.
 */
export function createSteppingAside(countMax: number, elapsed: () => number): SteppingAside {
  const counts = new Map<string, number>();
  let [count, countedFrom, heavyUntil] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    note(caller) {
      const now = elapsed();
      if (windowMs <= now - countedFrom) {
        [count, countedFrom] = [0, now];
        counts.clear();
      }
      const own = (counts.get(caller) ?? 0) + 1;
      if (countMax < 2 * own) return false;
      counts.set(caller, own);
      count += 1;
      if (count !== countMax) return false;
      heavyUntil = now + restMs;
      return true;
    },
    isHeavy: () => elapsed() < heavyUntil,
  };
}
