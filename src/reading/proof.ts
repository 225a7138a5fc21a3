import { conversationIdAt, isReadable, isSameAt, type RowAt, rowsAt } from '../model/gather.ts';
import type { HeldPage } from '../model/ports.ts';
import type { Table } from '../model/table.ts';
import { tableOf } from '../model/tabulate.ts';
import { pageSize } from './geometry.ts';
import type { RawPage } from './pages.ts';

/** What is counted of a response. */
export type Response = { readonly rowCount: number; readonly total: number };

/**
 * A response as proofs look at it: its rows in their compact form alone. A span has many pages, and waits for them: what is made of a row takes a hundred times as much as
 * what tells it.
 */
export type ProofPage = Omit<RawPage, 'rows' | 'table'> & { readonly rowCount: number; readonly table: Table };

/** A page without the rows that were made of it. */
export function proofPageOf({ rows, table = tableOf(rows), ...page }: RawPage): ProofPage {
  return { ...page, rowCount: table.rowCount, table };
}

/** What is counted of a page. */
export function responseOf({ rows, total }: Pick<HeldPage, 'rows' | 'total'>): Response {
  return { rowCount: rows.length, total };
}

/**
 * Whether one response held all rows of its list: as many as it counts, and fewer than a response can hold. A full one proves nothing, for a total
 * may lie consistently with its page. One response is one snapshot.
 */
export function holdsAll({ rowCount, total }: Response, responseSize: number): boolean {
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
export function joinPages(pages: readonly Pick<ProofPage, 'table' | 'total'>[]): Joined {
  const [first] = pages;
  if (first === undefined) return { kind: 'unfirm' };
  const { total } = first;
  if (pages.some((page) => page.total !== total)) return { kind: 'moved' };
  const tables = pages.map(({ table }) => rowsAt(table));
  if (tables.some((rows, at) => at > 0 && !isSeam(tables[at - 1] ?? rows, rows))) return { kind: 'unfirm' };
  const rows = tables.flatMap((each, at) => (at === 0 ? each : each.slice(1)));
  const isEnd = rows.length === total && (tables.at(-1)?.length ?? 0) < pageSize;
  return isEnd && distinctRows(rows).length === total ? { kind: 'whole', rows } : { kind: 'unfirm' };
}

function isSeam(lower: readonly RowAt[], upper: readonly RowAt[]): boolean {
  const [last, first] = [lower.at(-1), upper[0]];
  return last !== undefined && first !== undefined && isSameAt(last, first);
}

/** The pages that a list of `total` rows takes, and one behind it where the last would be full: a full page proves no end. */
export function pagesToProve(total: number): number {
  return Math.floor(Math.max(0, total - 1) / (pageSize - 1)) + 1;
}

/** Each row once, byte for byte; rows of one identity and other content are segments of one contact, and both stay, as does what could not be read. */
export function distinctRows(rows: readonly RowAt[]): readonly RowAt[] {
  const known = new Map<string, RowAt[]>();
  return rows.filter((row) => {
    const id = conversationIdAt(row);
    const alike = known.get(id);
    if (alike === undefined) known.set(id, [row]);
    else if (isReadable(row) && alike.some((each) => isSameAt(each, row))) return false;
    else alike.push(row);
    return true;
  });
}
