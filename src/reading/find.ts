import type { Row } from '../model/conversation.ts';
import type { Tile } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { rowAt } from '../model/table.ts';
import type { Window } from '../model/window.ts';
import type { Begun } from './figures.ts';
import type { HeldTiles } from './held.ts';
import type { Located, Sought } from './located.ts';
import type { Pages } from './pages.ts';
import type { Scan } from './scan.ts';
import { rowsOfConversation } from './tile.ts';

/** What became of looking for a conversation. */
export type Found =
  /** All its segments in the newest slice that holds it, in the slice's order. */
  | { readonly kind: 'found'; readonly rows: readonly Row[] }
  /** The searched window was read whole, and doesn't hold it. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'not-located'; readonly retryAfterSeconds: number | null };

export type FindParts = {
  readonly pages: Pages;
  readonly held: HeldTiles;
  readonly located: Located;
  readonly scan: (question: ListQuestion) => Scan;
  readonly begun: Begun;
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
  const seen = await lookWhereSeen(sought, window, parts);
  if (seen.length > 0) return { kind: 'found', rows: seen };
  const scan = parts.scan({ window: window ?? defaultWindow, contactDirection: null, includeBelowThreshold: true });
  let [isWhole, retryAfterSeconds]: [boolean, number | null] = [true, null];
  for (const index of [...scan.slices.keys()].reverse()) {
    const report = await scan.read(index);
    const rows = rowsIn(report.tiles, sought);
    if (rows.length > 0) return { kind: 'found', rows };
    const { failure } = report;
    if (failure !== null && !report.isPending && failure.code !== 'UPSTREAM_INCONSISTENT') throw failure;
    isWhole &&= report.isWhole && report.tiles.every(({ unreadableCount }) => unreadableCount === 0);
    retryAfterSeconds = maxOf(retryAfterSeconds, report.retryAfterSeconds);
  }
  return isWhole ? { kind: 'absent' } : { kind: 'not-located', retryAfterSeconds };
}

/** What is held, as long as it is fresh enough, of the pages and spans that were seen: no call is made. */
async function lookWhereSeen(sought: Sought, window: Window | null, parts: FindParts): Promise<readonly Row[]> {
  const { located, held, pages, begun } = parts;
  const { isAfresh, patience } = begun.options;
  const isIn = (question: ListQuestion) => window === null || isWithin(question.window, window);
  const wanted = { notBeforeMs: isAfresh ? begun.atMs : 0, isAnyAge: false };
  for (const question of located.spans().filter(isIn)) {
    const { tiles } = await held.find(question, question.window, wanted, patience.signal);
    const rows = rowsIn(tiles, sought);
    if (rows.length > 0) return rows;
  }
  const sighting = located.page(sought);
  if (sighting === undefined || !isIn(sighting.question)) return [];
  const [page] = await pages.held([{ ...sighting, newerThan: isAfresh ? begun.sequence : 0 }], patience.signal);
  return page?.rows.filter((row) => isSought(row, sought)) ?? [];
}

function rowsIn(tiles: readonly Tile[], { by, id }: Sought): readonly Row[] {
  if (by === 'conversationId') return tiles.flatMap((tile) => rowsOfConversation(tile, id));
  return tiles.flatMap(({ table }) => {
    const { codes, values } = table.columns.customConversationId;
    const code = values.indexOf(id);
    if (code === -1) return [];
    return [...codes.entries()].filter(([, each]) => each === code).map(([index]) => rowAt(table, index));
  });
}

function isSought({ conversation }: Row, { by, id }: Sought): boolean {
  return conversation !== null && conversation[by] === id;
}

function isWithin(inner: Window, outer: Window): boolean {
  return outer.from <= inner.from && inner.until <= outer.until;
}

function maxOf(one: number | null, other: number | null): number | null {
  return one === null ? other : Math.max(one, other ?? one);
}
