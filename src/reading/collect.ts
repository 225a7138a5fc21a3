import { lastPage, pageBefore, pagesOf } from './geometry.ts';
import { type Location, locate, type SearchLimits } from './locate.ts';
import {
  anchorAt,
  type Boundary,
  isLast,
  isSeam,
  type Need,
  newestTotal,
  offsetAt,
  type View,
  type ViewedPage,
} from './view.ts';

/** One row where it stands. */
export type Spot = { readonly page: ViewedPage; readonly index: number };

/** How far a collection has come. Its pages may have been replaced in the view meanwhile: what was collected stays collected. */
export type Progress = {
  /** Where it began: the gap before its first row, or for one from the back the gap behind its last. */
  readonly origin: Boundary;
  /** The gap that it doesn't go beyond. */
  readonly stop: Boundary | null;
  readonly at: Boundary;
  readonly spots: readonly Spot[];
};

export type Collection =
  | { readonly kind: 'collected'; readonly spots: readonly Spot[]; readonly start: Boundary; readonly end: Boundary }
  /** Without progress the collection begins again: a page that it rests on turned out to be outdated. */
  | { readonly kind: 'need'; readonly need: Need; readonly progress: Progress | null }
  | { readonly kind: 'gone' };

/**
 * Collects up to `count` rows that follow the origin, over as many pages as it takes, or says which pages to read next. Pages are joined
 * only at a row that both hold; so rows that stay are each collected once, whatever comes and goes between two readings.
 */
export function collectForward(progress: Progress, count: number, view: View, limits: SearchLimits): Collection {
  const { origin, stop } = progress;
  const spots = [...progress.spots];
  const excluded = stop?.page.rows[stop.index]?.identity;
  let isStopped = stop !== null && offsetAt(stop) <= offsetAt(origin);
  let at = progress.at;
  for (;;) {
    let index = at.index;
    for (; !isStopped && spots.length < count && index < at.page.rows.length; index++) {
      isStopped = at.page.rows[index]?.identity === excluded;
      if (isStopped) break;
      spots.push({ page: at.page, index });
    }
    at = { page: at.page, index };
    isStopped ||= stop !== null && stop.page.index < at.page.index;
    if (isStopped || spots.length >= count || isLast(at.page))
      return { kind: 'collected', spots, start: origin, end: at };
    const here = { origin, stop, at, spots };
    const next = view.get(at.page.index + 1);
    if (next === undefined) return missing(forwardPages(at, count - spots.length, view), view, here);
    const join = joinUp(at.page, next, view, limits);
    if (join.kind === 'gone') return join;
    if (join.kind === 'need') return { ...join, progress: join.isRestart ? null : here };
    at = join.boundary;
  }
}

/** The mirror of `collectForward`: up to `count` rows that precede the origin, in the order of the list. */
export function collectBackward(progress: Progress, count: number, view: View, limits: SearchLimits): Collection {
  const { origin, stop } = progress;
  const spots = [...progress.spots];
  const excluded = stop?.page.rows[stop.index - 1]?.identity;
  let isStopped = stop !== null && offsetAt(origin) <= offsetAt(stop);
  let at = progress.at;
  for (;;) {
    let index = at.index;
    for (; !isStopped && spots.length < count && 0 < index; index--) {
      isStopped = at.page.rows[index - 1]?.identity === excluded;
      if (isStopped) break;
      spots.push({ page: at.page, index: index - 1 });
    }
    at = { page: at.page, index };
    isStopped ||= stop !== null && at.page.index < stop.page.index;
    if (isStopped || spots.length >= count || at.page.index === 0) {
      return { kind: 'collected', spots: spots.reverse(), start: at, end: origin };
    }
    const here = { origin, stop, at, spots };
    const previous = view.get(at.page.index - 1);
    if (previous === undefined) return missing(backwardPages(at, count - spots.length), view, here);
    const join = joinDown(at.page, previous, view, limits);
    if (join.kind === 'gone') return join;
    if (join.kind === 'need') return { ...join, progress: join.isRestart ? null : here };
    at = join.boundary;
  }
}

/** The end of the list, or what has to be read to find it. At most two readings on a quiet list: one for the total, one for the page. */
export function locateEnd(count: number, view: View): Exclude<Location, { kind: 'gone' }> {
  const total = newestTotal(view);
  if (total === undefined) return { kind: 'need', need: { pages: [0], afresh: [] } };
  const index = lastPage(total);
  const page = view.get(index);
  if (page === undefined) {
    const pages = pagesOf(Math.max(0, total - Math.max(count, 1)), total).filter((each) => !view.has(each));
    return { kind: 'need', need: { pages, afresh: [] } };
  }
  if (page.total === total && isLast(page)) return { kind: 'found', boundary: { page, index: page.rows.length } };
  return { kind: 'need', need: { pages: [], afresh: [index] } };
}

type Join =
  | { readonly kind: 'found'; readonly boundary: Boundary }
  | { readonly kind: 'need'; readonly need: Need; readonly isRestart: boolean }
  | { readonly kind: 'gone' };

/** Where to go on behind the row that the lower page ends with: on the upper page if that begins with it, else wherever it stands now. */
function joinUp(lower: ViewedPage, upper: ViewedPage, view: View, limits: SearchLimits): Join {
  if (isSeam(lower, upper)) return { kind: 'found', boundary: { page: upper, index: 1 } };
  const outdated = rereadHeld(lower, upper);
  if (outdated !== null) return outdated;
  const location = locate(anchorAt(lower, lower.rows.length - 1), 'following', view, limits, beliefFrom(lower));
  return location.kind === 'need' ? { ...location, isRestart: false } : location;
}

/** Where to go on before the row that the upper page begins with. */
function joinDown(upper: ViewedPage, lower: ViewedPage, view: View, limits: SearchLimits): Join {
  if (isSeam(lower, upper)) return { kind: 'found', boundary: { page: lower, index: lower.rows.length - 1 } };
  const outdated = rereadHeld(lower, upper);
  if (outdated !== null) return outdated;
  const location = locate(anchorAt(upper, 0), 'preceding', view, limits, beliefFrom(upper));
  return location.kind === 'need' ? { ...location, isRestart: false } : location;
}

/** A page that was held before the operation began is read again when its seam doesn't match, and what rests on it with it. */
function rereadHeld(lower: ViewedPage, upper: ViewedPage): Join | null {
  const afresh = [lower, upper].filter((page) => !page.isNew).map((page) => page.index);
  return afresh.length === 0 ? null : { kind: 'need', need: { pages: [], afresh }, isRestart: true };
}

/** A row that was seen on `left` is looked for in later readings only. */
function beliefFrom(left: ViewedPage) {
  return { left, isOutdated: (page: ViewedPage) => page.sequence < left.sequence };
}

/** All pages that the rest of the rows will take, never beyond the total: they are read at once. */
function forwardPages(end: Boundary, count: number, view: View): readonly number[] {
  const total = Math.max(end.page.total, newestTotal(view) ?? 0);
  return range(end.page.index + 1, Math.max(end.page.index + 1, lastPage(Math.min(total, offsetAt(end) + count))));
}

function backwardPages(start: Boundary, count: number): readonly number[] {
  return range(Math.min(start.page.index - 1, pageBefore(Math.max(0, offsetAt(start) - count))), start.page.index - 1);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function missing(pages: readonly number[], view: View, progress: Progress): Collection {
  return { kind: 'need', need: { pages: pages.filter((index) => !view.has(index)), afresh: [] }, progress };
}
