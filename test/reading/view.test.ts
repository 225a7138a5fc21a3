import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeldPage } from '../../src/model/ports.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { printOf, viewPage } from '../../src/reading/view.ts';
import { conversationOf, madeRows } from '../model/sample.ts';
import { rowOf, rows } from '../selection/arbitraries.ts';

function pageWith(all: Parameters<typeof tableOf>[0]): HeldPage {
  return { index: 0, table: tableOf(all), total: all.length, readAt: 0, sequence: 1 };
}

describe('a page as an operation sees it', () => {
  test('has the rows that it was read with, and neither one behind the last nor one before the first', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const page = viewPage(pageWith(all), false);
        expect(page.rows()).toEqual(all);
        expect(all.map((_, index) => page.row(index))).toEqual(all);
        expect([page.row(all.length), page.row(-1)]).toEqual([undefined, undefined]);
      }),
      { seed: 20_261_127, numRuns: 200 },
    );
  });

  test('shows each of its rows as one object to all who look at it, and the same page read again as others', () => {
    const all = ['a', 'b'].map((conversationId) => rowOf(conversationOf({ conversationId })));
    const held = pageWith(all);
    const [one, other, again] = [viewPage(held, false), viewPage(held, true), viewPage(pageWith(all), false)];
    const [first, second] = [one.row(0), other.row(1)];
    expect([other.row(0), other.rows()[0]].every((row) => row === first)).toBe(true);
    expect([one.row(1), one.rows()[1]].every((row) => row === second)).toBe(true);
    expect(again.row(0)).toEqual(first);
    expect(again.row(0)).not.toBe(first);
  });

  test('tells the prints of its rows, and which of them stand before, byte for byte; what could not be read repeats nothing', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const page = viewPage(pageWith([...all, ...all]), false);
        expect(page.prints()).toEqual(madeRows(page).map(({ identity }) => printOf(identity)));
        const texts = [...all, ...all].map((row) => JSON.stringify(row));
        const repeats = texts.flatMap((text, index) => {
          const isReadable = all[index % all.length]?.conversation !== null;
          return isReadable && texts.indexOf(text) < index ? [index] : [];
        });
        expect([...page.repeats()]).toEqual(repeats);
      }),
      { seed: 20_261_127, numRuns: 200 },
    );
  });
});
