import type { Context } from './context.ts';

/** What an operation has cost: attempts that were sent, rows it looked at, what was held, and what others had under way. */
export type Trace = {
  readonly calls: number;
  readonly rows: number;
  /** Pages and proven spans that cost no call. */
  readonly heldPages: number;
  readonly mergedReads: number;
  /** What its calls waited for their slots, all together, in milliseconds. */
  readonly waitedMs: number;
  readonly quotaRemaining: number;
};

/** The trace of an operation by now. A read that several operations wait for counts for the one that began it. */
export function traceOf({ operation: { figures }, upstream }: Pick<Context, 'operation' | 'upstream'>): Trace {
  return {
    calls: figures.attemptCount,
    rows: figures.rowCount,
    heldPages: figures.heldPageCount + figures.heldTileCount,
    mergedReads: figures.mergedReadCount,
    waitedMs: Math.round(figures.waitedMs),
    quotaRemaining: upstream().quota.remaining,
  };
}
