/** Places for operations under way: how many there may be at once, and how many of them one caller may have. */
export type Admission = {
  /** Takes a place; `leave` gives it back, once however often it is called. Says why there is none. */
  enter(caller: string): Entered | 'inFlight' | 'callerShare';
  /** Places that are taken. */
  count(): number;
};

export type Entered = { readonly leave: () => void };

/**
 * So many places. A caller may have as many as are left free: alone half of them, beside n others the (n + 2)th part. So one who takes all that he may still
 * leaves places to whoever comes next, and none has to be told how many callers there are.
 */
export function createAdmission(placesMax: number): Admission {
  const counts = new Map<string, number>();
  let count = 0;
  return {
    count: () => count,
    enter(caller) {
      if (placesMax <= count) return 'inFlight';
      const own = counts.get(caller) ?? 0;
      // The last free place of all isn't kept for a caller who may never come.
      if (own > 0 && placesMax - count <= own) return 'callerShare';
      counts.set(caller, own + 1);
      count += 1;
      let isTaken = true;
      return {
        leave() {
          if (!isTaken) return;
          isTaken = false;
          count -= 1;
          const left = (counts.get(caller) ?? 1) - 1;
          if (left === 0) counts.delete(caller);
          else counts.set(caller, left);
        },
      };
    },
  };
}
