import { Failure } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { type Begun, observerOf } from './figures.ts';
import { createLeaving } from './leaving.ts';
import type { Scanner } from './scanner.ts';
import type { SpanOutcome } from './tile.ts';
import type { SpanWaiter } from './waiters.ts';

/** What an operation may take, and how its waiting ends. */
export type Account = {
  /** Reads a span, or says that it couldn't in time; what isn't read is then read behind the operation. Rejects when nobody waits any more. */
  read(question: ListQuestion): Promise<SpanOutcome>;
};

export type AccountParts = {
  readonly scanner: Scanner;
  readonly clock: Clock;
  readonly callsPerOperationMax: number;
};

/** One waiter for all spans of an operation: when it can't have another call in time, it leaves them all. */
export function createAccount({ scanner, clock, callsPerOperationMax }: AccountParts, begun: Begun): Account {
  const { options, figures } = begun;
  const leaving = new AbortController();
  let leftForSeconds: number | null = null;
  const signal = AbortSignal.any([options.patience.signal, leaving.signal]);
  const waiter: SpanWaiter = {
    leaving: createLeaving(signal),
    patience: {
      signal,
      deadlineAt: options.patience.deadlineAt,
    },
    caller: options.patience.caller?.() ?? '',
    hopes: new Set(),
    losses: new Set(),
    mayCall: () => figures.callCount < callsPerOperationMax,
    ...observerOf(figures),
    leave: (retryAfterSeconds) => {
      leftForSeconds = Math.max(leftForSeconds ?? 0, retryAfterSeconds);
      leaving.abort(exhausted(retryAfterSeconds));
    },
  };
  const hasLeft = () => leftForSeconds !== null || isLate(options.patience.signal);
  const pending = (): SpanOutcome => {
    const waitSeconds = Math.max(1, Math.ceil((scanner.nextCallAt() - clock.elapsed()) / 1000));
    return { tiles: [], isWhole: false, total: null, failure: exhausted(leftForSeconds ?? waitSeconds) };
  };
  return {
    async read(question) {
      const want = { question, newerThan: options.isAfresh ? begun.sequence : 0 };
      if (hasLeft()) {
        scanner.readBehind(want);
        return pending();
      }
      try {
        const { outcome, isShared } = await scanner.read(want, waiter);
        if (isShared) figures.mergedReadCount += 1;
        figures[isShared ? 'mergedSpanCount' : 'calledSpanCount'] += 1;
        return outcome;
      } catch (error) {
        if (hasLeft()) return pending();
        throw error;
      }
    },
  };
}

function exhausted(retryAfterSeconds: number): Failure {
  return new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'Not all that was asked for could be read in time', {
    reason: 'QUOTA',
    retryAfterSeconds,
  });
}

/** Whether an operation has come to its deadline, rather than lost its client. */
function isLate({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof Failure && reason.code === 'DEADLINE_EXCEEDED';
}
