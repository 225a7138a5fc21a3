import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GatewayError } from '../../examples/frontend/src/gateway/failure.ts';
import { type Coverage, type Step, untilWhole } from '../../examples/frontend/src/gateway/until-whole.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const whole: Coverage = { complete: true, retryAfterSeconds: null };
const part = (retryAfterSeconds: number | null): Coverage => ({ complete: false, retryAfterSeconds });

function failure(code: string, retryable: boolean, retryAfterSeconds: number | null): GatewayError {
  return new GatewayError({ code, reason: null, message: code, retryable, retryAfterSeconds, requestId: null });
}

type Told = Coverage | GatewayError;

/** Asks a gateway that answers as listed, the last of them for ever; what happened, at which second it was asked, and whether it ended. */
async function watch(answers: readonly Told[], seconds: number) {
  const gone = new AbortController();
  const askedAt: number[] = [];
  const steps: Step<Coverage>[] = [];
  const askOnce = async (): Promise<Coverage> => {
    const answer = answers[Math.min(askedAt.length, answers.length - 1)];
    askedAt.push(Math.round(performance.now() / 1_000));
    if (answer === undefined || answer instanceof GatewayError) throw answer;
    return answer;
  };
  const beganAt = Math.round(performance.now() / 1_000);
  const run = (async () => {
    for await (const step of untilWhole(askOnce, (coverage) => coverage, gone.signal)) steps.push(step);
    return true;
  })();
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
  const hasEnded = await Promise.race([run, Promise.resolve(false)]);
  gone.abort();
  await run;
  return { askedAt: askedAt.map((at) => at - beganAt), kinds: steps.map(({ kind }) => kind), hasEnded, steps };
}

test.each<{ readonly title: string; readonly answers: readonly Told[]; readonly askedAt: readonly number[] }>([
  { title: 'the whole is asked for once', answers: [whole], askedAt: [0] },
  {
    title: 'a part is asked for again when it says, until it is whole',
    answers: [part(40), part(7), whole],
    askedAt: [0, 40, 47],
  },
  { title: 'a part that asking can’t complete is left', answers: [part(null)], askedAt: [0] },
  { title: 'a part of no wait waits a second', answers: [part(0), whole], askedAt: [0, 1] },
  {
    title: 'an error that says when is heeded',
    answers: [failure('UPSTREAM_BUDGET_EXHAUSTED', true, 20), whole],
    askedAt: [0, 20],
  },
  { title: 'an error that doesn’t say when is left', answers: [failure('UPSTREAM_TIMEOUT', true, null)], askedAt: [0] },
  { title: 'an error that is final is left', answers: [failure('UPSTREAM_AUTH', false, 20)], askedAt: [0] },
  {
    title: 'five errors in a row are enough',
    answers: [failure('UPSTREAM_BUDGET_EXHAUSTED', true, 20)],
    askedAt: [0, 20, 40, 60, 80],
  },
])('$title', async ({ answers, askedAt }) => {
  const watched = await watch(answers, 200);
  expect(watched.askedAt).toEqual(askedAt);
  expect(watched.hasEnded).toBe(true);
  expect(watched.steps.at(-1)).toMatchObject({ againAt: null });
});

test('whoever looks is told of each asking, and when the next one is', async () => {
  const { kinds, steps } = await watch([part(40), failure('OVERLOADED', true, 3), whole], 100);
  expect(kinds).toEqual(['asking', 'answer', 'asking', 'failure', 'asking', 'answer']);
  expect(steps[1]).toMatchObject({ againAt: expect.any(Number) });
});

test('nobody who has gone is asked for, waited for or told anything', async () => {
  const { askedAt, hasEnded } = await watch([part(40)], 30);
  expect(hasEnded).toBe(false);
  expect(askedAt).toEqual([0]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a request that was given up is no failure', async () => {
  const gone = new AbortController();
  const steps: Step<Coverage>[] = [];
  const askOnce = async (signal: AbortSignal): Promise<Coverage> => {
    gone.abort();
    signal.throwIfAborted();
    return whole;
  };
  for await (const step of untilWhole(askOnce, (coverage) => coverage, gone.signal)) steps.push(step);
  expect(steps).toEqual([{ kind: 'asking' }]);
});
