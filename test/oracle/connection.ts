import { eitherWay, Fitting, PageOf, someInstant, upTo } from './expected.ts';

/** A half-open span, as the SDL's TimeWindow states it. */
export type Window = { readonly from: string; readonly until: string };

/** Where a cursor that was handed out stands: at which item of its list, and in which window. */
export type Places = Map<string, { readonly index: number; readonly window: Window }>;

export type PageArgs = {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
};

const pageSizeDefault = 25;

/** Which items of a list a page holds: [from, until), by Relay's words. */
export function pageBounds(size: number, { first, after, last, before }: PageArgs, places: Places) {
  const low = after === null || after === undefined ? 0 : placeOf(places, after).index + 1;
  const high = before === null || before === undefined ? size : placeOf(places, before).index;
  const count = first ?? last ?? pageSizeDefault;
  const isFromBack = (first === null || first === undefined) && last !== null && last !== undefined;
  const from = isFromBack ? Math.max(low, high - count) : Math.min(low, size);
  const until = isFromBack ? high : Math.min(high, low + count);
  return { from, until: Math.max(from, until) };
}

/** What one item of a list shows in an edge, beside its cursor. */
export type Item = { readonly node: unknown; readonly [field: string]: unknown };

/** A connection over a whole list of `size`: edges, nodes, pageInfo and totalCount. */
export function connectionOf(list: {
  readonly size: number;
  readonly item: (index: number) => Item;
  /** The row's own id, by which it is known before all of it is compared. */
  readonly nameAt: (index: number) => string;
  readonly args: PageArgs;
  readonly places: Places;
  readonly isOrdered: boolean;
  readonly isOrderFirm: boolean;
}) {
  const { size, item, nameAt, args, places, isOrdered, isOrderFirm } = list;
  const { from, until } = pageBounds(size, args, places);
  const cursorAt = (index: number) => (from === until ? null : cursorOf(index));
  // Behind a cursor of a list without an order there may be more rows than expected, or fewer.
  const isSized = isOrderFirm || ((args.after ?? null) === null && (args.before ?? null) === null);
  const page = { size, from, until, isOrdered, isSized, nameAt };
  return {
    edges: new PageOf({ ...page, item: (index) => ({ cursor: cursorOf(index), ...item(index) }) }),
    nodes: new PageOf({ ...page, item: (index) => item(index).node }),
    pageInfo: isSized
      ? {
          hasNextPage: until < size,
          hasPreviousPage: from > 0,
          startCursor: cursorAt(from),
          endCursor: cursorAt(until - 1),
        }
      : { hasNextPage: eitherWay, hasPreviousPage: eitherWay, startCursor: maybeCursor, endCursor: maybeCursor },
    totalCount: size,
  };
}

function cursorOf(index: number): Fitting {
  return new Fitting({
    saying: `the cursor of item ${index}`,
    fits: (actual) => typeof actual === 'string' && actual !== '',
  });
}

const maybeCursor = new Fitting({
  saying: 'a cursor, or null',
  fits: (actual) => actual === null || (typeof actual === 'string' && actual !== ''),
  sample: null,
});

/** What there is to read for a question. */
export type Extent = {
  readonly daysExpected: number;
  /** All rows of the window. */
  readonly rowCountMax: number;
  /** Those of them that the upstream lists under the question's own two filters; null where that isn't certain. */
  readonly rowCount: number | null;
  /** Whether the filter may be one that nothing can match, and that needs no reading. */
  readonly mayNeedNone: boolean;
};

/** Coverage of an answer that is whole, though not all of the window had to be read for it. */
export function partlyReadCoverage({ daysExpected, rowCountMax }: Extent) {
  return {
    complete: true,
    daysExpected,
    daysRead: upTo(daysExpected),
    conversationsRead: upTo(rowCountMax),
    conversationsExpected: upTo(rowCountMax, true),
    asOf: someInstant,
    retryAfterSeconds: null,
  };
}

/** Coverage of an answer for which all of the window was read, unless the filter spared it. */
export function wholeCoverage(extent: Extent) {
  const { daysExpected, rowCount, mayNeedNone } = extent;
  if (rowCount === null) return partlyReadCoverage(extent);
  const exactly = (count: number) =>
    new Fitting({
      saying: `${count}${mayNeedNone ? ', or none' : ''}`,
      fits: (actual) => actual === count || (mayNeedNone && (actual === 0 || actual === null)),
      sample: count,
    });
  return {
    ...partlyReadCoverage(extent),
    daysRead: exactly(daysExpected),
    conversationsRead: exactly(rowCount),
    conversationsExpected: exactly(rowCount),
  };
}

/** The place of a cursor; one that was never handed out is a fault of the asker. */
export function placeOf(places: Places, cursor: string) {
  const place = places.get(cursor);
  if (place === undefined) throw new RangeError('a cursor that was never handed out');
  return place;
}
