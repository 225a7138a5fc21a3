import type { Failure } from '../gateway/failure.ts';
import type { Coverage, Step } from '../gateway/until-whole.ts';

/** What a connection says of one page, whatever else it holds. */
export type Page = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly coverage: Coverage;
};

/** Which page is being read: its place in the list, and the cursor that it begins after. */
type Reading = { readonly index: number; readonly after: string | null };

/** A connection as far as it has been scrolled through. */
export type PageList<P> = {
  readonly pages: readonly P[];
  readonly reading: Reading;
  readonly isAsking: boolean;
  readonly failure: Failure | null;
  readonly againAt: number | null;
  /** Whether a cursor was refused, so that the list began anew. */
  readonly hasRestarted: boolean;
  /** The place of the page whose cursor was refused, until the list has come past it. */
  readonly refusedIndex: number | null;
};

export type Move<P> = Step<P> | { readonly kind: 'more' } | { readonly kind: 'again' };

export const emptyList = {
  pages: [],
  reading: { index: 0, after: null },
  isAsking: true,
  failure: null,
  againAt: null,
  hasRestarted: false,
  refusedIndex: null,
};

/**
 * Whether the next page may be asked for. Never behind a part that can still be completed: whoever goes on from one has passed rows that weren't
 * read, and the walk never again says complete.
 */
export function canGoOn<P extends Page>({ pages, reading, isAsking, failure, againAt }: PageList<P>): boolean {
  const last = pages.at(-1);
  if (last === undefined || isAsking || failure !== null || againAt !== null) return false;
  const { hasNextPage, endCursor = null } = last.pageInfo;
  return hasNextPage && endCursor !== null && endCursor !== reading.after;
}

/** The whole life of an infinite list, apart from React and from the network. */
export function moveList<P extends Page>(list: PageList<P>, move: Move<P>): PageList<P> {
  switch (move.kind) {
    case 'more':
      if (!canGoOn(list)) return list;
      return {
        ...list,
        isAsking: true,
        reading: { index: list.pages.length, after: list.pages.at(-1)?.pageInfo.endCursor ?? null },
      };
    case 'again':
      if (list.failure !== null && isRefusal(list, list.failure)) return restarted(list);
      return { ...list, isAsking: true, reading: { ...list.reading } };
    case 'asking':
      return { ...list, isAsking: true, againAt: null };
    case 'answer':
      return {
        ...list,
        pages: [...list.pages.slice(0, list.reading.index), move.answer],
        isAsking: false,
        failure: null,
        againAt: move.againAt,
        refusedIndex: list.refusedIndex !== null && list.refusedIndex <= list.reading.index ? null : list.refusedIndex,
      };
    case 'failure':
      // Once by itself. Where a cursor is refused again before the list has come further, that would never end: whoever looks decides.
      if (isRefusal(list, move.failure) && list.refusedIndex === null) return restarted(list);
      return { ...list, isAsking: false, failure: move.failure, againAt: move.againAt };
  }
}

/** Whether the rows of the cursor are gone, or the secret that sealed it: there is no going on, only a beginning anew. */
function isRefusal<P>({ reading }: PageList<P>, { code }: Failure): boolean {
  return code === 'BAD_CURSOR' && reading.after !== null;
}

function restarted<P>({ reading }: PageList<P>): PageList<P> {
  return { ...emptyList, hasRestarted: true, refusedIndex: reading.index };
}
