import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Tile } from '../model/ports.ts';
import { rowAt } from '../model/table.ts';
import type { HeldTiles } from './held.ts';
import type { RawPage } from './pages.ts';
import { pagesToProve } from './proof.ts';
import type { SpanParts, SpanWant } from './span.ts';
import { rowsOfConversation, type SpanOutcome, wholeOutcome } from './tile.ts';
import { isSameRow } from './view.ts';

export type RecheckParts = {
  readonly held: HeldTiles;
  readonly calendar: Calendar;
  readonly page: SpanParts['page'];
  readonly signal: AbortSignal;
};

/**
 * What spares reading a span again. Another may have read it meanwhile. Or its days were over when it was read, and its first page, read now, counts as many
 * rows and shows none that isn't held: then it is as good as new, for one call, until it is ten times as old as it may be. Null: it must be read. That first
 * page is held then, and isn't asked for twice.
 */
export async function recheck(want: SpanWant, parts: RecheckParts): Promise<SpanOutcome | null> {
  // Who wants it newer than some reading wants all of it newer.
  if (want.newerThan > 0) return null;
  const { question } = want;
  const wanted = { notBeforeMs: 0, isAnyAge: false };
  const { tiles, stale, gaps } = await parts.held.find(question, question.window, wanted, parts.signal, 'patient');
  const [tile] = tiles;
  if (tile === undefined || gaps.length > 0) return null;
  if (stale.length === 0) return wholeOutcome(tiles);
  // A span of one page is proven anew by the same call.
  if (tiles.length > 1 || pagesToProve(tile.total) === 1 || !isOver(tile, parts.calendar)) return null;
  try {
    const { page } = await parts.page(question.window, 0, false);
    if (!agrees(tile, page)) return null;
    parts.held.confirm(question, tile, page.readAt);
    return wholeOutcome(tiles);
  } catch (error) {
    if (error instanceof Failure) return { tiles: [], isWhole: false, total: null, failure: error };
    throw error;
  }
}

/** Whether the last day of a tile was over when it was read. */
function isOver({ window, readAt }: Tile, calendar: Calendar): boolean {
  return calendar.startOfDayAfter(window.until - 1, 1) * 1000 <= readAt;
}

/** Whether a page that was read after a tile tells nothing else: as many rows, and each of those that it shows as it is held. */
function agrees(tile: Tile, page: RawPage): boolean {
  if (page.failure !== null || page.readAt <= tile.readAt || page.total !== tile.total) return false;
  const { table } = page;
  if (table.unreadable.size > 0) return false;
  return table.conversationIds.every((id, index) => {
    const row = rowAt(table, index);
    return rowsOfConversation(tile, id).some((each) => isSameRow(each, row));
  });
}
