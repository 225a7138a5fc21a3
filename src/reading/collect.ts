import { lastPage, pageBefore, pagesOf } from './geometry.ts';
import { type Boundary, isLast, type Need, newestTotal, offsetAt, type View, type ViewedPage } from './view.ts';

/** One row where it stands. */
export type Spot = { readonly page: ViewedPage; readonly index: number };

export type Collection =
  | { readonly kind: 'collected'; readonly spots: readonly Spot[]; readonly start: Boundary; readonly end: Boundary }
  | { readonly kind: 'need'; readonly need: Need };

/**
 * Collects up to `count` rows that follow `start`, over as many pages as it takes, or says which pages to read next. Pages are joined
 * only at a row that both hold; so rows that stay are each collected once, whatever comes and goes between two readings.
 */
export function collectForward(start: Boundary, stop: Boundary | null, count: number, view: View): Collection {
  const spots: Spot[] = [];
  const excluded = stop?.page.rows[stop.index]?.identity;
  let isStopped = stop !== null && offsetAt(stop) <= offsetAt(start);
  let at = start;
  for (;;) {
    let index = at.index;
    for (; !isStopped && spots.length < count && index < at.page.rows.length; index++) {
      isStopped = at.page.rows[index]?.identity === excluded;
      if (!isStopped) spots.push({ page: at.page, index });
      else break;
    }
    const end = { page: at.page, index };
    isStopped ||= stop !== null && stop.page.index < at.page.index;
    if (isStopped || spots.length >= count || isLast(at.page)) return { kind: 'collected', spots, start, end };
    const next = view.get(at.page.index + 1);
    if (next === undefined) return missing(forwardPages(end, count - spots.length, view), view);
    const join = joinUp(at.page, next);
    if (join.kind === 'need') return join;
    at = { page: next, index: join.index };
  }
}

/** The mirror of `collectForward`: up to `count` rows that precede `end`, in the order of the list. */
export function collectBackward(end: Boundary, stop: Boundary | null, count: number, view: View): Collection {
  const spots: Spot[] = [];
  const excluded = stop?.page.rows[stop.index - 1]?.identity;
  let isStopped = stop !== null && offsetAt(end) <= offsetAt(stop);
  let at = end;
  for (;;) {
    let index = at.index;
    for (; !isStopped && spots.length < count && 0 < index; index--) {
      isStopped = at.page.rows[index - 1]?.identity === excluded;
      if (!isStopped) spots.push({ page: at.page, index: index - 1 });
      else break;
    }
    const start = { page: at.page, index };
    isStopped ||= stop !== null && at.page.index < stop.page.index;
    if (isStopped || spots.length >= count || at.page.index === 0) {
      return { kind: 'collected', spots: spots.reverse(), start, end };
    }
    const previous = view.get(at.page.index - 1);
    if (previous === undefined) return missing(backwardPages(start, count - spots.length), view);
    const join = joinDown(at.page, previous);
    if (join.kind === 'need') return join;
    at = { page: previous, index: join.index };
  }
}

/** The end of the list, or what has to be read to find it. At most two readings on a quiet list: one for the total, one for the page. */
export function locateEnd(
  count: number,
  view: View,
): { kind: 'found'; boundary: Boundary } | { kind: 'need'; need: Need } {
  const total = newestTotal(view);
  if (total === undefined) return { kind: 'need', need: { pages: [0], afresh: [] } };
  const index = lastPage(total);
  const page = view.get(index);
  if (page === undefined)
    return missing(total === 0 ? [0] : pagesOf(Math.max(0, total - Math.max(count, 1)), total), view);
  if (page.total === total && isLast(page)) return { kind: 'found', boundary: { page, index: page.rows.length } };
  return { kind: 'need', need: { pages: [], afresh: [index] } };
}

type Join = { readonly kind: 'joined'; readonly index: number } | { readonly kind: 'need'; readonly need: Need };

/** Where to go on upon the next page: after the row that the lower page ends with. */
function joinUp(lower: ViewedPage, upper: ViewedPage): Join {
  const seam = lower.rows.at(-1)?.identity;
  if (seam !== undefined && upper.rows[0]?.identity === seam) return { kind: 'joined', index: 1 };
  const outdated = heldOf(lower, upper);
  if (outdated !== undefined) return outdated;
  const displaced = upper.rows.findLastIndex(({ identity }) => identity === seam);
  return displaced === -1 ? rereadOlder(lower, upper) : { kind: 'joined', index: displaced + 1 };
}

/** Where to go on upon the page below: before the row that the upper page begins with. */
function joinDown(upper: ViewedPage, lower: ViewedPage): Join {
  const seam = upper.rows[0]?.identity;
  if (seam !== undefined && lower.rows.at(-1)?.identity === seam)
    return { kind: 'joined', index: lower.rows.length - 1 };
  const outdated = heldOf(lower, upper);
  if (outdated !== undefined) return outdated;
  const displaced = lower.rows.findIndex(({ identity }) => identity === seam);
  return displaced === -1 ? rereadOlder(lower, upper) : { kind: 'joined', index: displaced };
}

/** A page that was held before the operation began is read again when its seam doesn't match: the list has moved since. */
function heldOf(lower: ViewedPage, upper: ViewedPage): Join | undefined {
  const afresh = [lower, upper].filter((page) => !page.isNew).map((page) => page.index);
  return afresh.length === 0 ? undefined : { kind: 'need', need: { pages: [], afresh } };
}

function rereadOlder(lower: ViewedPage, upper: ViewedPage): Join {
  const older = lower.sequence < upper.sequence ? lower : upper;
  return { kind: 'need', need: { pages: [], afresh: [older.index] } };
}

/** All pages that the rest of the rows will take, never beyond the total: they are read at once. */
function forwardPages(end: Boundary, count: number, view: View): readonly number[] {
  const total = Math.max(end.page.total, newestTotal(view) ?? 0);
  const from = offsetAt(end);
  return range(end.page.index + 1, lastPage(Math.min(total, from + count)));
}

function backwardPages(start: Boundary, count: number): readonly number[] {
  return range(pageBefore(Math.max(0, offsetAt(start) - count)), start.page.index - 1);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index);
}

function missing(pages: readonly number[], view: View): { kind: 'need'; need: Need } {
  return { kind: 'need', need: { pages: pages.filter((index) => !view.has(index)), afresh: [] } };
}
