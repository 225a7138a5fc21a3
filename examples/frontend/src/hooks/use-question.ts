import { useCallback, useEffect, useReducer } from 'react';
import type { Failure } from '../gateway/failure.ts';
import { type Coverage, type Step, untilWhole } from '../gateway/until-whole.ts';

/** A question as far as it has been answered. A part stays in sight while it is asked for again. */
export type Asked<T> = {
  readonly answer: T | null;
  readonly failure: Failure | null;
  readonly isAsking: boolean;
  /** When it asks again by itself, on performance.now()'s clock. */
  readonly againAt: number | null;
  readonly askAgain: () => void;
};

/**
 * Asks a question until it is answered whole. `askOnce` and `coverageOf` must stay the same from one rendering to the next (useCallback, or a
 * function of the module): another `askOnce` is another question, which is asked at once, and the one before is dropped. The last answer is shown
 * until the new one is there, so give the component a `key` where showing it would be wrong, and have the answer say what it is an answer to.
 */
export function useQuestion<T>(
  askOnce: (signal: AbortSignal) => Promise<T>,
  coverageOf: (answer: T) => Coverage,
): Asked<T> {
  const [{ round, ...asked }, move] = useReducer<State<T>, [Move<T>]>(next, initial);

  useEffect(() => {
    const gone = new AbortController();
    void (async () => {
      for await (const step of untilWhole(askOnce, coverageOf, gone.signal)) {
        if (!gone.signal.aborted) move({ ...step, round });
      }
    })();
    return () => gone.abort();
  }, [askOnce, coverageOf, round]);

  const askAgain = useCallback(() => move({ kind: 'again' }), []);
  return { ...asked, askAgain };
}

/** The round is counted, so that the same question can be asked anew. */
type State<T> = Omit<Asked<T>, 'askAgain'> & { readonly round: number };
type Move<T> = (Step<T> & { readonly round: number }) | { readonly kind: 'again' };

const initial = { answer: null, failure: null, isAsking: true, againAt: null, round: 0 };

function next<T>(state: State<T>, move: Move<T>): State<T> {
  if (move.kind === 'again') return { ...state, isAsking: true, againAt: null, round: state.round + 1 };
  if (move.round !== state.round) return state;
  switch (move.kind) {
    case 'asking':
      return { ...state, isAsking: true, againAt: null };
    case 'answer':
      return { ...state, answer: move.answer, failure: null, isAsking: false, againAt: move.againAt };
    case 'failure':
      return { ...state, failure: move.failure, isAsking: false, againAt: move.againAt };
  }
}
