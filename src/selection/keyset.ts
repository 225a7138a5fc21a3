import { createPlaceOrder, orderValues, type Place, type PlaceOrder, type RowOrder } from './order.ts';
import { type Census, type KeyRange, type More, moreThan } from './page.ts';
import { type Part, type PlacedIndex, spotOf } from './place.ts';

export type PickedRows = More & { readonly rows: readonly PlacedIndex[] };

/**
 * The rows of a range, in the list's order. Pages of any size, forwards or backwards, join to the whole list, whatever other rows come and go in
 * between, and even if the row of the key itself goes. The flags look at all rows of the parts.
 */
export function pickRows(parts: readonly Part[], order: RowOrder, range: KeyRange<Place>): PickedRows {
  const places = createPlaceOrder(order);
  const best = createBest(range, places);
  const census = { total: 0, pastAfter: 0, shortOfBefore: 0, between: 0 };
  // The best are likely met first this way round, so that few of the others are ever kept.
  for (const part of range.side === 'first' ? parts : parts.toReversed()) {
    visitPart(parts, part, { order, range, places, best, census });
  }
  const rows = best.take().map(({ table, index, place }) => {
    const { slice, value, conversationId, identity, ordinal } = place;
    return { table, index, place: { slice, value, conversationId, identity, ordinal } };
  });
  return { rows, ...moreThan(rows.length, range.side, census) };
}

type Visit = {
  readonly order: RowOrder;
  readonly range: KeyRange<Place>;
  readonly places: PlaceOrder;
  readonly best: Best;
  readonly census: { -readonly [Name in keyof Census]: number };
};

/** Counts the rows of a part and offers those of the range. */
function visitPart(
  parts: readonly Part[],
  part: Part,
  { order, range: { after, before, side }, places, best, census }: Visit,
): void {
  const { table, indices } = part.selected;
  const valueAt = orderValues(table, order);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[side === 'first' ? at : indices.length - 1 - at] ?? 0;
    const value = valueAt(index);
    const conversationId = table.conversationIds[index] ?? '';
    const compareTo = (place: Place): number =>
      places.compareHead(part.slice, value, conversationId, place) ||
      places.compare(spotOf(parts, part, index, value).place, place);
    const isPastAfter = after === null || 0 < compareTo(after);
    const isShortOfBefore = before === null || compareTo(before) < 0;
    if (isPastAfter) census.pastAfter += 1;
    if (isShortOfBefore) census.shortOfBefore += 1;
    if (!isPastAfter || !isShortOfBefore) continue;
    census.between += 1;
    if (best.admits(compareTo)) best.add(spotOf(parts, part, index, value));
  }
  census.total += indices.length;
}

/** The best `count` of what was added: the least for the side `first`, the greatest for `last`. */
type Best = {
  /** Whether something that compares so may be among the best. */
  admits(compareTo: (place: Place) => number): boolean;
  add(spot: PlacedIndex): void;
  /** The best, in the list's order. */
  take(): readonly PlacedIndex[];
};

/** So many more than wanted are kept before they are sorted and cut, so that sorting is rare. */
const spareCount = 64;

function createBest({ side, count }: KeyRange<Place>, { compare }: PlaceOrder): Best {
  const sign = side === 'first' ? 1 : -1;
  let kept: PlacedIndex[] = [];
  let worst: Place | null = null;
  const cut = (): void => {
    kept = kept.sort((one, other) => sign * compare(one.place, other.place)).slice(0, count);
    worst = kept.length < count ? null : (kept.at(-1)?.place ?? null);
  };
  return {
    admits: (compareTo) => 0 < count && (worst === null || sign * compareTo(worst) < 0),
    add(spot) {
      kept.push(spot);
      if (2 * count + spareCount <= kept.length) cut();
    },
    take() {
      cut();
      return side === 'first' ? kept : kept.toReversed();
    },
  };
}
