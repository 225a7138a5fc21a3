import { useCallback, useEffect, useReducer } from 'react';
import { untilWhole } from '../gateway/until-whole.ts';
import { canGoOn, emptyList, type Move, moveList, type Page, type PageList } from './page-list.ts';

export type Pages<P> = PageList<P> & {
  readonly canGoOn: boolean;
  readonly goOn: () => void;
  readonly askAgain: () => void;
};

/**
 * Reads a connection page by page. `askPage` must stay the same from one rendering to the next; another list is another component, by its `key`.
 */
export function usePages<P extends Page>(askPage: (after: string | null, signal: AbortSignal) => Promise<P>): Pages<P> {
  const [list, move] = useReducer<PageList<P>, [Move<P>]>(moveList, emptyList);
  const { reading } = list;

  useEffect(() => {
    const gone = new AbortController();
    const askOnce = (signal: AbortSignal) => askPage(reading.after, signal);
    void (async () => {
      for await (const step of untilWhole(askOnce, ({ coverage }) => coverage, gone.signal)) {
        if (!gone.signal.aborted) move(step);
      }
    })();
    return () => gone.abort();
  }, [askPage, reading]);

  const goOn = useCallback(() => move({ kind: 'more' }), []);
  const askAgain = useCallback(() => move({ kind: 'again' }), []);
  return { ...list, canGoOn: canGoOn(list), goOn, askAgain };
}
