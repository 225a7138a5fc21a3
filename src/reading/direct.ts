import type { PlacedRow, Range, RangeAnswer } from '../model/range.ts';
import { type Collection, collectBackward, collectForward, locateEnd, type Spot } from './collect.ts';
import { locate, type SearchLimits } from './locate.ts';
import { anchorAt, type Boundary, type Need, offsetAt, type View, type ViewedPage } from './view.ts';

/** What a direct read does next, given the pages it has seen. */
export type Step =
  | { readonly kind: 'need'; readonly need: Need }
  | { readonly kind: 'done'; readonly answer: RangeAnswer; readonly pages: readonly ViewedPage[] }
  | { readonly kind: 'gone' };

/**
 * The next step of reading a range: a pure function, so that every decision can be seen as a value. It is asked again, from the
 * beginning, each time that its need has been met: a page that was replaced by a newer reading is thereby judged anew.
 */
export function stepRange(range: Range, view: View, limits: SearchLimits): Step {
  const start = range.after === null ? null : locate(range.after, 'following', view, limits);
  if (start !== null && start.kind !== 'found') return start;
  const end = range.before === null ? null : locate(range.before, 'preceding', view, limits);
  if (end !== null && end.kind !== 'found') return end;
  const collection =
    range.side === 'first'
      ? collectFirst(range.count, start?.boundary ?? null, end?.boundary ?? null, view)
      : collectLast(range.count, start?.boundary ?? null, end?.boundary ?? null, view);
  if (collection.kind === 'need') return collection;
  return answerOf(
    collection,
    [start, end].flatMap((located) => (located === null ? [] : [located.boundary.page])),
  );
}

function collectFirst(count: number, start: Boundary | null, stop: Boundary | null, view: View): Collection {
  if (start !== null) return collectForward(start, stop, count, view);
  const page = view.get(0);
  if (page === undefined) return { kind: 'need', need: { pages: [0], afresh: [] } };
  return collectForward({ page, index: 0 }, stop, count, view);
}

function collectLast(count: number, stop: Boundary | null, end: Boundary | null, view: View): Collection {
  if (end !== null) return collectBackward(end, stop, count, view);
  const located = locateEnd(count, view);
  if (located.kind === 'need') return located;
  return collectBackward(located.boundary, stop, count, view);
}

function answerOf(
  { spots, start, end }: Extract<Collection, { kind: 'collected' }>,
  anchorPages: readonly ViewedPage[],
): Step {
  const [first, last] = [spots[0], spots.at(-1)];
  const pages = new Set([...anchorPages, start.page, end.page, ...spots.map(({ page }) => page)]);
  return {
    kind: 'done',
    answer: {
      rows: spots.map(placedRow),
      hasPreviousPage: 0 < offsetAt(first ?? start),
      hasNextPage: last === undefined ? offsetAt(end) < end.page.total : offsetAt(last) + 1 < last.page.total,
    },
    pages: [...pages],
  };
}

function placedRow({ page, index }: Spot): PlacedRow {
  const row = page.rows[index];
  if (row === undefined) throw new RangeError(`page ${page.index} has no row ${index}`);
  return { identity: row.identity, conversation: row.conversation, anchor: () => anchorAt(page, index) };
}
