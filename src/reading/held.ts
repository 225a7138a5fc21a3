import type { Calendar } from '../model/calendar.ts';
import type { Clock, Store, StoreReads, Tile, TileHead } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { isSameWindow, type Window } from '../model/window.ts';
import { type Ages, createAges } from './ages.ts';
import { coverSpan } from './cover.ts';
import { type FreshnessSettings, freshnessMs } from './freshness.ts';
import { keyOfFilters } from './pages.ts';
import { tileOfDirection } from './tile.ts';

/** What is held of a span: tiles in time order, of which some should be read again, and the gaps between them. */
export type HeldSpan = {
  readonly tiles: readonly Tile[];
  readonly stale: readonly Window[];
  readonly gaps: readonly Window[];
};

/** Which tiles are good enough. */
export type Wanted = {
  /** Read at this moment or later, in milliseconds since 1970. */
  readonly notBeforeMs: number;
  /** However old, as long as nothing better can be had. */
  readonly isAnyAge: boolean;
};

/** How far is looked: in this process; in all that is held; or there, waiting for a slow store too, for a call would be made at once for what isn't found. */
export type Reach = 'near' | 'all' | 'patient';

/** The tiles of one scope. */
export type HeldTiles = {
  find(question: ListQuestion, span: Window, wanted: Wanted, signal: AbortSignal, reach?: Reach): Promise<HeldSpan>;
  keep(question: ListQuestion, tile: Tile): void;
  /** Until when a tile is fresh by the moment when it was read, in milliseconds since 1970. */
  freshUntilMs(tile: TileHead): number;
  /** How old the oldest part of a span is, confirmed or read, as a part of how old it may be; Infinity if not all of it is held. */
  age(question: ListQuestion, span: Window, signal: AbortSignal): Promise<number>;
  /** A tile was found to be as it was read, at a moment in milliseconds since 1970: it counts as fresh from then on, though it shows what it was. */
  confirm(question: ListQuestion, tile: Tile, atMs: number): void;
};

export type HeldTilesParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly scope: string;
  readonly freshness: FreshnessSettings;
  /** Told of each tile when it is proven, and when it is first found. */
  readonly onTile: (tile: Tile, question: ListQuestion) => void;
};

/** A tile is served without a word while it is fresh, and while it is refreshed behind until it is so many times as old. */
const staleFactor = 10;

/** What a store holds of proven spans. Answers a question for one direction from both where that is sound. */
export function createHeldTiles({ store, clock, calendar, scope, freshness, onTile }: HeldTilesParts): HeldTiles {
  const known = new WeakSet<Tile>();
  const learn = (tile: Tile, question: ListQuestion): void => {
    if (!known.has(tile)) onTile(tile, question);
    known.add(tile);
  };
  const listOf = (question: ListQuestion) => `${scope}|${keyOfFilters(question)}`;
  const ages = createAges(clock, calendar, freshness);

  const findOwn: Find = async (reads, question, span, { notBeforeMs, isAnyAge }, signal) => {
    const list = listOf(question);
    const heads = await reads.findTiles(list, span, signal);
    const isGood = (head: TileHead) =>
      notBeforeMs <= head.readAt && (ages.of(head) < staleFactor || (isAnyAge && !ages.isOutrun(head)));
    const { held, gaps } = coverSpan(span, heads.filter(isGood));
    const found = await reads.readTiles(list, held, signal);
    // Where a newer one was found than could be read, the older one may not be good enough.
    const tiles = found.filter((tile) => tile !== undefined).filter(isGood);
    for (const tile of tiles) learn(tile, question);
    // What has gone since it was found is a gap like any other.
    const read = new Set(tiles.map(({ window }) => window.from));
    const lost = held.filter(({ from }) => !read.has(from));
    return {
      tiles,
      stale: tiles.filter((tile) => 1 <= ages.unconfirmed(list, tile)).map(({ window }) => window),
      gaps: [...gaps, ...lost].sort((one, other) => one.from - other.from),
    };
  };

  const findAny = orOfBoth(findOwn, (question, tile) => store.writeTile(listOf(question), tile));
  return {
    async find(question, span, wanted, signal, reach = 'all') {
      const near = await findAny(store.near, question, span, wanted, signal);
      if (near.gaps.length === 0 || reach === 'near') return near;
      return await findAny(reach === 'patient' ? store.patient : store, question, span, wanted, signal);
    },
    freshUntilMs: ({ window, readAt }) => readAt + freshnessMs(window, readAt, calendar, freshness),
    keep(question, tile) {
      store.writeTile(listOf(question), tile);
      learn(tile, question);
    },
    async age(question, span, signal) {
      const list = listOf(question);
      return oldestAge(await store.patient.findTiles(list, span, signal), span, list, ages);
    },
    confirm: (question, tile, atMs) => ages.confirm(listOf(question), tile, atMs),
  };
}

function oldestAge(heads: readonly TileHead[], span: Window, list: string, ages: Ages): number {
  const { held, gaps } = coverSpan(
    span,
    heads.filter((head) => ages.of(head) < staleFactor),
  );
  if (gaps.length > 0) return Number.POSITIVE_INFINITY;
  const isUsed = ({ window }: TileHead) => held.some((each) => isSameWindow(each, window));
  return Math.max(...heads.filter(isUsed).map((head) => ages.unconfirmed(list, head)));
}

/** What `findOwn` finds; for a question for one direction, what it finds for both where that is all of it, and is kept as tiles of their own. */
function orOfBoth(findOwn: Find, keep: (question: ListQuestion, tile: Tile) => void): Find {
  return async (reads, question, span, wanted, signal) => {
    const own = await findOwn(reads, question, span, wanted, signal);
    const { contactDirection } = question;
    if (own.gaps.length === 0 || contactDirection === null) return own;
    const both = await findOwn(reads, { ...question, contactDirection: null }, span, wanted, signal);
    if (both.gaps.length > 0) return own;
    const tiles = both.tiles.map((tile) => tileOfDirection(tile, contactDirection)).filter((tile) => tile !== null);
    if (tiles.length < both.tiles.length) return own;
    for (const tile of tiles) keep(question, tile);
    return { tiles, stale: [], gaps: [] };
  };
}

type Find = (
  reads: StoreReads,
  question: ListQuestion,
  span: Window,
  wanted: Wanted,
  signal: AbortSignal,
) => Promise<HeldSpan>;
