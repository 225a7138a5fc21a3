import type { HeldPage } from '../model/ports.ts';
import { distinctRows, type RowAt, rowsAt } from '../model/row-at.ts';
import { pageSize } from './geometry.ts';
import { isSeam } from './whole.ts';

/** What a proof looks at of a response. */
export type Response = Pick<HeldPage, 'table' | 'total'>;

/**
 * Whether one response held all rows of its list: as many as it counts, and fewer than a response can hold. A full one proves nothing, for a total
 * may lie consistently with its page. One response is one snapshot.
 */
export function holdsAll({ table: { rowCount }, total }: Response, responseSize: number): boolean {
  return rowCount === total && rowCount !== responseSize && rowCount !== pageSize;
}

export type Joined =
  | { readonly kind: 'whole'; readonly rows: readonly RowAt[] }
  /** Rows came or went between the readings. */
  | { readonly kind: 'moved' }
  /** Nothing seems to have moved, and yet the pages don't fit: the order of rows isn't firm. */
  | { readonly kind: 'unfirm' };

/**
 * Whether pages, in order from the first to the end of the list, are the whole of it: the same total on each, every seam one and the same row, as many
 * distinct rows as they count, and nothing behind the last.
 */
export function joinPages(pages: readonly Response[]): Joined {
  const [first] = pages;
  if (first === undefined) return { kind: 'unfirm' };
  const { total } = first;
  if (pages.some((page) => page.total !== total)) return { kind: 'moved' };
  if (pages.some((page, at) => at > 0 && !isSeam(pages[at - 1] ?? page, page))) return { kind: 'unfirm' };
  const rows = pages.flatMap(({ table }, at) => (at === 0 ? rowsAt(table) : rowsAt(table).slice(1)));
  const isEnd = rows.length === total && (pages.at(-1)?.table.rowCount ?? 0) < pageSize;
  return isEnd && distinctRows(rows).length === total ? { kind: 'whole', rows } : { kind: 'unfirm' };
}

/** The pages that a list of `total` rows takes, and one behind it where the last would be full: a full page proves no end. */
export function pagesToProve(total: number): number {
  return Math.floor(Math.max(0, total - 1) / (pageSize - 1)) + 1;
}
