/**
 * The arithmetic of pages. Page p holds the rows [99p, 99p + 100) of a list: neighbours share one row, the seam, so a row and its
 * successor always stand on one page, and pages read at different moments can be joined where their seam is the same row.
 */
export const pageSize = 100;
export const pageStride = pageSize - 1;

/** The offset of a page's first row. */
export function offsetOfPage(index: number): number {
  return index * pageStride;
}

/** The page that holds a row and its successor. */
export function pageBefore(offset: number): number {
  return Math.floor(Math.max(offset, 0) / pageStride);
}

/** The page that holds a row and its predecessor; the first page for the first row. */
export function pageAfter(offset: number): number {
  return Math.floor(Math.max(offset - 1, 0) / pageStride);
}

/** The page that holds the last row of a list of `total` rows, and as many rows before it as a page can. */
export function lastPage(total: number): number {
  return Math.max(0, Math.ceil((total - pageSize) / pageStride));
}

/** The fewest pages that hold all rows of [from, until), in order. Empty when the span is. */
export function pagesOf(from: number, until: number): readonly number[] {
  if (until <= from) return [];
  const first = pageBefore(from);
  const last = Math.max(first, lastPage(until));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
