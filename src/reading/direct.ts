import type { Anchor, Range, RangeAnswer } from '../model/range.ts';
import { type Collected, collectBackward, collectForward, isKept, locateEnd, type Progress } from './collect.ts';
import { type Belief, type Location, locate, type SearchLimits, type Side } from './locate.ts';
import { placeRows } from './place.ts';
import { type Boundary, type Need, offsetAt, type View, type ViewedPage } from './view.ts';
import { isSeam, isWhole, needOfEnd, reread } from './whole.ts';

/** What a direct read does next, given the pages it has seen. */
export type Step =
  /** Read this, and ask again with this progress. */
  | { readonly kind: 'need'; readonly need: Need; readonly progress: Progress | null }
  /** Read this, and ask again from the beginning. */
  | { readonly kind: 'restart'; readonly need: Need }
  | { readonly kind: 'done'; readonly answer: RangeAnswer; readonly pages: readonly ViewedPage[] }
  /** The row of a cursor is gone, with every row beside it. */
  | { readonly kind: 'gone' }
  /** The rows around a cursor's row have changed places. */
  | { readonly kind: 'reordered' };

/**
 * The next step of reading a range: a pure function of what was seen, so that every decision can be looked at as a value. Begins with no
 * progress; a step that needs pages is asked again when they are there.
 */
export function stepRange(range: Range, progress: Progress | null, view: View, limits: SearchLimits): Step {
  const begun = progress ?? begin(range, view, limits);
  if ('kind' in begun) return begun.kind === 'need' ? { ...begun, progress: null } : begun;
  const collect = range.side === 'first' ? collectForward : collectBackward;
  const collection = collect(begun, range.count, view, limits);
  if (collection.kind !== 'collected') return collection;
  const doubt = needOfEnd(collection, view);
  if (doubt !== null)
    return doubt.isRestart
      ? { kind: 'restart', need: doubt.need }
      : { kind: 'need', need: doubt.need, progress: begun };
  if (isWhole(collection)) return answerOf(collection, begun, range);
  const afresh = new Set(collection.spots.map(({ page }) => page.index));
  return { kind: 'restart', need: { pages: [], afresh: [...afresh] } };
}

/**
 * Whether a restart casts doubt on the upstream's order: it does when all pages that don't fit together were read by this operation. Pages
 * that were held may just be old; there are only so many of them, and each is read again once.
 */
export function isDoubtful({ afresh }: Need, view: View): boolean {
  return afresh.every((index) => view.get(index)?.isNew === true);
}

/** What was held before the operation began is read again before its silence counts. */
const onlyNew: Belief = { left: null, isOutdated: (page) => !page.isNew };

/** Why a range can't begin yet, or can't at all. */
type Unbegun = Exclude<Location, { kind: 'found' }> | { readonly kind: 'restart'; readonly need: Need };

/** Finds where the range begins, and the anchor that it doesn't go beyond. */
function begin({ side, after, before, count }: Range, view: View, limits: SearchLimits): Progress | Unbegun {
  const start = after === null ? null : settle(after, 'following', view, limits);
  if (start !== null && start.kind !== 'found') return start;
  const end = before === null ? null : settle(before, 'preceding', view, limits);
  if (end !== null && end.kind !== 'found') return end;
  if (start !== null && end !== null && !areComparable(start.boundary.page, end.boundary.page)) {
    return { kind: 'restart', need: reread([start.boundary.page, end.boundary.page]).need };
  }
  const origin = side === 'first' ? (start ?? locateStart(view)) : (end ?? locateEnd(count, view));
  if (origin.kind !== 'found') return origin;
  const stop = side === 'first' ? end : start;
  return { origin: origin.boundary, stop: stop?.boundary ?? null, at: origin.boundary, spots: [] };
}

/** Whether places on two pages can be compared by their offsets: not when rows may have come or gone between the readings. */
function areComparable(one: ViewedPage, other: ViewedPage): boolean {
  if (one === other) return true;
  const [lower, upper] = one.index < other.index ? [one, other] : [other, one];
  return lower.total === upper.total && (lower.index + 1 < upper.index || isSeam(lower, upper));
}

/**
 * Locates an anchor, and makes sure of its page: where the row stands elsewhere than the change of the total explains, its page may not be the one
 * that was asked for, as when offsets are capped. Then it must join the page before it.
 */
function settle(
  anchor: Anchor,
  side: Side,
  view: View,
  limits: SearchLimits,
): Unbegun | Extract<Location, { kind: 'found' }> {
  const located = locate(anchor, side, view, limits, onlyNew);
  if (located.kind !== 'found') return located;
  const { page } = located.boundary;
  const moved = offsetAt(located.boundary) - (side === 'following' ? anchor.offset + 1 : anchor.offset);
  const grown = page.total - anchor.total;
  const isExplained = moved === 0 || (0 < moved ? moved <= grown : grown <= moved);
  if (isExplained || page.index === 0) return located;
  const lower = view.get(page.index - 1);
  if (lower === undefined) return { kind: 'need', need: { pages: [page.index - 1], afresh: [] } };
  return isSeam(lower, page) ? located : { kind: 'restart', need: reread([lower, page]).need };
}

function locateStart(view: View): Location {
  const page = view.get(0);
  if (page === undefined) return { kind: 'need', need: { pages: [0], afresh: [] } };
  return { kind: 'found', boundary: { page, index: 0 } };
}

function answerOf({ spots, start, end }: Collected, { origin, stop }: Progress, range: Range): Step {
  const [first, last] = [spots[0], spots.at(-1)];
  const boundaries: readonly (Boundary | null)[] = [origin, stop, start, end];
  const pages = new Set(boundaries.flatMap((boundary) => (boundary === null ? [] : [boundary.page])));
  for (const { page } of spots) pages.add(page);
  return {
    kind: 'done',
    answer: {
      rows: placeRows(spots.filter(isKept), range),
      hasPreviousPage: 0 < offsetAt(first ?? start),
      hasNextPage: last === undefined ? offsetAt(end) < end.page.total : offsetAt(last) + 1 < last.page.total,
    },
    pages: [...pages],
  };
}
