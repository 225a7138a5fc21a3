import fc from 'fast-check';
import type { Anchor, PlacedRow, RangeAnswer } from '../../src/model/range.ts';
import { lastPage, pageAfter, pageBefore } from '../../src/reading/geometry.ts';
import { printOf } from '../../src/reading/view.ts';
import { type Change, idOf, MovingList } from './list.ts';
import { type Outcome, Reader } from './reader.ts';

export type Direction = 'forward' | 'backward';

/** One walk over a list, and what happens to the list meanwhile. */
export type Walk = {
  readonly rowCount: number;
  readonly pageSize: number;
  /** What happens before each operation after the first. */
  readonly between: readonly (readonly Change[])[];
  /** What happens before each page is read; when it is used up the list is quiet, so that the walk can end. */
  readonly during: readonly (readonly Change[])[];
  readonly isHolding: boolean;
};

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('insert', 'delete'),
  distance: fc.option(fc.integer({ min: -8, max: 8 }), { freq: 3 }),
  fraction: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 250 })),
});

export const walks: fc.Arbitrary<Walk> = fc.record({
  rowCount: fc.oneof(fc.nat(500), fc.constantFrom(1, 99, 100, 101, 199, 200, 298)),
  pageSize: fc.oneof(fc.integer({ min: 20, max: 250 }), fc.constantFrom(1, 2, 49, 98, 99, 100, 101, 198, 500)),
  between: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 8 }),
  during: fc.array(fc.array(change, { maxLength: 2 }), { maxLength: 10 }),
  isHolding: fc.boolean(),
});

/** What a walk saw. `ending` tells how it ended; `stayed` are the rows that were there from its beginning to its end. */
export type WalkOutcome = {
  readonly ending: 'end' | 'gone' | 'reordered' | 'unstable' | 'moving';
  readonly seen: readonly string[];
  readonly stayed: readonly string[];
  /** Whether the operation that failed found a quiet list. */
  readonly isQuiet: boolean;
  /** Whether the place of the last cursor is where a search looks. */
  readonly isFindable: boolean;
};

const operationsMax = 3_000;

/** Takes a walk from one end of the list to the other, in pages of one size, by the cursors of its answers. */
export function takeWalk({ rowCount, pageSize, between, during, isHolding }: Walk, direction: Direction): WalkOutcome {
  const list = new MovingList(rowCount);
  const isForward = direction === 'forward';
  const pages: string[][] = [];
  let edge: PlacedRow | undefined;
  let anchor: Anchor | null = null;
  let isQuiet = true;
  let readCount = 0;
  const disturb = (changes: readonly Change[] = []) => {
    for (const each of changes) list.change(each, edge?.identity ?? null);
  };
  const read = (index: number, sequence: number) => {
    const changes = during[readCount++];
    if (changes !== undefined && changes.length > 0) isQuiet = false;
    disturb(changes);
    return list.read(index, sequence);
  };
  const reader = new Reader(read, isHolding);
  const outcomeOf = (ending: WalkOutcome['ending']): WalkOutcome => ({
    ending,
    seen: (isForward ? pages : pages.reverse()).flat(),
    stayed: list.stayed,
    isQuiet,
    isFindable: anchor !== null && isFindable(anchor, list, direction),
  });
  for (let operation = 0; operation < operationsMax; operation++) {
    if (operation > 0) disturb(between[operation - 1]);
    isQuiet = true;
    const outcome: Outcome = isForward
      ? reader.range({ side: 'first', count: pageSize, after: anchor, before: null })
      : reader.range({ side: 'last', count: pageSize, after: null, before: anchor });
    if (outcome.kind !== 'done') return outcomeOf(outcome.kind);
    const { rows, hasNextPage, hasPreviousPage }: RangeAnswer = outcome.answer;
    pages.push(rows.map(idOf));
    edge = (isForward ? rows.at(-1) : rows[0]) ?? edge;
    anchor = edge?.anchor() ?? null;
    if (!(isForward ? hasNextPage : hasPreviousPage) || rows.length === 0) return outcomeOf('end');
  }
  throw new Error('the walk has no end');
}

/**
 * Whether a search must find the place: the anchor stands about where it stood or where the total's change points; or it is gone, and what
 * stood on either side of it (a row that the cursor remembers, or an end of the list) stands there, on one page or two neighbouring ones.
 */
function isFindable(anchor: Anchor, { ids }: MovingList, direction: Direction): boolean {
  const pageOf = direction === 'forward' ? pageBefore : pageAfter;
  const last = lastPage(ids.length);
  const places = [anchor.offset, anchor.offset + ids.length - anchor.total].map((place) =>
    Math.min(pageOf(place), last),
  );
  const prints = ids.map(printOf);
  const nearest = (remembered: readonly string[]) =>
    remembered.map((print) => prints.indexOf(print)).find((at) => at !== -1);
  const [at, predecessor, successor] = [[anchor.print], anchor.before, anchor.after].map(nearest);
  if (at === undefined && predecessor === undefined && successor === undefined) return false;
  const [from, until] = [at ?? predecessor ?? -1, at ?? successor ?? ids.length];
  const [lower, upper] = [pageBefore(from), pageAfter(until)];
  return upper - lower <= 1 && places.some((page) => lower <= page && page <= upper);
}
