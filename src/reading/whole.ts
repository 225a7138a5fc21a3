import type { Row } from '../model/conversation.ts';
import type { HeldPage } from '../model/ports.ts';
import { isSameAt } from '../model/row-at.ts';
import { pageSize } from './geometry.ts';
import {
  type Boundary,
  isLast,
  isSameRow,
  type Need,
  offsetAt,
  type Spot,
  type View,
  type ViewedPage,
} from './view.ts';

/** What a range rests on. */
type Collected = { readonly spots: readonly Spot[]; readonly start: Boundary; readonly end: Boundary };

/**
 * Whether two neighbours share the row between them: then they join, whenever each of them was read. A row that has changed since, or another
 * segment of its contact, is not the same row: then one of them is read again.
 */
export function isSeam(lower: Pick<HeldPage, 'table'>, upper: Pick<HeldPage, 'table'>): boolean {
  const last = { table: lower.table, index: lower.table.rowCount - 1 };
  return lower.table.rowCount > 0 && upper.table.rowCount > 0 && isSameAt(last, { table: upper.table, index: 0 });
}

/**
 * Whether what was collected over several pages is whole as far as it can be told: no row twice, and where no page counts another total, as
 * many rows as lie between its ends. Where the order is firm both hold by themselves.
 */
export function isWhole({ spots, start, end }: Collected): boolean {
  const seen = new Map<string, { readonly page: ViewedPage; readonly row: Row }>();
  for (const { page, index } of spots) {
    const row = page.row(index);
    if (row === undefined) return false;
    const known = seen.get(row.identity);
    if (known !== undefined && known.page !== page && isTelling(row) && isSameRow(known.row, row)) return false;
    seen.set(row.identity, { page, row });
  }
  const totals = new Set([start.page, end.page, ...spots.map(({ page }) => page)].map(({ total }) => total));
  return totals.size > 1 || spots.length === Math.max(0, offsetAt(end) - offsetAt(start));
}

/**
 * What must be read before a range may claim that the list ends with it; null when it doesn't claim that, or can. A full page that ends its own
 * total is no proof: an offset that was capped or ignored looks just so. It must join the page before it, and nothing may be seen behind it.
 */
export function needOfEnd(
  { spots, end }: Collected,
  view: View,
): { readonly need: Need; readonly isRestart: boolean } | null {
  const last = spots.at(-1) ?? { page: end.page, index: end.index - 1 };
  const { page } = last;
  const { rowCount } = page.table;
  if (rowCount < pageSize || !isLast(page) || last.index + 1 < rowCount) return null;
  const [lower, upper] = [view.get(page.index - 1), view.get(page.index + 1)];
  const isJoined = spots.some((spot) => spot.page.index === page.index - 1);
  if (!isJoined && 0 < page.index && lower === undefined)
    return { need: { pages: [page.index - 1], afresh: [] }, isRestart: false };
  if (!isJoined && lower !== undefined && !isSeam(lower, page)) return reread([lower, page]);
  // The page behind begins with the last row, unless it is empty.
  if (upper === undefined || upper.table.rowCount <= 1) return null;
  return upper.sequence < page.sequence
    ? { need: { pages: [], afresh: [upper.index] }, isRestart: false }
    : reread([page, upper]);
}

/**
 * Of two pages that don't fit together those that were held before the operation began are read again; if none was, the older one alone: reading both
 * each time could fall in step with a list that changes as regularly.
 */
export function reread([one, other]: readonly [ViewedPage, ViewedPage]): {
  readonly need: Need;
  readonly isRestart: true;
} {
  const held = [one, other].filter((page) => !page.isNew);
  const older = one.sequence < other.sequence ? one : other;
  const afresh = new Set((held.length === 0 ? [older] : held).map((page) => page.index));
  return { need: { pages: [], afresh: [...afresh] }, isRestart: true };
}

/**
 * Whether a row stands in both. Rows of one identity and other content are taken for segments of one contact: a row that moved and was changed
 * at once is thereby not noticed here, and left to the seams and the counts. Rows that can't be read tell nothing.
 */
export function sharesRow(seen: readonly Row[], others: readonly Row[]): boolean {
  const byIdentity = new Map(seen.map((row) => [row.identity, row]));
  return others.some((row) => {
    const known = byIdentity.get(row.identity);
    return known !== undefined && isTelling(row) && isSameRow(known, row);
  });
}

function isTelling({ conversation }: Row): boolean {
  return conversation !== null;
}
