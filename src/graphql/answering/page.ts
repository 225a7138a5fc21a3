import type { More } from '../../selection/page.ts';
import type { AskedRange } from '../asking/demand.ts';
import type { PageInfoModel } from '../models.ts';

/** The cursors of a page's entries, in the list's order. */
export type PageCursors = readonly (() => string)[];

/** What has been read of a page's list. */
export type PageCoverage = { readonly complete: boolean; readonly isPending: boolean };

/**
 * The ends of a page. While there is more to read, there is more on the far side of it; an empty page that isn't complete is gone on from where it was asked
 * for.
 */
export function pageInfoOf(
  cursors: PageCursors,
  { hasMoreBefore, hasMoreAfter }: More,
  { complete, isPending }: PageCoverage,
  { range: { side }, tokens }: Pick<AskedRange, 'range' | 'tokens'>,
): PageInfoModel {
  const [first, last] = [cursors[0], cursors.at(-1)];
  return {
    hasNextPage: hasMoreAfter || (isPending && side === 'first'),
    hasPreviousPage: hasMoreBefore || (isPending && side === 'last'),
    startCursor: () => first?.() ?? (complete ? null : tokens.before),
    endCursor: () => last?.() ?? (complete ? null : tokens.after),
  };
}

/** The page of a list that nothing is known to be in. */
export const emptyPage: PageInfoModel = {
  hasNextPage: false,
  hasPreviousPage: false,
  startCursor: () => null,
  endCursor: () => null,
};
