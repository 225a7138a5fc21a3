import type { Window } from '../model/window.ts';
import type { Profile } from './profile.ts';

/** How full a part is meant to be: fuller ones too often hold more than a response can. */
const fillShare = 0.7;

/** Parts that one step of splitting may make. */
const partsMax = 1_000;

/**
 * Cuts a span that holds `total` rows into parts that one response each can probably hold. The parts touch and don't overlap. Null: the span is one
 * second, which can't be cut. `midnight` is that of the span's day, in seconds since 1970 as all instants here.
 */
export function splitSpan(
  { from, until }: Window,
  { total, responseSize, midnight, profile }: SplitFacts,
): readonly Window[] | null {
  if (until - from <= 1) return null;
  const wanted = Math.ceil(total / Math.max(1, Math.floor(responseSize * fillShare)));
  const partCount = Math.min(Math.max(2, wanted), until - from, partsMax);
  const learned = profile.cut(from - midnight, until - midnight, partCount).map((cut) => cut + midnight);
  return partsAt({ from, until }, learned.length > 0 ? learned : [Math.floor((from + until) / 2)]);
}

/** The same parts, each but the last longer by a second; two seconds can't be parted so, and stay as they are. */
export function overlapping(span: Window, parts: readonly Window[]): readonly Window[] {
  if (span.until - span.from <= 2) return parts;
  return parts.map(({ from, until }) => ({ from, until: Math.min(until + 1, span.until) }));
}

export type SplitFacts = {
  readonly total: number;
  readonly responseSize: number;
  readonly midnight: number;
  readonly profile: Profile;
};

/** The parts of a span between cuts, which ascend; cuts outside it are none. */
export function partsAt({ from, until }: Window, cuts: readonly number[]): readonly Window[] {
  const edges = [from, ...cuts.slice(firstFrom(cuts, from + 1), firstFrom(cuts, until)), until];
  return edges.slice(1).map((edge, at) => ({ from: edges[at] ?? from, until: edge }));
}

/** The index of the first cut at or after an instant: a window may have thousands, of which a slice has few. */
function firstFrom(cuts: readonly number[], at: number): number {
  let [from, until] = [0, cuts.length];
  while (from < until) {
    const middle = Math.floor((from + until) / 2);
    if ((cuts[middle] ?? at) < at) from = middle + 1;
    else until = middle;
  }
  return from;
}
