import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderDirection } from '../../src/selection/order.ts';
import type { KeyRange } from '../../src/selection/page.ts';
import { type RankedPage, type RankKey, rankEntries } from '../../src/selection/ranking.ts';

const parameters = { seed: 20_261_125, numRuns: 3_000 };

const id = fc.constantFrom('a', 'b', 'c', 'd', 'aa', '', '\u{1F600}', '\uE000', '__proto__');
const number = fc.constantFrom(null, 0, 0.1, -3, 7);
const text = fc.constantFrom(null, '', 'B', 'a', '\u{1F600}', '\uE000');
const ranked = (value: typeof number | typeof text) =>
  fc.record({
    entries: fc.uniqueArray(fc.record({ id, value }), { selector: (entry) => entry.id }),
    after: fc.option(fc.record({ id, value }), { freq: 2 }),
    before: fc.option(fc.record({ id, value }), { freq: 2 }),
  });
const ranking = fc.oneof(ranked(number), ranked(text));
const direction = fc.constantFrom('ASC', 'DESC');
const side = fc.constantFrom('first', 'last');

describe('ranked entries', () => {
  test.for<[direction: OrderDirection, ids: string]>([
    ['ASC', 'low1 low2 high none1 none2'],
    ['DESC', 'high low1 low2 none1 none2'],
  ])('come by value, nulls last either way, ties ascending by id: %s', ([direction, ids]) => {
    const values = { none2: null, low2: 1, high: 2, none1: null, low1: 1 };
    const all = Object.entries(values).map(([id, value]) => ({ id, value }));
    const { entries } = rankEntries(all, direction, { after: null, before: null, side: 'first', count: 9 });
    expect(entries.map((entry) => entry.id).join(' ')).toBe(ids);
  });

  test('are a slice of the sorted whole, also at keys of entries that are gone', () => {
    fc.assert(
      fc.property(ranking, direction, side, fc.nat(4), ({ entries, after, before }, direction, side, count) => {
        const sorted = entries.toSorted((one, other) => compare(one, other, direction));
        const isPast = (entry: RankKey, key: RankKey | null) => key === null || compare(entry, key, direction) > 0;
        const isShort = (entry: RankKey, key: RankKey | null) => key === null || compare(entry, key, direction) < 0;
        const between = sorted.filter((entry) => isPast(entry, after) && isShort(entry, before));
        const page = side === 'first' ? between.slice(0, count) : between.slice(Math.max(0, between.length - count));
        expect(rankEntries<RankKey>(entries, direction, { after, before, side, count })).toEqual({
          entries: page,
          hasMoreBefore: sorted.some((entry) => isShort(entry, page.at(0) ?? before)),
          hasMoreAfter: sorted.some((entry) => isPast(entry, page.at(-1) ?? after)),
        });
      }),
      parameters,
    );
  });

  test('are each walked over once, from either end, in whatever steps', () => {
    const count = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(ranking, direction, side, count, ({ entries }, direction, side, count) => {
        const pages: (readonly RankKey[])[] = [];
        let key: RankKey | null = null;
        for (let isMore = true; isMore; ) {
          expect(pages.length).toBeLessThan(20);
          const range: KeyRange<RankKey> = {
            after: side === 'first' ? key : null,
            before: side === 'last' ? key : null,
            side,
            count,
          };
          const page: RankedPage<RankKey> = rankEntries<RankKey>(entries, direction, range);
          pages.push(page.entries);
          key = page.entries.at(side === 'first' ? -1 : 0) ?? key;
          isMore = side === 'first' ? page.hasMoreAfter : page.hasMoreBefore;
        }
        const walked = (side === 'first' ? pages : pages.toReversed()).flat();
        expect(walked).toEqual(entries.toSorted((one, other) => compare(one, other, direction)));
      }),
      parameters,
    );
  });
});

/** A naive reading of the order. */
function compare(one: RankKey, other: RankKey, direction: OrderDirection): number {
  if (one.value === other.value) return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
  if (one.value === null || other.value === null) return one.value === null ? 1 : -1;
  const isLess = one.value < other.value;
  return (direction === 'ASC' ? isLess : !isLess) ? -1 : 1;
}
