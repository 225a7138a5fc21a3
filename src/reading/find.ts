import type { Row } from '../model/conversation.ts';
import type { HeldPage, Tile } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { rowAt, type Table } from '../model/table.ts';
import type { Window } from '../model/window.ts';
import { type Begun, noteFresh } from './figures.ts';
import type { HeldSpan, HeldTiles } from './held.ts';
import type { Located, Sighting, Sought } from './located.ts';
import type { Pages } from './pages.ts';
import type { Scan } from './scan.ts';
import type { Sighted } from './sighted.ts';
import { compareRows, rowsOfConversation } from './tile.ts';

/** What became of looking for a conversation. */
export type Found =
  /** All its segments in the newest slice that holds it, in the slice's order. */
  | { readonly kind: 'found'; readonly rows: readonly Row[] }
  /** The searched window was read whole, and doesn't hold it. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'not-located'; readonly retryAfterSeconds: number | null };

export type FindParts = {
  readonly pages: Pages;
  readonly seen: SeenSpans;
  readonly located: Located;
  readonly scan: (question: ListQuestion) => Scan;
  readonly begun: Begun;
  /** What isn't seen is not there: looking goes on as if it had not been met. */
  readonly sighted: Sighted;
};

/**
 * Looks for a conversation where it was last seen, then in the window day by day, newest first, until it is found. It is absent only when every day
 * was read whole. `window` null: wherever it was seen, else in `defaultWindow`. Throws a failure of the upstream that asking again can't mend.
 */
export async function findConversation(
  sought: Sought,
  window: Window | null,
  defaultWindow: Window,
  parts: FindParts,
): Promise<Found> {
  // It may be seen elsewhere a moment later.
  noteFresh(parts.begun.figures, 0);
  const seen = await lookWhereSeen(sought, window, parts);
  if (seen.length > 0) return { kind: 'found', rows: seen };
  const scan = parts.sighted.scan(parts.scan(searchedList(window ?? defaultWindow)));
  let [isWhole, retryAfterSeconds]: [boolean, number | null] = [true, null];
  for (const index of [...scan.slices.keys()].reverse()) {
    const report = await scan.read(index);
    const rows = rowsInTiles(report.tiles, sought);
    if (rows.length > 0) return { kind: 'found', rows };
    const { failure } = report;
    if (failure !== null && !report.isPending && failure.code !== 'UPSTREAM_INCONSISTENT') throw failure;
    isWhole &&= report.isWhole && report.tiles.every(({ unreadableCount }) => unreadableCount === 0);
    retryAfterSeconds = maxOf(retryAfterSeconds, report.retryAfterSeconds);
  }
  return isWhole ? { kind: 'absent' } : { kind: 'not-located', retryAfterSeconds };
}

/** The list that a conversation is looked for in: that of every row. */
export function searchedList(window: Window): ListQuestion {
  return { window, contactDirection: null, includeBelowThreshold: true };
}

/** What is held of spans that were seen, as long as it is fresh enough: no call is made. */
export type SeenSpans = {
  /** `near`: what this process holds of it; `far`: where that isn't all of it, what is held anywhere. */
  tilesOf(span: ListQuestion, reach: 'near' | 'far'): Promise<readonly Tile[]>;
};

/** The spans of one operation: each is found once, however many conversations it looks for. */
export function createSeenSpans(held: HeldTiles, { options, atMs }: Begun): SeenSpans {
  const { isAfresh, patience } = options;
  const wanted = { notBeforeMs: isAfresh ? atMs : 0, isAnyAge: false };
  const found = {
    near: new WeakMap<ListQuestion, Promise<HeldSpan>>(),
    all: new WeakMap<ListQuestion, Promise<HeldSpan>>(),
  };
  const find = (span: ListQuestion, reach: 'near' | 'all'): Promise<HeldSpan> => {
    const known = found[reach].get(span) ?? held.find(span, span.window, wanted, patience.signal, reach);
    found[reach].set(span, known);
    return known;
  };
  return {
    async tilesOf(span, reach) {
      const near = await find(span, 'near');
      if (reach === 'near') return near.tiles;
      return near.gaps.length === 0 ? [] : (await find(span, 'all')).tiles;
    },
  };
}

/** What is held, as long as it is fresh enough, of the pages and spans that were seen: no call is made. */
async function lookWhereSeen(sought: Sought, window: Window | null, parts: FindParts): Promise<readonly Row[]> {
  const { located, seen, pages, begun, sighted } = parts;
  const { isAfresh, patience } = begun.options;
  const isIn = (question: ListQuestion) => window === null || isWithin(question.window, window);
  const spans = located.spans().filter(isIn);
  const lookInSpans = async (reach: 'near' | 'far'): Promise<readonly Row[]> => {
    for (const span of spans) {
      const rows = rowsInTiles((await seen.tilesOf(span, reach)).map(sighted.tile), sought);
      if (rows.length > 0) return rows;
    }
    return [];
  };
  const newerThan = isAfresh ? begun.sequence : 0;
  const lookOnPages = async (sightings: readonly Sighting[]): Promise<readonly Row[]> => {
    const wants = sightings.filter(({ question }) => isIn(question)).map((sighting) => ({ ...sighting, newerThan }));
    return rowsOnPages(await pages.held(wants, patience.signal), sought, sighted);
  };
  const near = await lookInSpans('near');
  if (near.length > 0) return near;
  const here = await lookOnPages(located.pages(sought));
  if (here.length > 0) return here;
  const elsewhere = await located.elsewhere(sought, patience.signal);
  const there = elsewhere === undefined ? [] : await lookOnPages([elsewhere]);
  return there.length > 0 ? there : await lookInSpans('far');
}

/**
 * The rows of a conversation on some pages, in the order of a slice. Where two show the same segment, the later reading
 * counts. A custom id may be that of several conversations: of the page that was seen last.
 */
function rowsOnPages(pages: readonly (HeldPage | undefined)[], sought: Sought, { sees }: Sighted): readonly Row[] {
  const seen = pages.flatMap((page) => {
    const rows = page === undefined ? [] : rowsIn([page], sought).filter(sees);
    return page === undefined || rows.length === 0 ? [] : [{ rows, sequence: page.sequence }];
  });
  if (sought.by === 'customConversationId') return seen[0]?.rows ?? [];
  const rows: Row[] = [];
  for (const later of seen.sort((one, other) => other.sequence - one.sequence)) {
    const known = new Set(rows.map(({ identity }) => identity));
    rows.push(...later.rows.filter(({ identity }) => !known.has(identity)));
  }
  return rows.sort(compareRows);
}

function rowsInTiles(tiles: readonly Tile[], sought: Sought): readonly Row[] {
  if (sought.by === 'customConversationId') return rowsIn(tiles, sought);
  return tiles.flatMap((tile) => rowsOfConversation(tile, sought.id));
}

/** The rows of a conversation in some tables, in their order. */
function rowsIn(tables: readonly { readonly table: Table }[], { by, id }: Sought): readonly Row[] {
  return tables.flatMap(({ table }) => {
    if (by === 'conversationId') return rowsWith(table, table.conversationIds, id);
    const { codes, values } = table.columns.customConversationId;
    const code = values.indexOf(id);
    // Most tables don't know it, and it is looked for in many.
    return code === -1 ? [] : rowsWith(table, codes, code);
  });
}

/** The rows of a table that could be read and have a value, of the values of all of them. */
function rowsWith<T>(table: Table, values: ArrayLike<T>, value: T): readonly Row[] {
  const rows: Row[] = [];
  for (let index = 0; index < values.length; index++)
    if (values[index] === value && !table.unreadable.has(index)) rows.push(rowAt(table, index));
  return rows;
}

function isWithin(inner: Window, outer: Window): boolean {
  return outer.from <= inner.from && inner.until <= outer.until;
}

function maxOf(one: number | null, other: number | null): number | null {
  return one === null ? other : Math.max(one, other ?? one);
}
