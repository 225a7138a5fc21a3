import type { RangeOf } from '../../paging/range.ts';
import { type PickedRows, pickRows } from '../../selection/keyset.ts';
import { createPlaceOrder, type Place, type RowOrder } from '../../selection/order.ts';
import type { More } from '../../selection/page.ts';
import type { Part } from '../../selection/place.ts';
import type { Folding } from './fold.ts';
import type { SliceRows } from './rows.ts';

export type PlaceRange = RangeOf<Place>;

/**
 * The rows of a range among those of one slice. An empty page stands where it was asked for: behind `after`, or from the back before `before`, and there is
 * more on either side of that.
 */
export function pickSlice(slice: SliceRows, order: RowOrder, range: PlaceRange): PickedRows {
  return pickParts(partsOf(slice), order, range);
}

/** The rows of a range among those of many slices: the same as if they were one. */
export async function pickSlices(
  slices: readonly SliceRows[],
  order: RowOrder,
  range: PlaceRange,
  { inBatches }: Folding,
): Promise<PickedRows> {
  const { compare } = createPlaceOrder(order);
  // Every batch finds a whole page of its own, so greater pages want greater batches.
  const share = Math.max(1, range.count / pageRowsPerBatch);
  const rowCountOf = ({ selected }: SliceRows) =>
    selected.reduce((sum, { indices }) => sum + indices.length / share, 0);
  // All tables of a slice together: equal rows of one slice are told apart by counting them.
  const picks = await inBatches(slices, rowCountOf, (batch) => pickParts(batch.flatMap(partsOf), order, range));
  const all = picks.flatMap(({ rows }) => rows).sort((one, other) => compare(one.place, other.place));
  const rows = range.side === 'first' ? all.slice(0, range.count) : all.slice(Math.max(0, all.length - range.count));
  const isCut = rows.length < all.length;
  return {
    rows,
    hasMoreBefore: (range.side === 'last' && isCut) || picks.some(({ hasMoreBefore }) => hasMoreBefore),
    hasMoreAfter: (range.side === 'first' && isCut) || picks.some(({ hasMoreAfter }) => hasMoreAfter),
  };
}

/** So many rows of a page are found at the cost of looking at a batch of rows. */
const pageRowsPerBatch = 100;

function pickParts(parts: readonly Part[], order: RowOrder, range: PlaceRange): PickedRows {
  return pickPage((one) => pickRows(parts, order, one), range);
}

function partsOf({ index, selected }: SliceRows): readonly Part[] {
  return selected.map((each) => ({ slice: index, selected: each }));
}

/** A page of rows or of entries; where none is wanted, what there is around it is found by a page of one. */
export function pickPage<Page extends More & { readonly rows: readonly unknown[] }, Place>(
  pick: (range: RangeOf<Place>) => Page,
  range: RangeOf<Place>,
): Page {
  if (0 < range.count) return pick(range);
  const page = pick({ ...range, count: 1 });
  const isSome = page.rows.length === 1;
  return {
    ...page,
    rows: [],
    hasMoreBefore: page.hasMoreBefore || (isSome && range.side === 'last'),
    hasMoreAfter: page.hasMoreAfter || (isSome && range.side === 'first'),
  };
}
