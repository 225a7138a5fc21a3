import type { Row } from '../../src/model/conversation.ts';
import type { Study } from './opening.ts';
import type { PageReply, Reply } from './reply.ts';
import { isPage } from './talk.ts';

/** The pages that order, seams and offsets are judged by. */
export type Pages = {
  /** Half a page out of the middle of the first one, its dates in ISO form. */
  readonly inIso: Reply;
  /** The same, in the usual form where ISO is refused. */
  readonly again: PageReply;
  /** From the last row of the first page on; null where there are no more rows. */
  readonly seam: Reply | null;
  /** From the last row of the list on. */
  readonly last: Reply;
  /** Pages at fixed offsets, asked only where the last row wasn't found. */
  readonly steps: readonly Reply[];
  /** The first page once more, asked only where the half had nothing of it. */
  readonly twin: Reply | null;
};

const stepOffsets = [101, 200, 1_000];

/** Reads the same list in other pieces: three calls where all is well, and up to four more where something isn't. Null where half a page is refused. */
export async function askPages({ talk, whole }: Study): Promise<Pages | null> {
  const pageDue = Math.min(whole.total, 100);
  const half = { offset: Math.floor(pageDue / 4), limit: Math.max(1, Math.floor(pageDue / 2)) };
  const inIso = await talk.ask({ ...half, form: 'iso' });
  const again = isPage(inIso) || talk.usual().form === 'iso' ? inIso : await talk.ask(half);
  if (!isPage(again)) return null;
  const size = whole.rows.length;
  const seam = size < whole.total && size > 1 ? await talk.ask({ offset: size - 1 }) : null;
  const counted = [whole, again, ...(seam !== null && isPage(seam) ? [seam] : [])].map(({ total }) => total);
  const lastOffset = Math.max(0, Math.min(...counted) - 1);
  const last = await talk.ask({ offset: lastOffset });
  const steps: Reply[] = [];
  if (size > 0 && isShort(last)) {
    for (const offset of stepOffsets.filter((each) => each < lastOffset)) {
      const step = await talk.ask({ offset });
      steps.push(step);
      if (isShort(step)) break;
    }
  }
  const isStrange = again.rows.length > 0 && shareOf(again.rows, whole.rows) < 0.3 && whole.total > 150;
  const twin = isStrange ? await talk.ask({}) : null;
  return { inIso, again, seam, last, steps, twin };
}

/** Whether a call got no rows where there are some. */
export function isShort(reply: Reply): boolean {
  return !isPage(reply) || reply.rows.length === 0;
}

/** Which share of some rows stands among others. */
export function shareOf(some: readonly Row[], others: readonly Row[]): number {
  const known = new Set(others.map(({ identity }) => identity));
  return some.length === 0 ? 0 : some.filter(({ identity }) => known.has(identity)).length / some.length;
}

/** Where a row stands; null if it doesn't. */
export function placeOf(rows: readonly Row[], row: Row | undefined): number | null {
  const place = row === undefined ? -1 : rows.findIndex(({ identity }) => identity === row.identity);
  return place < 0 ? null : place;
}

/** Whether rows follow each other as they do elsewhere from a place on, as far as that goes. */
export function isRun(rows: readonly Row[], run: readonly Row[], place: number): boolean {
  return run.every(({ identity }, index) => {
    const other = rows[place + index];
    return other === undefined || other.identity === identity;
  });
}
