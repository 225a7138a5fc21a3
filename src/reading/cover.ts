import type { TileHead } from '../model/ports.ts';
import type { Window } from '../model/window.ts';

/** A span as held tiles and the gaps between them: together they touch, never overlap, and are the span. */
export type Cover = { readonly held: readonly Window[]; readonly gaps: readonly Window[] };

/** A gap costs a call at least, however short: as much as this many seconds of it. */
const gapSeconds = 7_200;
/** Reading on into another tile is dearer than one tile for all. */
const tileSeconds = 1;

type Way = { readonly cost: number; readonly before: number; readonly isHeld: boolean };

/**
 * The cheapest way to have a whole span, given the tiles that are held within it: what is held costs next to nothing, what is not its length and a
 * fixed price for each gap. A shortest path over the edges of tiles.
 */
export function coverSpan(span: Window, heads: readonly Pick<TileHead, 'window'>[]): Cover {
  const tiles = heads
    .map(({ window }) => window)
    .filter(({ from, until }) => span.from <= from && until <= span.until && from < until);
  const edges = [...new Set([span.from, span.until, ...tiles.flatMap(({ from, until }) => [from, until])])];
  edges.sort((one, other) => one - other);
  const ways = new Map<number, Way>([[span.from, { cost: 0, before: span.from, isHeld: true }]]);
  const offer = (from: number, until: number, price: number, isHeld: boolean): void => {
    const cost = (ways.get(from)?.cost ?? Number.POSITIVE_INFINITY) + price;
    if (cost < (ways.get(until)?.cost ?? Number.POSITIVE_INFINITY)) ways.set(until, { cost, before: from, isHeld });
  };
  const tilesFrom = Map.groupBy(tiles, ({ from }) => from);
  // Of all edges so far the one from which a gap is the cheapest, wherever it ends: so each edge is looked at once.
  let gapFrom = { edge: span.from, cost: Number.POSITIVE_INFINITY };
  for (const edge of edges) {
    offer(gapFrom.edge, edge, gapSeconds + edge - gapFrom.edge, false);
    const cost = (ways.get(edge)?.cost ?? Number.POSITIVE_INFINITY) - edge;
    if (cost < gapFrom.cost) gapFrom = { edge, cost };
    for (const { until } of tilesFrom.get(edge) ?? []) offer(edge, until, tileSeconds, true);
  }
  return follow(span, ways);
}

/** The way back from the end of the span. */
function follow(span: Window, ways: ReadonlyMap<number, Way>): Cover {
  const held: Window[] = [];
  const gaps: Window[] = [];
  for (let at = span.until; span.from < at; ) {
    const way = ways.get(at);
    if (way === undefined) throw new RangeError('every edge is reached by a gap');
    (way.isHeld ? held : gaps).unshift({ from: way.before, until: at });
    at = way.before;
  }
  return { held, gaps };
}
