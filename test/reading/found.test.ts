import { expect, test } from 'vitest';
import type { Change } from './list.ts';
import { type Direction, takeWalk, type Walk } from './walk.ts';

const rows = (kind: Change['kind'], count: number, distance: number | null = null, fraction = 0): Change => ({
  kind,
  count,
  distance,
  fraction,
});
const quiet: Walk = { rowCount: 0, pageSize: 1, between: [], during: [], isHolding: false };

/** Walks that the properties once found to break the law that is their title. */
test.for<[law: string, direction: Direction, walk: Partial<Walk>]>([
  [
    'a join does not go back to a reading that ends with the row it came from',
    'forward',
    {
      rowCount: 37,
      pageSize: 101,
      during: [[rows('insert', 218)], [rows('insert', 99)], [rows('delete', 195), rows('insert', 2)]],
    },
  ],
  [
    'a neighbour on one side alone does not prove that the row of a cursor is gone',
    'forward',
    {
      during: [[rows('insert', 101)], [rows('insert', 25, 0), rows('insert', 75)], [rows('insert', 99, 0)]],
      isHolding: true,
    },
  ],
  [
    'the place of a deleted row is found over the seam of two pages, whichever of them is looked at first',
    'backward',
    { rowCount: 1, pageSize: 100, between: [[rows('delete', 5, 0)]], during: [[rows('insert', 105)]] },
  ],
  [
    'held pages that no longer fit together are no sign of an order that is not firm',
    'backward',
    {
      rowCount: 298,
      pageSize: 198,
      between: [[rows('insert', 165)]],
      during: [[], [rows('insert', 3)], [], [rows('insert', 275)], [rows('insert', 151)]],
      isHolding: true,
    },
  ],
])('%s', ([, direction, walk]) => {
  const { ending, seen, stayed } = takeWalk({ ...quiet, ...walk }, direction);
  const stays = new Set(stayed);
  expect(ending).toBe('end');
  expect(seen.filter((id) => stays.has(id))).toEqual(stayed);
  expect(new Set(seen).size).toBe(seen.length);
});
