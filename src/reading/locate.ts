import type { Anchor } from '../model/range.ts';
import { lastPage, pageAfter, pageBefore } from './geometry.ts';
import { type Boundary, isLast, type Need, newestTotal, type View, type ViewedPage } from './view.ts';
import { isSeam } from './whole.ts';

/** Which rows are wanted of an anchor: those that follow it, or those that precede it. */
export type Side = 'following' | 'preceding';

export type Location =
  | { readonly kind: 'found'; readonly boundary: Boundary }
  | { readonly kind: 'need'; readonly need: Need }
  | { readonly kind: 'gone' }
  /** Rows around it stand in another order than they did: the upstream's order isn't firm. */
  | { readonly kind: 'reordered' };

/** How many pages a search may look at before it gives up. */
export type SearchLimits = { readonly anchorSearchPagesMax: number };

/** Which pages of the view a search may believe when they don't show the anchor. */
export type Belief = {
  /** Read again before its silence counts. */
  isOutdated(page: ViewedPage): boolean;
  /** Not looked at, only a newer reading of it: the search began on this page's edge. */
  readonly left: ViewedPage | null;
};

/**
 * Finds an anchor in the pages seen so far, or says which page to read next. Looks where the anchor was, then where the change of the
 * total points, then in the neighbouring pages. When the anchor is gone its nearest surviving neighbour takes its place: rows that stay
 * are then neither skipped nor repeated, because the order of rows that stay doesn't change.
 */
export function locate(anchor: Anchor, side: Side, view: View, limits: SearchLimits, belief: Belief): Location {
  const visited: number[] = [];
  for (let pageCount = 0; pageCount < limits.anchorSearchPagesMax; pageCount++) {
    const index = nextPage(anchor, side, view, visited, limits);
    if (index === undefined) break;
    const page = view.get(index);
    if (page === undefined) return { kind: 'need', need: { pages: [index], afresh: [] } };
    if (page === belief.left) return { kind: 'need', need: { pages: [], afresh: [index] } };
    const at = findAnchor(anchor, page);
    if (at !== undefined && isReordered(anchor, at, page)) return { kind: 'reordered' };
    if (at !== undefined) return { kind: 'found', boundary: { page, index: side === 'following' ? at + 1 : at } };
    if (belief.isOutdated(page)) return { kind: 'need', need: { pages: [], afresh: [index] } };
    // Of a list that has become empty every page is the first.
    if (page.total === 0) return { kind: 'found', boundary: { page: { ...page, index: 0 }, index: 0 } };
    visited.push(index);
    // What this page shows can also decide what others could not.
    const looked = visited.flatMap((each) => view.get(each) ?? []);
    for (const each of looked.reverse()) {
      const substitute = substituteOn(each, anchor, side, looked);
      if (substitute !== undefined) return substitute;
    }
  }
  return { kind: 'gone' };
}

/**
 * The place beside the anchor's nearest surviving neighbour, if the pages looked at prove that the anchor is gone: it stood between two
 * rows of one page or of pages that join, or between a row and an end of the list. A neighbour on one side alone proves nothing, for
 * any number of rows can have come between it and the anchor.
 */
function substituteOn(
  page: ViewedPage,
  anchor: Anchor,
  side: Side,
  looked: readonly ViewedPage[],
): Location | undefined {
  const sight = sightNeighbours(anchor, page);
  const { predecessorAt, successorAt } = sight;
  if (predecessorAt === undefined && successorAt === undefined) return undefined;
  const here = { kind: 'found', boundary: boundaryBeside(sight, side, page) } as const;
  if (predecessorAt !== undefined && successorAt !== undefined) return here;
  const step = predecessorAt === undefined ? -1 : 1;
  for (let near = page; ; ) {
    if (step === -1 ? near.index === 0 : isLast(near)) return here;
    const adjacent = looked.find(({ index }) => index === near.index + step);
    if (adjacent === undefined) return undefined;
    const [lower, upper] = step === 1 ? [near, adjacent] : [adjacent, near];
    if (!isSeam(lower, upper)) {
      const older = lower.sequence < upper.sequence ? lower : upper;
      return { kind: 'need', need: { pages: [], afresh: [older.index] } };
    }
    const beyond = sightNeighbours(anchor, adjacent);
    if ((step === 1 ? beyond.successorAt : beyond.predecessorAt) !== undefined) {
      if (sight.distance <= beyond.distance) return here;
      return { kind: 'found', boundary: boundaryBeside(beyond, side, adjacent) };
    }
    if (beyond.distance < sight.distance) return undefined;
    near = adjacent;
  }
}

type Sight = {
  /** How near the nearest surviving neighbour stood to the anchor: 0 is next to it. */
  readonly distance: number;
  readonly predecessorAt: number | undefined;
  readonly successorAt: number | undefined;
};

/** The index of the anchor on a page. Of several rows of one identity, the one whose neighbours agree best. */
function findAnchor(anchor: Anchor, page: ViewedPage): number | undefined {
  const prints = page.prints();
  let best: number | undefined;
  let bestAgreement = -1;
  for (let index = prints.indexOf(anchor.print); index !== -1; index = prints.indexOf(anchor.print, index + 1)) {
    const agreement =
      anchor.before.filter((print, distance) => prints[index - 1 - distance] === print).length +
      anchor.after.filter((print, distance) => prints[index + 1 + distance] === print).length;
    if (bestAgreement < agreement) {
      best = index;
      bestAgreement = agreement;
    }
  }
  return best;
}

/** Whether a row that stood before the anchor now stands behind it, or the other way round. Prints that stand there twice tell nothing. */
function isReordered({ print, before, after }: Anchor, at: number, page: ViewedPage): boolean {
  const prints = page.prints();
  const placeOf = (each: string): number | undefined => {
    const place = prints.indexOf(each);
    return place === -1 || each === print || prints.includes(each, place + 1) ? undefined : place;
  };
  return before.some((each) => at < (placeOf(each) ?? at)) || after.some((each) => (placeOf(each) ?? at) < at);
}

function sightNeighbours({ before, after }: Anchor, page: ViewedPage): Sight {
  const prints = page.prints();
  const predecessor = before.findIndex((print) => prints.includes(print));
  const successor = after.findIndex((print) => prints.includes(print));
  const found = [predecessor, successor].filter((distance) => distance !== -1);
  return {
    distance: found.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...found),
    predecessorAt: predecessor === -1 ? undefined : prints.lastIndexOf(before[predecessor] ?? ''),
    successorAt: successor === -1 ? undefined : prints.indexOf(after[successor] ?? ''),
  };
}

/** Resumes beside a surviving neighbour: the predecessor for rows that follow, the successor for rows that precede, else the other. */
function boundaryBeside({ predecessorAt, successorAt }: Sight, side: Side, page: ViewedPage): Boundary {
  const afterPredecessor = predecessorAt === undefined ? undefined : predecessorAt + 1;
  const index = side === 'following' ? (afterPredecessor ?? successorAt) : (successorAt ?? afterPredecessor);
  return { page, index: index ?? 0 };
}

/** The page to look at next: where the anchor was, where the total's change points, then outward from the places looked at. */
function nextPage(
  anchor: Anchor,
  side: Side,
  view: View,
  visited: readonly number[],
  { anchorSearchPagesMax }: SearchLimits,
): number | undefined {
  const pageOf = side === 'following' ? pageBefore : pageAfter;
  const home = pageOf(anchor.offset);
  const total = newestTotal(view.values());
  if (total === undefined) return visited.length === 0 ? home : undefined;
  const last = lastPage(total);
  if (visited.length === 0 && (home <= last || view.has(home))) return home;
  const shifted = Math.min(pageOf(anchor.offset + total - anchor.total), last);
  const steps = Array.from({ length: anchorSearchPagesMax }, (_, index) => index + 1);
  const onward = visited.flatMap((index) => onwardBySight(anchor, view.get(index), steps));
  const outward = steps.flatMap((step) => [shifted + step, home + step, shifted - step, home - step]);
  return [...onward, shifted, ...outward].find((index) => 0 <= index && index <= last && !visited.includes(index));
}

/** Where neighbours on one side of the anchor alone are seen, it stands over that page's edge, or further on if rows have come between. */
function onwardBySight(anchor: Anchor, page: ViewedPage | undefined, steps: readonly number[]): readonly number[] {
  if (page === undefined) return [];
  const { predecessorAt, successorAt } = sightNeighbours(anchor, page);
  if ((predecessorAt === undefined) === (successorAt === undefined)) return [];
  return steps.map((step) => page.index + (predecessorAt === undefined ? -step : step));
}
