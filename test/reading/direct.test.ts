import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Anchor, Range } from '../../src/model/range.ts';
import { planPages } from '../../src/reading/plan.ts';
import { idOf, MovingList, pageOf } from './list.ts';
import { type Outcome, Reader } from './reader.ts';

const seed = 20_261_122;
const question = { window: { from: 0, until: 86_400 }, contactDirection: null, includeBelowThreshold: false } as const;

type Asked = {
  readonly rowCount: number;
  readonly side: 'first' | 'last';
  readonly count: number;
  /** Fractions of the list, or null. */
  readonly after: number | null;
  readonly before: number | null;
};

const place = fc.option(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }));
const rowCount = fc.oneof(fc.nat(700), fc.constantFrom(0, 1, 2, 99, 100, 101, 198, 199, 200, 297, 298, 299));
const asked: fc.Arbitrary<Asked> = fc.record({
  rowCount,
  side: fc.constantFrom('first', 'last'),
  count: fc.oneof(fc.nat(500), fc.constantFrom(0, 1, 99, 100, 101, 500)),
  after: place,
  before: place,
});

describe('a range of a quiet list', () => {
  test('is cut as Relay says, tells truly whether there is more, and costs what was promised', () => {
    fc.assert(
      fc.property(asked, fc.boolean(), ({ rowCount, side, count, ...places }, isHolding) => {
        const list = new MovingList(rowCount);
        const anchors = anchorsOf(list);
        const at = (fraction: number | null) => (fraction === null ? null : Math.floor(fraction * rowCount));
        const [after, before] = rowCount === 0 ? [null, null] : [at(places.after), at(places.before)];
        const range: Range = { side, count, after: anchorAt(anchors, after), before: anchorAt(anchors, before) };
        const reader = new Reader((index, sequence) => list.read(index, sequence), isHolding);
        const expected = cut(list.ids, { side, count, after, before });
        expect(shown(reader.range(range))).toEqual(expected);
        expect(reader.callCount).toBeLessThanOrEqual(planPages([{ question, range, needsTotal: true }]).length);
        const { callCount } = reader;
        expect(shown(reader.range(range))).toEqual(expected);
        expect(reader.callCount).toBe(isHolding ? callCount : 2 * callCount);
      }),
      { seed, numRuns: 1_500 },
    );
  });

  test.for([
    ['first 100 of 1,000', 1000, 'first', 100, 1],
    ['first 500 of 1,000', 1000, 'first', 500, 6],
    ['first 500 of 130', 130, 'first', 500, 2],
    ['last 100 of 1,000', 1000, 'last', 100, 3],
    ['last 10 of 1,000', 1000, 'last', 10, 2],
    ['last 10 of 90', 90, 'last', 10, 1],
    ['last 500 of none', 0, 'last', 500, 1],
  ] as const)('takes its calls exactly: %s', ([, size, side, count, callCount]) => {
    const list = new MovingList(size);
    const reader = new Reader((index, sequence) => list.read(index, sequence), false);
    expect(reader.range({ side, count, after: null, before: null }).kind).toBe('done');
    expect(reader.callCount).toBe(callCount);
  });
});

test.for([
  ['first', 'after', 1],
  ['last', 'before', 1],
  ['first', 'before', 2],
  ['last', 'after', 2],
] as const)(
  'a list that has become empty is empty on either side of any cursor: %s %s, in %d calls at most',
  ([side, place, callsMax]) => {
    for (const at of [0, 50, 99, 150, 198, 299]) {
      const cursor = anchorAt(anchorsOf(new MovingList(300)), at);
      const range: Range = { side, count: 10, after: null, before: null, [place]: cursor };
      const reader = new Reader((index, sequence) => pageOf([], index, sequence), false);
      expect(shown(reader.range(range))).toEqual({ ids: [], hasPreviousPage: false, hasNextPage: false });
      expect(reader.callCount).toBeLessThanOrEqual(callsMax);
    }
  },
);

describe('a list whose order is not firm', () => {
  const shuffles = fc.record({
    rowCount: fc.integer({ min: 101, max: 450 }),
    side: fc.constantFrom('first' as const, 'last' as const),
    count: fc.integer({ min: 101, max: 500 }),
    /** How far a row may stray: one is a swap of neighbours. */
    reach: fc.constantFrom(1, 2, 10, 1000),
    swapCount: fc.integer({ min: 1, max: 60 }),
    randoms: fc.infiniteStream(fc.nat(1_000_000)),
  });

  test('is answered with as many different rows as were asked for, or not at all', () => {
    let [doneCount, refusedCount] = [0, 0];
    fc.assert(
      fc.property(shuffles, ({ rowCount, side, count, reach, swapCount, randoms }) => {
        const ids = Array.from({ length: rowCount }, (_, index) => `row-${index}`);
        const random = (below: number) => (randoms.next().value ?? 0) % below;
        const read = (index: number, sequence: number) => {
          for (let swap = 0; swap < swapCount; swap++) {
            const one = random(rowCount);
            const other = Math.min(rowCount - 1, one + 1 + random(reach));
            [ids[one], ids[other]] = [ids[other] ?? '', ids[one] ?? ''];
          }
          return pageOf(ids, index, sequence);
        };
        const outcome = new Reader(read, false).range({ side, count, after: null, before: null });
        if (outcome.kind !== 'done') {
          expect(['unstable', 'moving']).toContain(outcome.kind);
          refusedCount += 1;
          return;
        }
        doneCount += 1;
        const identities = outcome.answer.rows.map(idOf);
        expect(identities).toHaveLength(Math.min(count, rowCount));
        expect(new Set(identities).size).toBe(identities.length);
      }),
      { seed, numRuns: 1_500 },
    );
    expect(doneCount).toBeGreaterThan(50);
    expect(refusedCount).toBeGreaterThan(500);
  });

  test('refuses a cursor around which rows have changed places', () => {
    const list = new MovingList(60);
    const after = anchorAt(anchorsOf(list), 30);
    const turned = list.ids.toReversed();
    const reader = new Reader((index, sequence) => pageOf(turned, index, sequence), false);
    expect(reader.range({ side: 'first', count: 10, after, before: null }).kind).toBe('reordered');
    expect(reader.range({ side: 'last', count: 10, after: null, before: after }).kind).toBe('reordered');
  });
});

test.for(['first', 'last'] as const)(
  'a row that a response lists twice is one row, in whatever steps the list is walked: %s',
  (side) => {
    const ids = Array.from({ length: 150 }, (_, index) => `row-${index}`).flatMap((id, index) =>
      index % 40 === 7 ? [id, id] : [id],
    );
    for (const count of [1, 7, 30, 100, 500]) {
      const pages: (readonly string[])[] = [];
      let cursor: Anchor | null = null;
      for (let step = 0; step < 200; step++) {
        const reader = new Reader((index, sequence) => pageOf(ids, index, sequence), false);
        const places = side === 'first' ? { after: cursor, before: null } : { after: null, before: cursor };
        const outcome: Outcome = reader.range({ side, count, ...places });
        if (outcome.kind !== 'done') throw new Error(`a quiet list is ${outcome.kind}`);
        const { rows, hasNextPage, hasPreviousPage } = outcome.answer;
        pages.push(rows.map(idOf));
        cursor = (side === 'first' ? rows.at(-1) : rows[0])?.anchor() ?? cursor;
        if (!(side === 'first' ? hasNextPage : hasPreviousPage)) break;
        expect(rows).toHaveLength(count);
      }
      expect((side === 'first' ? pages : pages.reverse()).flat()).toEqual([...new Set(ids)]);
    }
  },
);

/** The anchor of every row, as one reading of the whole list gives them. */
function anchorsOf(list: MovingList): readonly Anchor[] {
  const reader = new Reader((index, sequence) => list.read(index, sequence), false);
  const outcome = reader.range({ side: 'first', count: list.ids.length, after: null, before: null });
  if (outcome.kind !== 'done') throw new Error(`a quiet list is ${outcome.kind}`);
  return outcome.answer.rows.map(({ anchor }) => anchor());
}

function anchorAt(anchors: readonly Anchor[], at: number | null): Anchor | null {
  return at === null ? null : (anchors[at] ?? null);
}

type Cut = { readonly ids: readonly string[]; readonly hasPreviousPage: boolean; readonly hasNextPage: boolean };

function shown(outcome: Outcome): Cut | string {
  if (outcome.kind !== 'done') return outcome.kind;
  const { rows, hasPreviousPage, hasNextPage } = outcome.answer;
  return { ids: rows.map(idOf), hasPreviousPage, hasNextPage };
}

/** Relay section 4.3 over a plain array. An empty answer stands where it was begun from. */
function cut(
  ids: readonly string[],
  {
    side,
    count,
    after,
    before,
  }: { side: 'first' | 'last'; count: number; after: number | null; before: number | null },
): Cut {
  const [from, until] = [after === null ? 0 : after + 1, before ?? ids.length];
  const [low, high] = side === 'first' ? [from, Math.max(from, until)] : [Math.min(from, until), until];
  const [start, end] = side === 'first' ? [low, Math.min(high, low + count)] : [Math.max(low, high - count), high];
  return { ids: ids.slice(start, end), hasPreviousPage: 0 < start, hasNextPage: end < ids.length };
}
