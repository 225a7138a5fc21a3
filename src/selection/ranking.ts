import { compareText, compareValues, type OrderDirection, type OrderValue } from './order.ts';
import { type KeyRange, type More, moreThan } from './page.ts';

/** Where something that has an id stands in a ranking. `value` is null for all where they are listed by id. */
export type RankKey = { readonly value: OrderValue; readonly id: string };

export type RankedPage<Entry> = More & { readonly entries: readonly Entry[] };

/**
 * The entries of a range in order of their values, nulls last either way, ties ascending by id. Ids are unique. Pages join to the whole list, as
 * those of `pickRows` do.
 */
export function rankEntries<Entry extends RankKey>(
  entries: readonly Entry[],
  direction: OrderDirection,
  { after, before, side, count }: KeyRange<RankKey>,
): RankedPage<Entry> {
  const compare = (one: RankKey, other: RankKey): number =>
    compareValues(one.value, other.value, direction) || compareText(one.id, other.id);
  const sorted = entries.toSorted(compare);
  const isPastAfter = (entry: RankKey): boolean => after === null || 0 < compare(entry, after);
  const isShortOfBefore = (entry: RankKey): boolean => before === null || compare(entry, before) < 0;
  const between = sorted.filter((entry) => isPastAfter(entry) && isShortOfBefore(entry));
  const page = side === 'first' ? between.slice(0, count) : between.slice(Math.max(0, between.length - count));
  const census = {
    total: sorted.length,
    pastAfter: sorted.filter(isPastAfter).length,
    shortOfBefore: sorted.filter(isShortOfBefore).length,
    between: between.length,
  };
  return { entries: page, ...moreThan(page.length, side, census) };
}
