import { Failure } from '../errors.ts';
import type { Clock } from '../model/ports.ts';

/** Spares an upstream that fails whatever it is asked: a scan of many days would otherwise ask it for each of them. */
export type Breaker = {
  /** Throws what the upstream has lately failed with, if it has failed often enough in a row. */
  check(): void;
  succeeded(): void;
  /** Counts a failure of the upstream; a refusal of one page of a list, or for want of quota, is none. */
  failed(error: unknown): void;
};

/** As many as a lane has places: they are under way together, and none of them knows yet of the others. */
const failuresMax = 8;
/** After this long it is asked again. */
const restMs = 1_000;

/** Lets everything through at first. */
export function createBreaker(clock: Clock): Breaker {
  let failures: readonly Failure[] = [];
  let restUntil = Number.NEGATIVE_INFINITY;
  return {
    check() {
      const [failure] = failures;
      if (failuresMax <= failures.length && failure !== undefined && clock.elapsed() < restUntil) throw failure;
    },
    succeeded() {
      failures = [];
    },
    failed(error) {
      if (!(error instanceof Failure) || !isUpstreamsOwn(error)) return;
      failures = [error, ...failures].slice(0, failuresMax);
      restUntil = clock.elapsed() + restMs;
    },
  };
}

function isUpstreamsOwn({ code }: Failure): boolean {
  return code.startsWith('UPSTREAM_') && code !== 'UPSTREAM_BUDGET_EXHAUSTED' && code !== 'UPSTREAM_INCONSISTENT';
}
