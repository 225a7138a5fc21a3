import { Failure } from '../errors.ts';
import type { Tile } from '../model/ports.ts';
import type { Window } from '../model/window.ts';
import { areSameRows, type SpanOutcome } from './tile.ts';

/** What is known of one slice: a day of the gateway's zone, cut at the window's edges. */
export type SliceReport = {
  readonly window: Window;
  /** Proven spans of it, in time order; together the whole slice if and only if it is whole. */
  readonly tiles: readonly Tile[];
  readonly isWhole: boolean;
  /** Not whole, but asking again can complete it. */
  readonly isPending: boolean;
  /** What the upstream counts in it; null until all of it was asked. */
  readonly total: number | null;
  readonly retryAfterSeconds: number | null;
  /** Why it isn't whole; null if it is. */
  readonly failure: Failure | null;
};

/** The report of a slice from what was held of it and what came of the rest; `waitSeconds`: after how long a call could be had. */
export function reportOf(
  window: Window,
  held: readonly Tile[],
  outcomes: readonly SpanOutcome[],
  waitSeconds: number,
): SliceReport {
  const tiles = [...held, ...outcomes.flatMap((outcome) => outcome.tiles)];
  tiles.sort((one, other) => one.window.from - other.window.from);
  const totals = [...held, ...outcomes].map(({ total }) => total);
  const failure = worstOf(outcomes);
  const isPending = failure !== null && canPass(failure);
  return {
    window,
    tiles,
    isWhole: failure === null,
    isPending,
    total: totals.reduce<number | null>((sum, total) => (sum === null || total === null ? null : sum + total), 0),
    retryAfterSeconds: isPending ? (failure.retryAfterSeconds ?? waitSeconds) : null,
    failure,
  };
}

/** Of the failures of a slice's parts the one that decides whether asking again makes sense. */
function worstOf(outcomes: readonly SpanOutcome[]): Failure | null {
  const failures = outcomes.flatMap(({ failure }) => (failure === null ? [] : [failure]));
  return failures.find(canPass) ?? failures[0] ?? null;
}

function canPass({ code }: Failure): boolean {
  return passing.has(code);
}

const passing: ReadonlySet<Failure['code']> = new Set([
  'UPSTREAM_BUDGET_EXHAUSTED',
  'DEADLINE_EXCEEDED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
]);

/** Whether two slices show the same rows: then neither is what was asked for. */
export function areRepeats(one: SliceReport, other: SliceReport): boolean {
  const [tile, otherTile] = [one.tiles[0], other.tiles[0]];
  return tile !== undefined && otherTile !== undefined && areSameRows(tile, otherTile);
}

/** The report of a slice whose rows are of other days: nothing of it is shown. */
export function refused(report: SliceReport): SliceReport {
  const failure = new Failure(
    'UPSTREAM_INCONSISTENT',
    'The upstream returned the same conversations for different days',
    {
      reason: datesIgnored,
    },
  );
  return { ...report, tiles: [], isWhole: false, isPending: false, retryAfterSeconds: null, failure };
}

/** Whether any slice shows that the upstream doesn't heed dates. */
export function areDatesIgnored(reports: readonly SliceReport[]): boolean {
  return reports.some(({ failure }) => failure?.reason === datesIgnored);
}

const datesIgnored = 'DATES_IGNORED';
