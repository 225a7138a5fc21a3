import { type Failure, GatewayError, unreachable } from './failure.ts';

/** What coverage says about asking again. */
export type Coverage = { readonly complete: boolean; readonly retryAfterSeconds?: number | null };

/** What happens while a question is asked until it is answered whole. `againAt` is on performance.now()'s clock; null: it is not asked again. */
export type Step<T> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answer'; readonly answer: T; readonly againAt: number | null }
  | { readonly kind: 'failure'; readonly failure: Failure; readonly againAt: number | null };

/** Bounds for a page that stays open: a whole day's askings, and failures one after another. */
const askingsMax = 2_000;
const failuresInARowMax = 5;

/**
 * Asks, and goes on asking while the answer is a part that can be completed. Waits as long as the gateway says, after a part by its coverage and
 * after an error by its `retryAfterSeconds`: asking the same earlier costs others their turn and brings nothing. It knows of no other question: who
 * asks another needn't wait for this one. Ends with its signal, silently.
 */
export async function* untilWhole<T>(
  askOnce: (signal: AbortSignal) => Promise<T>,
  coverageOf: (answer: T) => Coverage,
  signal: AbortSignal,
): AsyncGenerator<Step<T>> {
  let failuresInARow = 0;
  for (let asking = 1; asking <= askingsMax; asking++) {
    yield { kind: 'asking' };
    const outcome = await attempt(askOnce, signal);
    if (outcome === null) return;
    failuresInARow = 'failure' in outcome ? failuresInARow + 1 : 0;
    const isLast = asking === askingsMax || failuresInARow === failuresInARowMax;
    const seconds =
      'failure' in outcome ? waitAfterFailure(outcome.failure) : waitAfterPart(coverageOf(outcome.answer));
    const againAt = seconds === null || isLast ? null : performance.now() + seconds * 1_000;
    yield 'failure' in outcome ? { kind: 'failure', ...outcome, againAt } : { kind: 'answer', ...outcome, againAt };
    if (againAt === null) return;
    await waitUntil(againAt, signal);
    if (signal.aborted) return;
  }
}

type Outcome<T> = { readonly answer: T } | { readonly failure: Failure };

async function attempt<T>(
  askOnce: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<Outcome<T> | null> {
  try {
    return { answer: await askOnce(signal) };
  } catch (error) {
    if (signal.aborted) return null;
    return { failure: (error instanceof GatewayError ? error : unreachable(String(error))).failure };
  }
}

function waitAfterPart({ complete, retryAfterSeconds }: Coverage): number | null {
  return complete || retryAfterSeconds === null || retryAfterSeconds === undefined
    ? null
    : Math.max(1, retryAfterSeconds);
}

/** An error that doesn't say when is left to whoever looks at it: there is a button. */
function waitAfterFailure({ retryable, retryAfterSeconds }: Failure): number | null {
  return !retryable || retryAfterSeconds === null ? null : Math.max(1, retryAfterSeconds);
}

function waitUntil(atMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, atMs - performance.now()));
    signal.addEventListener('abort', end);
  });
}
