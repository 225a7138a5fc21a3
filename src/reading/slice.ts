import type { Calendar } from '../model/calendar.ts';
import type { Clock, Turns } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Account } from './account.ts';
import { type Begun, noteFresh } from './figures.ts';
import type { HeldSpan, HeldTiles, Reach } from './held.ts';
import { reportOf, type SliceReport } from './report.ts';
import type { Scanner } from './scanner.ts';
import { partsAt } from './split.ts';

/** A list that an operation will scan. */
export type ScanDemand = {
  readonly question: ListQuestion;
  /** Where its slices must be cut too, such as at another zone's midnights: seconds since 1970. */
  readonly cuts: readonly number[];
  /** Whether all its slices will be read: then lists of one direction wait for that of both, and often cost nothing. */
  readonly needsAll?: boolean;
};

export type ScansParts = {
  readonly scanner: Scanner;
  readonly held: HeldTiles;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly callsPerOperationMax: number;
};

/** What one slice is read with. */
export type SliceParts = ScansParts & {
  readonly begun: Begun;
  readonly account: Account;
  /** Where it is cut for the sake of other fields. */
  readonly cuts: readonly number[];
  /** Where it must be cut: no tile may lie across one of these. */
  readonly borders: readonly number[];
  /** Waits for what may spare the reading; says whether there was such. */
  waitForBoth(): Promise<boolean>;
};

/**
 * Reads one slice (`question.window`): what is held of it, and what isn't from the upstream; if that fails, what is held however old. What is held
 * and no longer fresh is read again behind the answer, as long as a call is free.
 */
export async function readSlice(question: ListQuestion, parts: SliceParts): Promise<SliceReport> {
  const { held, scanner, clock, begun } = parts;
  const { options, figures } = begun;
  const slice = question.window;
  // What is held is answered though the deadline is over.
  const signal = options.patience.signal.aborted ? new AbortController().signal : options.patience.signal;
  const find = async (isAnyAge: boolean, reach: Reach = 'all'): Promise<HeldSpan> => {
    const wanted = { notBeforeMs: options.isAfresh ? begun.atMs : 0, isAnyAge };
    // An operation may have thousands of slices, and looks for all of them at once.
    await parts.turns.share();
    const spans = partsAt(slice, parts.borders);
    return inOrder(await Promise.all(spans.map((span) => held.find(question, span, wanted, signal, reach))));
  };
  let found = await find(false);
  if (found.gaps.length > 0 && (await parts.waitForBoth())) found = await find(false);
  // Before a call is paid.
  if (found.gaps.length > 0) found = await find(false, 'patient');
  if (scanner.nextCallAt() <= clock.elapsed()) {
    for (const window of found.stale) scanner.readBehind({ question: { ...question, window }, newerThan: 0 });
  }
  const gaps = found.gaps.flatMap((gap) => partsAt(gap, parts.cuts));
  const outcomes = await Promise.all(gaps.map((window) => parts.account.read({ ...question, window })));
  const old = options.isAfresh || outcomes.every(({ isWhole }) => isWhole) ? null : await find(true);
  const waitSeconds = Math.max(1, Math.ceil((scanner.nextCallAt() - clock.elapsed()) / 1000));
  const report =
    old?.gaps.length === 0
      ? reportOf(slice, old.tiles, [], waitSeconds)
      : reportOf(slice, found.tiles, outcomes, waitSeconds);
  figures.heldTileCount += (old?.gaps.length === 0 ? old : found).tiles.length;
  for (const tile of report.tiles) {
    figures.rowCount += tile.table.rowCount;
    noteFresh(figures, held.freshUntilMs(tile));
  }
  if (!report.isWhole) noteFresh(figures, 0);
  return report;
}

/** What is held of spans that follow one another, as of one. */
function inOrder(spans: readonly HeldSpan[]): HeldSpan {
  return {
    tiles: spans.flatMap(({ tiles }) => tiles),
    stale: spans.flatMap(({ stale }) => stale),
    gaps: spans.flatMap(({ gaps }) => gaps),
  };
}
