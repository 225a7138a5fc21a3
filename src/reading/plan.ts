import type { ListQuestion, Range } from '../model/range.ts';
import { offsetOfPage, pageAfter, pageBefore, pageSize, pagesOf } from './geometry.ts';
import { keyOfQuestion } from './pages.ts';
import type { ListDemand } from './read.ts';

/** A page that an operation may read. */
export type PlannedPage = { readonly question: ListQuestion; readonly index: number };

/**
 * The most pages that an operation reads of quiet lists, each once, however many of its fields want it: its price, known before a call is
 * made. Pages that are held cost nothing, and lists that are shorter than asked for cost less.
 */
export function planPages(demands: readonly ListDemand[]): readonly PlannedPage[] {
  const planned = new Map<string, PlannedPage>();
  for (const { question, range, needsTotal } of demands) {
    const indices = range === null ? (needsTotal ? [0] : []) : pagesOfRange(range);
    for (const index of indices) planned.set(`${keyOfQuestion(question)}|${index}`, { question, index });
  }
  return [...planned.values()];
}

function pagesOfRange({ side, count, after, before }: Range): readonly number[] {
  // A cursor on the far side is looked for too, wherever it stands.
  const afterPages = after === null ? [] : [pageBefore(after.offset)];
  const beforePages = before === null ? [] : [pageAfter(before.offset)];
  if (side === 'first') {
    const from = after === null ? 0 : after.offset;
    const until = Math.min(from + count + afterPages.length, before?.offset ?? Number.POSITIVE_INFINITY);
    const pages = pagesOf(from, Math.max(from + 1, until));
    return [...pages, ...beforePages, ...pageThatProves(pages, until)];
  }
  // Where the end lies is not known before the total is: its pages are counted behind those that tell it.
  if (before === null) {
    const [tellers, pageCount] = [after === null ? [0] : afterPages, pagesOf(0, Math.max(1, count)).length];
    return [...tellers, ...Array.from({ length: pageCount + 1 }, (_, index) => -1 - index)];
  }
  const from = Math.max(0, before.offset - count, after === null ? 0 : after.offset + 1);
  return [...pagesOf(from, Math.max(from + 1, before.offset)), ...beforePages, ...afterPages];
}

/** A range that ends with a full page may end with the list: then that page must join the one before it. */
function pageThatProves(pages: readonly number[], until: number): readonly number[] {
  const last = pages.at(-1) ?? 0;
  return 0 < last && until === offsetOfPage(last) + pageSize ? [last - 1] : [];
}
