import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Window } from '../../src/model/window.ts';
import { type Cover, coverSpan } from '../../src/reading/cover.ts';

const span = { from: 0, until: 40_000 };
const instant = fc.integer({ min: -4, max: 44 }).map((tenth) => tenth * 1_000);
const tiles = fc.array(
  fc.tuple(instant, instant).map(([from, until]) => ({ window: { from, until } })),
  { maxLength: 7 },
);

/** As much as two hours of it for each gap, and its length; next to nothing for each tile. */
function priceOf({ held, gaps }: Cover): number {
  return held.length + gaps.reduce((sum, { from, until }) => sum + 7_200 + until - from, 0);
}

/** The least price from an instant on, by trying all ways. */
function leastPrice(from: number, windows: readonly Window[], edges: readonly number[]): number {
  if (from === span.until) return 0;
  const onward = windows
    .filter((window) => window.from === from)
    .map(({ until }) => 1 + leastPrice(until, windows, edges));
  const gaps = edges
    .filter((edge) => from < edge)
    .map((edge) => 7_200 + edge - from + leastPrice(edge, windows, edges));
  return Math.min(...onward, ...gaps);
}

test('tiles and gaps touch, are the span, and are the cheapest of all ways to have it', () => {
  fc.assert(
    fc.property(tiles, (heads) => {
      const cover = coverSpan(span, heads);
      const parts = [...cover.held, ...cover.gaps].sort((one, other) => one.from - other.from);
      expect(parts[0]?.from).toBe(span.from);
      expect(parts.at(-1)?.until).toBe(span.until);
      for (const [at, { from }] of parts.entries()) if (at > 0) expect(from).toBe(parts[at - 1]?.until);
      for (const held of cover.held) expect(heads.map(({ window }) => window)).toContainEqual(held);
      const windows = heads
        .map(({ window }) => window)
        .filter(({ from, until }) => 0 <= from && from < until && until <= span.until);
      const edges = [...new Set([span.until, ...windows.flatMap(({ from, until }) => [from, until])])];
      expect(priceOf(cover)).toBe(leastPrice(span.from, windows, edges));
    }),
    { seed: 20_261_126, numRuns: 300 },
  );
});

test('thousands of tiles cost no more than a look at each', () => {
  const many = Array.from({ length: 40_000 }, (_, at) => ({ window: { from: at, until: at + 1 } }));
  expect(coverSpan(span, many)).toEqual({ held: many.map(({ window }) => window), gaps: [] });
});
