import { hash, permute } from './hash.ts';
import { countBefore, type Layout, type RowRef, rowAt } from './layout.ts';
import { countSortedBefore, type Overlay } from './overlay.ts';

/** What the data is: laid out, then changed. `idOf` gives a row's conversation id, the tie-break of the stable order. */
export type Data = { readonly layout: Layout; readonly overlay: Overlay; readonly idOf: (row: RowRef) => string };

/** Rows of some classes that start in [fromMs, untilMs). */
export type Selection = { readonly classIndexes: readonly number[]; readonly fromMs: number; readonly untilMs: number };

/**
 * How a list is ordered (contract 3.1). `ascending`: start, then id. `descending`: its reverse. `ties-shuffled`: quanta of
 * `tieMs` ascend, rows within one are permuted anew for each `requestKey`. `shuffled`: all rows are.
 */
export type Order =
  | { readonly kind: 'ascending' }
  | { readonly kind: 'descending' }
  | { readonly kind: 'ties-shuffled'; readonly tieMs: number; readonly requestKey: number }
  | { readonly kind: 'shuffled'; readonly requestKey: number };

/** How many rows a selection holds; costs a few steps for each class, whatever the span. */
export function countRows(data: Data, { classIndexes, fromMs, untilMs }: Selection): number {
  if (untilMs <= fromMs) return 0;
  let count = 0;
  for (const index of classIndexes) count += countOfClass(data, index, untilMs) - countOfClass(data, index, fromMs);
  return count;
}

/** The rows [offset, offset + limit) of a selection in an order; costs a logarithm of the span and the rows themselves. */
export function sliceRows(
  data: Data,
  selection: Selection,
  order: Order,
  offset: number,
  limit: number,
): readonly RowRef[] {
  const total = countRows(data, selection);
  const from = Math.min(offset, total);
  const until = Math.min(offset + limit, total);
  if (from >= until) return [];
  switch (order.kind) {
    case 'ascending':
      return sliceQuanta(data, selection, { from, until, quantumMs: 1, compare: stably(data) });
    case 'descending':
      return sliceQuanta(data, selection, {
        from: total - until,
        until: total - from,
        quantumMs: 1,
        compare: stably(data),
      }).toReversed();
    case 'ties-shuffled': {
      const compare = anew(order.tieMs, order.requestKey);
      return sliceQuanta(data, selection, { from, until, quantumMs: order.tieMs, compare });
    }
    case 'shuffled':
      return Array.from({ length: until - from }, (_, index) => {
        const place = permute(order.requestKey, from + index, total);
        const slice = { from: place, until: place + 1, quantumMs: 1, compare: stably(data) };
        return sliceQuanta(data, selection, slice);
      }).flat();
  }
}

type Compare = (one: RowRef, other: RowRef) => number;

// Every row of the quanta that the slice touches, put in order, and cut.
function sliceQuanta(
  data: Data,
  selection: Selection,
  slice: { readonly from: number; readonly until: number; readonly quantumMs: number; readonly compare: Compare },
): readonly RowRef[] {
  const { quantumMs } = slice;
  const firstMs = startOfPlace(data, selection, slice.from);
  const lastMs = slice.until - slice.from === 1 ? firstMs : startOfPlace(data, selection, slice.until - 1);
  const fromMs = Math.max(selection.fromMs, Math.floor(firstMs / quantumMs) * quantumMs);
  const untilMs = Math.min(selection.untilMs, (Math.floor(lastMs / quantumMs) + 1) * quantumMs);
  const rows = rowsOf(data, { ...selection, fromMs, untilMs }).sort(slice.compare);
  const skipped = countRows(data, { ...selection, untilMs: fromMs });
  return rows.slice(slice.from - skipped, slice.until - skipped);
}

// The millisecond of the row at a place: the last one before which no more rows start than the place's number.
function startOfPlace(data: Data, selection: Selection, place: number): number {
  let low = selection.fromMs;
  let high = selection.untilMs - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countRows(data, { ...selection, untilMs: middle }) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

function rowsOf({ layout, overlay }: Data, { classIndexes, fromMs, untilMs }: Selection): RowRef[] {
  const rows: RowRef[] = [];
  for (const index of classIndexes) {
    const until = countBefore(layout, index, untilMs);
    for (let position = countBefore(layout, index, fromMs); position < until; position++) {
      const row = rowAt(layout, index, position);
      if (!overlay.removedSerials.has(row.serial)) rows.push(row);
    }
    const inserted = overlay.inserted[index] ?? [];
    for (const row of inserted.slice(countSortedBefore(inserted, fromMs), countSortedBefore(inserted, untilMs)))
      rows.push(row);
  }
  return rows;
}

function countOfClass({ layout, overlay }: Data, index: number, instantMs: number): number {
  const gone = countSortedBefore(overlay.removed[index], instantMs);
  return countBefore(layout, index, instantMs) - gone + countSortedBefore(overlay.inserted[index], instantMs);
}

function stably(data: Data): Compare {
  return (one, other) => {
    if (one.startMs !== other.startMs) return one.startMs - other.startMs;
    const [oneId, otherId] = [data.idOf(one), data.idOf(other)];
    if (oneId !== otherId) return oneId < otherId ? -1 : 1;
    return one.serial - other.serial;
  };
}

function anew(tieMs: number, requestKey: number): Compare {
  return (one, other) => {
    const quanta = Math.floor(one.startMs / tieMs) - Math.floor(other.startMs / tieMs);
    if (quanta !== 0) return quanta;
    return hash(requestKey, one.serial) - hash(requestKey, other.serial) || one.serial - other.serial;
  };
}
