import { lastPage, pageBefore } from './geometry.ts';
import { joinDown, joinUp } from './join.ts';
import type { Location, SearchLimits } from './locate.ts';
import { type Boundary, isLast, type Need, newestTotal, offsetAt, type Spot, type View } from './view.ts';
import { reread } from './whole.ts';

/** How far a collection has come. Its pages may have been replaced in the view meanwhile: what was collected stays collected. */
export type Progress = {
  /** Where it began: the gap before its first row, or for one from the back the gap behind its last. */
  readonly origin: Boundary;
  /** The gap that it doesn't go beyond. */
  readonly stop: Boundary | null;
  readonly at: Boundary;
  readonly spots: readonly Spot[];
};

export type Collected = {
  readonly kind: 'collected';
  readonly spots: readonly Spot[];
  readonly start: Boundary;
  readonly end: Boundary;
};

export type Collection =
  | Collected
  | { readonly kind: 'need'; readonly need: Need; readonly progress: Progress }
  /** What was collected doesn't fit together: these pages must be read again, and the collection begins anew. */
  | { readonly kind: 'restart'; readonly need: Need };

/** Joins that one step may make without reading; far more than the pages of the longest range. */
const joinsPerStepMax = 200;

/**
 * Collects up to `count` rows that follow the origin, over as many pages as it takes, or says which pages to read next. Pages are joined
 * only at a row that both hold; so rows that stay are each collected once, whatever comes and goes between two readings.
 */
export function collectForward(progress: Progress, count: number, view: View, limits: SearchLimits): Collection {
  const { origin, stop } = progress;
  const spots = [...progress.spots];
  let keptCount = spots.filter(isKept).length;
  const excluded = stop?.page.row(stop.index)?.identity;
  let isMet = stop !== null && offsetAt(stop) <= offsetAt(origin);
  let at = progress.at;
  for (let joinCount = 0; joinCount <= joinsPerStepMax; joinCount++) {
    let index = at.index;
    for (; !isMet && index < at.page.table.rowCount; index++) {
      const isRepeat = at.page.repeats().has(index);
      // Repeats of the last row go with it, so that the next page begins with another one.
      if (count <= keptCount && !isRepeat) break;
      isMet = stop !== null && at.page.row(index)?.identity === excluded;
      if (isMet) break;
      if (!isRepeat) keptCount += 1;
      spots.push({ page: at.page, index });
    }
    at = { page: at.page, index };
    const isPassed = stop !== null && stop.page.index < at.page.index;
    if (isMet || isPassed || count <= keptCount || isLast(at.page)) {
      const doubt = isMet ? null : doubtOfStop(stop, at, spots);
      return doubt ?? { kind: 'collected', spots, start: origin, end: at };
    }
    const here = { origin, stop, at, spots };
    const next = view.get(at.page.index + 1);
    if (next === undefined)
      return missing(forwardPages(at, Math.min(count - keptCount, gap(at, stop)), view), view, here);
    const join = joinUp(at.page, next, view, limits);
    if (join.kind === 'need') return { ...join, progress: here };
    if (join.kind !== 'found') return join;
    at = join.boundary;
  }
  return { kind: 'restart', need: { pages: [], afresh: [at.page.index] } };
}

/** The mirror of `collectForward`: up to `count` rows that precede the origin, in the order of the list. */
export function collectBackward(progress: Progress, count: number, view: View, limits: SearchLimits): Collection {
  const { origin, stop } = progress;
  const spots = [...progress.spots];
  let keptCount = spots.filter(isKept).length;
  const excluded = stop?.page.row(stop.index - 1)?.identity;
  let isMet = stop !== null && offsetAt(origin) <= offsetAt(stop);
  let at = progress.at;
  for (let joinCount = 0; joinCount <= joinsPerStepMax; joinCount++) {
    let index = at.index;
    for (; !isMet && keptCount < count && 0 < index; index--) {
      isMet = stop !== null && at.page.row(index - 1)?.identity === excluded;
      if (isMet) break;
      if (!at.page.repeats().has(index - 1)) keptCount += 1;
      spots.push({ page: at.page, index: index - 1 });
    }
    at = { page: at.page, index };
    const isPassed = stop !== null && at.page.index < stop.page.index;
    if (isMet || isPassed || count <= keptCount || at.page.index === 0) {
      const doubt = isMet ? null : doubtOfStop(stop, at, spots);
      return doubt ?? { kind: 'collected', spots: spots.reverse(), start: at, end: origin };
    }
    const here = { origin, stop, at, spots };
    const previous = view.get(at.page.index - 1);
    if (previous === undefined)
      return missing(backwardPages(at, Math.min(count - keptCount, gap(stop, at))), view, here);
    const join = joinDown(at.page, previous, view, limits);
    if (join.kind === 'need') return { ...join, progress: here };
    if (join.kind !== 'found') return join;
    at = join.boundary;
  }
  return { kind: 'restart', need: { pages: [], afresh: [at.page.index] } };
}

/**
 * Where a collection ends without having met the row that it doesn't go beyond: that may be gone, and rows behind it collected, if the list has come to count another total since
 * it was found. Then it is found anew.
 */
function doubtOfStop(stop: Boundary | null, at: Boundary, spots: readonly Spot[]): Collection | null {
  if (stop === null || [at, ...spots].every(({ page }) => page.total === stop.page.total)) return null;
  return { kind: 'restart', need: reread([stop.page, at.page]).need };
}

/** Whether a row is shown, and counts: repeats of it on its page are collected too, for places are counted with them, but aren't shown. */
export function isKept({ page, index }: Spot): boolean {
  return !page.repeats().has(index);
}

/** The end of the list, or what has to be read to find it. At most two readings on a quiet list: one for the total, one for the page. */
export function locateEnd(count: number, view: View): Location {
  const total = newestTotal(view.values());
  if (total === undefined) return { kind: 'need', need: { pages: [0], afresh: [] } };
  const index = lastPage(total);
  const page = view.get(index);
  if (page === undefined) {
    const first = Math.min(pageBefore(total - count), index);
    return { kind: 'need', need: { pages: indices(first, index).filter((each) => !view.has(each)), afresh: [] } };
  }
  if (page.total === total && isLast(page)) return { kind: 'found', boundary: { page, index: page.table.rowCount } };
  return { kind: 'need', need: { pages: [], afresh: [index] } };
}

/** How many rows lie between two boundaries, as far as it can be told before the pages between them are read. */
function gap(start: Boundary | null, end: Boundary | null): number {
  return start === null || end === null ? Number.POSITIVE_INFINITY : offsetAt(end) - offsetAt(start);
}

/** All pages that the rest of the rows will take, never beyond the total: they are read at once. */
function forwardPages(end: Boundary, count: number, view: View): readonly number[] {
  const total = Math.max(end.page.total, newestTotal(view.values()) ?? 0);
  return indices(end.page.index + 1, Math.max(end.page.index + 1, lastPage(Math.min(total, offsetAt(end) + count))));
}

function backwardPages(start: Boundary, count: number): readonly number[] {
  return indices(
    Math.min(start.page.index - 1, pageBefore(Math.max(0, offsetAt(start) - count))),
    start.page.index - 1,
  );
}

function indices(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function missing(pages: readonly number[], view: View, progress: Progress): Collection {
  return { kind: 'need', need: { pages: pages.filter((index) => !view.has(index)), afresh: [] }, progress };
}
