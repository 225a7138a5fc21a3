import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Change, idOf, MovingList } from './list.ts';
import { Reader } from './reader.ts';

const parameters = { seed: 20_261_126, numRuns: 500 };

/** What happens before a page is read, for the most part around the row that the range must not pass. */
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('insert', 'delete'),
  distance: fc.option(fc.integer({ min: -2, max: 1 }), { freq: 3 }),
  fraction: fc.constantFrom(0, 0.2, 0.5, 1),
  count: fc.integer({ min: 1, max: 3 }),
});

const goneBefore: Change = { kind: 'delete', distance: -1, fraction: 0, count: 2 };

const ranges = fc.record({
  rowCount: fc.integer({ min: 150, max: 500 }),
  from: fc.double({ min: 0, max: 0.9, noNaN: true }),
  length: fc.integer({ min: 1, max: 250 }),
  side: fc.constantFrom('first', 'last'),
  during: fc.array(fc.option(change), { maxLength: 8 }),
});

test('rows that stay are returned between two cursors exactly when they stand there, whatever comes and goes meanwhile', () => {
  let doneCount = 0;
  fc.assert(
    fc.property(ranges, ({ rowCount, from, length, side, during }) => {
      const list = new MovingList(rowCount);
      const whole = readAll(list);
      const after = Math.floor(from * rowCount);
      const before = Math.min(rowCount - 1, after + length);
      const bound = side === 'first' ? before : after;
      let readCount = 0;
      const read = (index: number, sequence: number) => {
        const each = during[readCount++];
        if (each) list.change(each, `row-${bound}`);
        return list.read(index, sequence);
      };
      const range = {
        side,
        count: 500,
        after: whole[after]?.anchor() ?? null,
        before: whole[before]?.anchor() ?? null,
      };
      const outcome = new Reader(read, false).range(range);
      if (outcome.kind !== 'done') return;
      doneCount += 1;
      const stays = new Set(list.stayed);
      const returned = outcome.answer.rows.map(idOf).filter((id) => stays.has(id));
      const between = whole.slice(after + 1, before).map(idOf);
      expect(returned).toEqual(between.filter((id) => stays.has(id)));
    }),
    {
      ...parameters,
      // The row of the further cursor goes between the reading that finds it and the one that comes to it.
      examples: [[{ rowCount: 201, from: 0, length: 199, side: 'first', during: [null, null, goneBefore] }]],
    },
  );
  expect(doneCount).toBeGreaterThan(0.7 * parameters.numRuns);
});

/** All rows, with their anchors. */
function readAll(list: MovingList) {
  const reader = new Reader((index, sequence) => list.read(index, sequence), false);
  const outcome = reader.range({ side: 'first', count: list.ids.length, after: null, before: null });
  if (outcome.kind !== 'done') throw new Error(`a quiet list is ${outcome.kind}`);
  return outcome.answer.rows;
}
