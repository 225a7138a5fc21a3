import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permute } from './hash.ts';
import { dayMs, type RowRef, rowOfSerial } from './layout.ts';
import { countRows, type Order, type Selection, sliceRows } from './listing.ts';
import { insertRow, presentRow, removeRow } from './overlay.ts';
import { makeWorld, type World } from './world.ts';

const epochMs = Date.parse('2026-03-20T00:00:00Z');
const dayCount = 4;

/** A small world with rows inserted (some at one instant, some outside the laid-out days) and removed (some of the inserted too). */
function changedWorld(seed: number, listedPerDay: number): World {
  const world = makeWorld({ seed, epochMs, dayCount, listedPerDay, belowThresholdShare: 0.1 }, {});
  const inserted = Array.from({ length: 30 }, (_, index) =>
    insertRow(world.layout, world.overlay, {
      startMs: index < 12 ? epochMs + dayMs + 500 : epochMs + (index - 14) * 0.4 * dayMs,
      isBelowThreshold: index % 7 === 0,
    }),
  );
  for (const { serial } of inserted.filter((_, index) => index % 5 === 2))
    removeRow(world.layout, world.overlay, serial);
  for (let serial = 0; serial < world.layout.countPerDay * dayCount; serial += 9) {
    removeRow(world.layout, world.overlay, serial);
  }
  return world;
}

/** The same list by looking at every row there is. */
function bruteForce({ layout, overlay, data }: World, { classIndexes, fromMs, untilMs }: Selection): readonly RowRef[] {
  const all: RowRef[] = [];
  for (let serial = 0; serial < layout.countPerDay * dayCount + overlay.insertedCount; serial++) {
    const row = presentRow(layout, overlay, serial);
    if (row !== null && classIndexes.includes(row.classIndex) && row.startMs >= fromMs && row.startMs < untilMs)
      all.push(row);
  }
  const key = (row: RowRef) => data.idOf(row);
  return all.sort(
    (one, other) =>
      one.startMs - other.startMs ||
      (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : one.serial - other.serial),
  );
}

const selections = fc.record({
  classIndexes: fc.subarray([0, 1, 2, 3, 4, 5]),
  edges: fc.tuple(fc.integer({ min: -dayMs, max: 5 * dayMs }), fc.integer({ min: -dayMs, max: 5 * dayMs })),
});
const orders: readonly Order[] = [
  { kind: 'ascending' },
  { kind: 'descending' },
  { kind: 'ties-shuffled', tieMs: 3_600_000, requestKey: 5 },
  { kind: 'shuffled', requestKey: 5 },
];

test('counting and slicing agree with a look at every row, whatever the window, filter and order', () => {
  const worlds = [changedWorld(1, 40), changedWorld(2, 137), changedWorld(3, 3)];
  fc.assert(
    fc.property(
      fc.constantFrom(...worlds),
      selections,
      fc.constantFrom(...orders),
      fc.integer({ min: 1, max: 60 }),
      (world, { classIndexes, edges }, order, limit) => {
        const selection = { classIndexes, fromMs: epochMs + Math.min(...edges), untilMs: epochMs + Math.max(...edges) };
        const expected = bruteForce(world, selection);
        expect(countRows(world.data, selection)).toBe(expected.length);
        const pages: RowRef[] = [];
        for (let offset = 0; offset <= expected.length; offset += limit)
          pages.push(...sliceRows(world.data, selection, order, offset, limit));
        checkOrder(pages, expected, order);
      },
    ),
    { numRuns: 120, seed: 20260323 },
  );
});

function checkOrder(pages: readonly RowRef[], expected: readonly RowRef[], order: Order): void {
  const serials = (rows: readonly RowRef[]) => rows.map(({ serial }) => serial);
  if (order.kind === 'ascending' || order.kind === 'descending') {
    const inOrder = order.kind === 'ascending' ? expected : expected.toReversed();
    expect(serials(pages)).toEqual(serials(inOrder));
    return;
  }
  expect(serials(pages).sort()).toEqual(serials(expected).sort());
  if (order.kind === 'shuffled') return;
  const quanta = (rows: readonly RowRef[]) => rows.map(({ startMs }) => Math.floor(startMs / order.tieMs));
  expect(quanta(pages)).toEqual(quanta(expected));
}

test.for(['ties-shuffled', 'shuffled'] as const)('an order that is %s differs from request to request', (kind) => {
  const { data } = changedWorld(4, 500);
  const selection = { classIndexes: [0, 1, 2], fromMs: epochMs, untilMs: epochMs + dayMs };
  const slice = (requestKey: number) => sliceRows(data, selection, { kind, tieMs: 3_600_000, requestKey }, 100, 100);
  expect(slice(1)).toEqual(slice(1));
  expect(slice(1)).not.toEqual(slice(2));
});

test('a permutation takes each index to another place, and to each place one', () => {
  for (const size of [1, 2, 3, 100, 4097]) {
    const places = Array.from({ length: size }, (_, index) => permute(9, index, size));
    expect(places.sort((one, other) => one - other)).toEqual(Array.from({ length: size }, (_, index) => index));
  }
});

test.for([[1000], [1], [7], [250]])(
  'every full UTC day lists exactly as many rows as asked for: %i',
  ([listedPerDay = 0]) => {
    const { data } = makeWorld({ seed: 5, epochMs, dayCount: 40, listedPerDay, belowThresholdShare: 0.08 }, {});
    for (let day = 0; day < 40; day++) {
      const window = { fromMs: epochMs + day * dayMs, untilMs: epochMs + (day + 1) * dayMs };
      expect(countRows(data, { ...window, classIndexes: [0, 1, 2] })).toBe(listedPerDay);
      expect(countRows(data, { ...window, classIndexes: [3, 4, 5] })).toBe(Math.round(listedPerDay * 0.08));
    }
  },
);

test('ten million conversations are counted and cut like a thousand', () => {
  const world = makeWorld({ seed: 6, epochMs: 0, dayCount: 10_000, listedPerDay: 1000, belowThresholdShare: 0 }, {});
  const selection = { classIndexes: [0, 1, 2], fromMs: 0, untilMs: 10_000 * dayMs };
  expect(countRows(world.data, selection)).toBe(10_000_000);
  const rows = sliceRows(world.data, selection, { kind: 'ascending' }, 9_876_500, 100);
  expect(rows.map(({ startMs }) => Math.floor(startMs / dayMs))).toEqual(Array(100).fill(9876));
  expect(rows.map(({ serial }) => rowOfSerial(world.layout, serial))).toEqual(rows);
});
