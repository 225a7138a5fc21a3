import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tile } from '../../src/model/ports.ts';
import { rowsAt } from '../../src/model/row-at.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { tileOfDirection, tileOf as tileOfSpan } from '../../src/reading/tile.ts';
import { contactDirection, conversation, inTableOrder, rowOf } from '../selection/arbitraries.ts';
import { days, listOf } from './world.ts';

const tileOf = (rows: Parameters<typeof tableOf>[0], facts: Partial<Tile> = {}): Tile => ({
  window: days(1),
  table: tableOf(rows),
  unreadableCount: 0,
  total: rows.length,
  readAt: 7,
  ...facts,
});
const stated = fc
  .tuple(conversation, contactDirection)
  .map(([each, direction]) => rowOf({ ...each, contactDirection: direction }));

test('the tile of one direction is that of the rows that state it', () => {
  fc.assert(
    fc.property(fc.array(stated, { maxLength: 24 }), contactDirection, (rows, direction) => {
      const those = rows.filter((row) => row.conversation?.contactDirection === direction);
      expect(tileOfDirection(tileOf(rows), direction)).toEqual(tileOf(those));
    }),
    { seed: 20_261_127, numRuns: 200 },
  );
});

test('there is none of one direction where a row states none, or could not be read', () => {
  const [row, silent] = fc.sample(stated, { seed: 20_261_127, numRuns: 2 });
  if (row === undefined || silent?.conversation === undefined || silent.conversation === null)
    throw new Error('no rows');
  const mute = rowOf({ ...silent.conversation, contactDirection: null });
  expect(tileOfDirection(tileOf([row]), 'INBOUND')).not.toBeNull();
  expect(tileOfDirection(tileOf([row, mute]), 'INBOUND')).toBeNull();
  expect(tileOfDirection(tileOf([row], { unreadableCount: 1 }), 'INBOUND')).toBeNull();
});

test('a tile has its rows in one order, in whichever they came, and however many are of one conversation', async () => {
  const turns = { share: async () => undefined };
  await fc.assert(
    fc.asyncProperty(fc.array(conversation, { maxLength: 40 }), fc.boolean(), async (all, isOne) => {
      const rows = all.map((each) => rowOf(isOne ? { ...each, conversationId: 'one' } : each));
      const span = {
        kind: 'whole',
        window: days(1),
        total: rows.length,
        readAt: 7,
        rows: rowsAt(tableOf(rows)),
      } as const;
      const question = { ...listOf(days(1)), includeBelowThreshold: true };
      expect(await tileOfSpan(span, question, turns)).toEqual(tileOf(inTableOrder(rows)));
    }),
    { seed: 20_261_127, numRuns: 200 },
  );
});
