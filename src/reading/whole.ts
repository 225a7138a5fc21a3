import type { Row } from '../model/conversation.ts';
import { type Boundary, offsetAt, type Spot, type ViewedPage } from './view.ts';

/**
 * Whether what was collected over several pages is whole as far as it can be told: no row twice, and where no page counts another total, as
 * many rows as lie between its ends. Where the order is firm both hold by themselves.
 */
export function isWhole({
  spots,
  start,
  end,
}: {
  readonly spots: readonly Spot[];
  readonly start: Boundary;
  readonly end: Boundary;
}): boolean {
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

/** Whether a row stands in both. Rows of one identity and other content are segments of one contact, and not the same row. */
export function sharesRow(seen: readonly Row[], others: readonly Row[]): boolean {
  const byIdentity = new Map(seen.map((row) => [row.identity, row]));
  return others.some((row) => {
    const known = byIdentity.get(row.identity);
    return known !== undefined && isSameRow(known, row);
  });
}

function isSameRow(one: Row, other: Row): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
