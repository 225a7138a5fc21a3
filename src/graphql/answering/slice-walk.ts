import type { SliceReport } from '../../reading/report.ts';
import type { PickedRows } from '../../selection/keyset.ts';
import { type PlaceRange, pickSlice } from './pick.ts';
import type { Rows, SliceRows } from './rows.ts';

/** Which slices are walked over for a page: what isn't asked for isn't read. */
export type WalkDemand = {
  readonly range: PlaceRange;
  readonly needsMoreAfter: boolean;
  readonly needsMoreBefore: boolean;
};

export type Walked = PickedRows & {
  /** Every slice that was looked at. */
  readonly reports: readonly SliceReport[];
  /** Slices that were passed though not all of their rows can be had: who comes from there has missed some. */
  readonly torn: readonly number[];
};

/**
 * A page of rows that are listed by slice. Slices are read one after the other in the direction of the page, until it is full and it is known
 * whether there is more. A slice that isn't whole yet ends the walk: the page then holds what stands before it, and there is more.
 */
export async function walkSlices(rows: Rows, { range, needsMoreAfter, needsMoreBefore }: WalkDemand): Promise<Walked> {
  const isForward = range.side === 'first';
  const ahead = await walkAhead(rows, range, isForward ? needsMoreAfter : needsMoreBefore);
  const needsBehind = isForward ? needsMoreBefore : needsMoreAfter;
  const behind =
    needsBehind && !ahead.isMoreBehind ? await lookBehind(rows, range) : { isMore: ahead.isMoreBehind, reports: [] };
  return {
    rows: ahead.rows,
    hasMoreAfter: isForward ? ahead.isMoreAhead : behind.isMore,
    hasMoreBefore: isForward ? behind.isMore : ahead.isMoreAhead,
    reports: [...ahead.reports, ...behind.reports],
    torn: ahead.torn,
  };
}

type Ahead = {
  readonly rows: PickedRows['rows'];
  readonly isMoreAhead: boolean;
  readonly isMoreBehind: boolean;
  readonly reports: readonly SliceReport[];
  readonly torn: readonly number[];
};

async function walkAhead(rows: Rows, range: PlaceRange, needsMore: boolean): Promise<Ahead> {
  const isForward = range.side === 'first';
  const [near, far] = isForward ? [range.after, range.before] : [range.before, range.after];
  const start = near?.slice ?? (isForward ? 0 : rows.sliceCount - 1);
  const reports: SliceReport[] = [];
  const torn: number[] = [];
  let found: PickedRows['rows'] = [];
  let [isMoreAhead, isMoreBehind] = [false, false];
  for (let index = start; 0 <= index && index < rows.sliceCount; index += isForward ? 1 : -1) {
    const isPast = far !== null && (isForward ? far.slice < index : index < far.slice);
    if ((found.length === range.count || isPast) && (isMoreAhead || !needsMore)) break;
    const slice = await rows.slice(index);
    reports.push(slice.report);
    if (!slice.report.isWhole && slice.report.isPending) {
      isMoreAhead = true;
      // The cursor's own row stood in this slice.
      if (index === start) isMoreBehind = near !== null;
      break;
    }
    if (!slice.report.isWhole) torn.push(index);
    const page = pickSlice(slice, null, { ...range, count: range.count - found.length });
    found = isForward ? [...found, ...page.rows] : [...page.rows, ...found];
    isMoreAhead ||= isForward ? page.hasMoreAfter : page.hasMoreBefore;
    if (index === start) isMoreBehind = isForward ? page.hasMoreBefore : page.hasMoreAfter;
  }
  return { rows: found, isMoreAhead, isMoreBehind, reports, torn };
}

/** Whether there is a row on the other side of where the page begins, beyond its own slice. What is still to be read may hold one. */
async function lookBehind(rows: Rows, range: PlaceRange) {
  const isForward = range.side === 'first';
  const near = isForward ? range.after : range.before;
  const reports: SliceReport[] = [];
  if (near === null) return { isMore: false, reports };
  const step = isForward ? -1 : 1;
  for (let index = near.slice + step; 0 <= index && index < rows.sliceCount; index += step) {
    const slice: SliceRows = await rows.slice(index);
    reports.push(slice.report);
    const isMore = slice.report.isPending || slice.selected.some(({ indices }) => 0 < indices.length);
    if (isMore) return { isMore, reports };
  }
  return { isMore: false, reports };
}
