/** The reads of one operation that are under way. Names are learned from what is read: they are said when all of it is there. */
export type Reads = {
  /** Keeps count of a read; whoever asked for it hears of its failure. */
  track<Answer>(read: Promise<Answer>): Promise<Answer>;
  /** Ends when nothing is under way any more, also of what was begun in the meantime. */
  settled(): Promise<void>;
};

/** The reads of an operation that has begun none yet. */
export function createReads(): Reads {
  const pending = new Set<Promise<unknown>>();
  return {
    track(read) {
      pending.add(read);
      read.then(
        () => pending.delete(read),
        () => pending.delete(read),
      );
      return read;
    },
    async settled() {
      // Each round waits for what the one before has begun; an operation has as many fields as its document has, so it ends.
      while (0 < pending.size) await Promise.allSettled(pending);
    },
  };
}
