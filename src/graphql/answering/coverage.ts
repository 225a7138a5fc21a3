import type { Failure } from '../../errors.ts';
import type { SliceReport } from '../../reading/report.ts';
import type { CoverageModel } from '../models.ts';

/**
 * How much of a question of `sliceCount` slices an answer rests on that has looked at these. It is complete when each of them was read whole and no row of
 * them was unreadable; a walk that has passed something unread (`isPartial`) never is again.
 */
export function coverageOf(
  reports: readonly SliceReport[],
  { sliceCount, isPartial }: { readonly sliceCount: number; readonly isPartial: boolean },
): CoverageModel {
  const tiles = reports.flatMap((report) => report.tiles);
  const totals = reports.map(({ total }) => total);
  const isUnasked = reports.length < sliceCount || totals.includes(null);
  const pending = reports.filter(({ isPending }) => isPending);
  const waits = pending.map(({ retryAfterSeconds }) => Math.max(1, retryAfterSeconds ?? 1));
  return {
    complete:
      !isPartial &&
      reports.every(({ isWhole }) => isWhole) &&
      tiles.every(({ unreadableCount }) => unreadableCount === 0),
    daysRead: reports.filter(({ isWhole }) => isWhole).length,
    daysExpected: sliceCount,
    conversationsRead: tiles.reduce(
      (sum, { table, unreadableCount }) => sum + table.rowCount - table.unreadable.size + unreadableCount,
      0,
    ),
    conversationsExpected: isUnasked ? null : totals.reduce<number>((sum, total) => sum + (total ?? 0), 0),
    asOf: tiles.length === 0 ? null : Math.min(...tiles.map(({ readAt }) => readAt)),
    retryAfterSeconds: waits.length === 0 ? null : Math.max(...waits),
  };
}

/** Whether every row of these is known, so that a count of some of them is exact. */
export function areKnown(reports: readonly SliceReport[]): boolean {
  return reports.every(({ isWhole, tiles }) => isWhole && tiles.every(({ unreadableCount }) => unreadableCount === 0));
}

/** The coverage of a question that needs no reading: it is complete. */
export function nothingToRead(daysExpected: number): CoverageModel {
  return {
    complete: true,
    daysRead: 0,
    daysExpected,
    conversationsRead: 0,
    conversationsExpected: null,
    asOf: null,
    retryAfterSeconds: null,
  };
}

/**
 * Throws why nothing at all could be read, where the upstream is to blame: figures over nothing would look like figures. What is merely not read
 * yet, for want of quota or time, is answered as a part, and be it an empty one.
 */
export function refuseUnread(reports: readonly SliceReport[]): void {
  if (reports.length === 0 || reports.some(({ isWhole, tiles }) => isWhole || 0 < tiles.length)) return;
  const failures = reports.flatMap(({ failure }): readonly Failure[] => (failure === null ? [] : [failure]));
  const failure = failures.find(({ code }) => code !== 'UPSTREAM_BUDGET_EXHAUSTED' && code !== 'DEADLINE_EXCEEDED');
  if (failure !== undefined) throw failure;
}
