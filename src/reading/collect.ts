import type { Row } from '../model/conversation.ts';
import { lastPage, pageBefore } from './geometry.ts';
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
    if (next === undefined)
      return missing(forwardPages(at, Math.min(count - spots.length, gap(at, stop)), view), view, here);
    const join = joinUp(at.page, next, view, limits);
    if (join.kind === 'need') return { ...join, progress: here };
    if (join.kind !== 'found') return join;
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
    if (previous === undefined)
      return missing(backwardPages(at, Math.min(count - spots.length, gap(stop, at))), view, here);
    const join = joinDown(at.page, previous, view, limits);
    if (join.kind === 'need') return { ...join, progress: here };
    if (join.kind !== 'found') return join;
    at = join.boundary;
  }
}

/** The end of the list, or what has to be read to find it. At most two readings on a quiet list: one for the total, one for the page. */
export function locateEnd(count: number, view: View): Location {
  const total = newestTotal(view);
  if (total === undefined) return { kind: 'need', need: { pages: [0], afresh: [] } };
  const index = lastPage(total);
  const page = view.get(index);
  if (page === undefined) {
    const first = Math.min(pageBefore(total - count), index);
    return { kind: 'need', need: { pages: range(first, index).filter((each) => !view.has(each)), afresh: [] } };
  }
  if (page.total === total && isLast(page)) return { kind: 'found', boundary: { page, index: page.rows.length } };
  return { kind: 'need', need: { pages: [], afresh: [index] } };
}

type Join = Exclude<Location, { kind: 'gone' | 'reordered' }> | { readonly kind: 'restart'; readonly need: Need };

/** Where to go on behind the row that the lower page ends with: on the upper page if that begins with it, else wherever it stands now. */
function joinUp(lower: ViewedPage, upper: ViewedPage, view: View, limits: SearchLimits): Join {
  if (isSeam(lower, upper))
    return isApart(lower, upper) ? { kind: 'found', boundary: { page: upper, index: 1 } } : restart(lower, upper);
  if (!hasMoved(lower, upper)) return restart(lower, upper);
  const location = locate(anchorAt(lower, lower.rows.length - 1), 'following', view, limits, beliefFrom(lower));
  if (location.kind === 'need') return location;
  if (location.kind !== 'found') return restart(lower, upper);
  const { page, index } = location.boundary;
  // An older reading that ends with this row leads nowhere, or back to where the search came from.
  if (page.sequence < lower.sequence && index === page.rows.length)
    return { kind: 'need', need: { pages: [], afresh: [page.index] } };
  return isExplained(lower, page, page.rows.slice(0, index), page.rows.slice(index)) ? location : restart(lower, page);
}

/** Where to go on before the row that the upper page begins with. */
function joinDown(upper: ViewedPage, lower: ViewedPage, view: View, limits: SearchLimits): Join {
  if (isSeam(lower, upper)) {
    return isApart(lower, upper)
      ? { kind: 'found', boundary: { page: lower, index: lower.rows.length - 1 } }
      : restart(lower, upper);
  }
  if (!hasMoved(lower, upper)) return restart(lower, upper);
  const location = locate(anchorAt(upper, 0), 'preceding', view, limits, beliefFrom(upper));
  if (location.kind === 'need') return location;
  if (location.kind !== 'found') return restart(lower, upper);
  const { page, index } = location.boundary;
  if (page.sequence < upper.sequence && index === 0) return { kind: 'need', need: { pages: [], afresh: [page.index] } };
  return isExplained(upper, page, page.rows.slice(index), page.rows.slice(0, index)) ? location : restart(upper, page);
}

/** Whether the list can have grown or shrunk between two readings of this operation: only then a seam may be displaced. */
function hasMoved(lower: ViewedPage, upper: ViewedPage): boolean {
  return lower.isNew && upper.isNew && lower.total !== upper.total;
}

/** Whether two pages share their seam alone. Where the order is firm they can't share more, whatever came and went between them. */
function isApart(lower: ViewedPage, upper: ViewedPage): boolean {
  return !sharesRow(lower.rows, upper.rows.slice(1));
}

/** Whether a row stands in both. Rows of one identity and other content are segments of one contact, and not the same row. */
function sharesRow(seen: readonly Row[], others: readonly Row[]): boolean {
  const byIdentity = new Map(seen.map((row) => [row.identity, row]));
  return others.some((row) => {
    const known = byIdentity.get(row.identity);
    return known !== undefined && isSameRow(known, row);
  });
}

function isSameRow(one: Row, other: Row): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Whether going on from a join in the middle of another page fits what was seen: nothing that was seen comes again behind it, and what
 * stands before it, but was not seen there, can be new, for the total has grown by as many. If not, rows may have changed places.
 */
function isExplained(seen: ViewedPage, other: ViewedPage, nearSide: readonly Row[], farSide: readonly Row[]): boolean {
  if (sharesRow(seen.rows, farSide)) return false;
  const identities = new Set(seen.rows.map(({ identity }) => identity));
  const unknownCount = nearSide.filter(({ identity }) => !identities.has(identity)).length;
  return unknownCount <= Math.max(0, other.total - seen.total);
}

/**
 * Whether what was collected over several pages is whole as far as it can be told: no row twice, and where no page counts another total, as
 * many rows as lie between its ends. Where the order is firm both hold by themselves.
 */
export function isWhole({ spots, start, end }: Collected): boolean {
  const seen = new Map<string, { readonly page: ViewedPage; readonly row: Row }>();
  for (const { page, index } of spots) {
    const row = page.rows[index];
    if (row === undefined) return false;
    const known = seen.get(row.identity);
    if (known !== undefined && known.page !== page && isSameRow(known.row, row)) return false;
    seen.set(row.identity, { page, row });
  }
  const totals = new Set([start.page, end.page, ...spots.map(({ page }) => page)].map(({ total }) => total));
  return totals.size > 1 || spots.length === Math.max(0, offsetAt(end) - offsetAt(start));
}

/** What was held before the operation began, or doesn't fit, is read again, and what rests on it is collected anew. */
function restart(one: ViewedPage, other: ViewedPage): Join {
  const held = [one, other].filter((page) => !page.isNew);
  const afresh = new Set((held.length === 0 ? [one, other] : held).map((page) => page.index));
  return { kind: 'restart', need: { pages: [], afresh: [...afresh] } };
}

/** A row that was seen on `left` is looked for in later readings only. */
function beliefFrom(left: ViewedPage) {
  return { left, isOutdated: (page: ViewedPage) => page.sequence < left.sequence };
}

/** How many rows lie between two boundaries, as far as it can be told before the pages between them are read. */
function gap(start: Boundary | null, end: Boundary | null): number {
  return start === null || end === null ? Number.POSITIVE_INFINITY : offsetAt(end) - offsetAt(start);
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
