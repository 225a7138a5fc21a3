import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastPage, offsetOfPage, pageAfter, pageBefore, pageSize, pagesOf } from '../../src/reading/geometry.ts';

const parameters = { seed: 20_261_122, numRuns: 2_000 };
const offset = fc.nat(1_000_000);
const span = fc
  .tuple(offset, fc.integer({ min: 1, max: 3_000 }))
  .map(([from, length]) => [from, from + length] as const);

const holds = (index: number, row: number) => offsetOfPage(index) <= row && row < offsetOfPage(index) + pageSize;

test.for([
  [0, 0],
  [1, 1],
  [99, 1],
  [100, 1],
  [101, 2],
  [130, 2],
  [199, 2],
  [200, 3],
  [500, 6],
  [1000, 11],
] as const)('the first %i rows take %i pages', ([rowCount, pageCount]) => {
  expect(pagesOf(0, rowCount)).toHaveLength(pageCount);
});

describe('the pages of a span', () => {
  test('hold every row of it, and each row beside its successor', () => {
    fc.assert(
      fc.property(span, fc.nat(), ([from, until], pick) => {
        const pages = pagesOf(from, until);
        const row = from + (pick % (until - from));
        expect(pages.some((index) => holds(index, row))).toBe(true);
        if (row + 1 < until) expect(pages.some((index) => holds(index, row) && holds(index, row + 1))).toBe(true);
      }),
      parameters,
    );
  });

  test('are neighbours in order, and none of them can be spared', () => {
    fc.assert(
      fc.property(span, ([from, until]) => {
        const pages = pagesOf(from, until);
        expect(pages).toEqual(pages.map((_, at) => (pages[0] ?? 0) + at));
        const isWanted = (first: number, last: number) => holds(first, from) && holds(last, until - 1);
        expect(isWanted(pages[0] ?? -1, pages.at(-1) ?? -1)).toBe(true);
        if (pages.length === 1) return;
        expect(holds((pages[0] ?? 0) + 1, from), 'the first can not be spared').toBe(false);
        expect(holds((pages.at(-1) ?? 0) - 1, until - 1), 'the last can not be spared').toBe(false);
      }),
      parameters,
    );
  });

  test.for([
    [5, 5],
    [7, 3],
    [0, 0],
  ] as const)('are none where the span is empty: [%i, %i)', ([from, until]) => {
    expect(pagesOf(from, until)).toEqual([]);
  });
});

describe('the page of a row', () => {
  test('before a row holds it and its successor', () => {
    fc.assert(
      fc.property(offset, (row) => {
        expect([holds(pageBefore(row), row), holds(pageBefore(row), row + 1)]).toEqual([true, true]);
      }),
      parameters,
    );
  });

  test('after a row holds it and its predecessor', () => {
    fc.assert(
      fc.property(offset, (row) => {
        expect([holds(pageAfter(row), row), holds(pageAfter(row), Math.max(0, row - 1))]).toEqual([true, true]);
      }),
      parameters,
    );
  });

  test('at the end of a list holds the last row, and none comes after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (total) => {
        expect(holds(lastPage(total), total - 1)).toBe(true);
        expect(lastPage(total) === 0 || !holds(lastPage(total) - 1, total - 1)).toBe(true);
      }),
      parameters,
    );
    expect(lastPage(0)).toBe(0);
  });

  test.for([-1, -99, -1_000_000])('of an offset before the list is the first page: %i', (row) => {
    expect([pageBefore(row), pageAfter(row)]).toEqual([0, 0]);
  });
});
