/** Lets a number of tasks run at a time, those of the lowest rank first; of equal rank, first come first served. */
export type Lane = { run<T>(rank: number, task: () => Promise<T>): Promise<T> };

type Waiter = { readonly rank: number; readonly admit: () => void };

/** A lane for `widthMax` tasks at a time. */
export function createLane(widthMax: number): Lane {
  const queue: Waiter[] = [];
  let runningCount = 0;
  const enter = (rank: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const at = queue.findLastIndex((each) => each.rank <= rank) + 1;
    queue.splice(at, 0, { rank, admit: resolve });
    return promise;
  };
  return {
    async run(rank, task) {
      if (runningCount < widthMax) runningCount += 1;
      else await enter(rank);
      try {
        return await task();
      } finally {
        // The place goes on to the next without ever being free.
        const next = queue.shift();
        if (next === undefined) runningCount -= 1;
        else next.admit();
      }
    },
  };
}
