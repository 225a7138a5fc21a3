import type { ServerResponse } from 'node:http';
import { Failure } from '../errors.ts';
import { createAdmission } from './admission.ts';
import { type Lateness, watchLateness } from './lateness.ts';
import { createSteppingAside } from './stepping-aside.ts';
import { createTurnstile } from './turnstile.ts';

export type OverloadSettings = {
  readonly operationsMax: number;
  readonly beginWithinMs: number;
  readonly lateMsMax: number;
  readonly refusalsMax: number;
};

export type OverloadParts = {
  readonly settings: OverloadSettings;
  /** Milliseconds, never going back. */
  readonly elapsed: () => number;
  /** Told of each request that is refused, and whether it is the one that was too many: from now on others should be asked. */
  readonly onRefusal: (reason: string, isTooMany: boolean) => void;
};

/** Decides about a request before its body is read: lets it begin when it is its turn, or has it refused. */
export type Overload = {
  /** Calls one of these, once; neither where the client leaves before. */
  enter(caller: string, response: ServerResponse, turn: Turn): void;
  /** Whether others should be asked instead: so much was refused lately. */
  isHeavy(): boolean;
  state(): { readonly inFlight: number; readonly waiting: number };
  close(): void;
};

export type Turn = { readonly begin: () => void; readonly refuse: (failure: Failure) => void };

/** Made once: there is no time to make thousands. */
const refusals = {
  inFlight: overloaded('IN_FLIGHT', 'This gateway has as many operations under way as it may'),
  callerShare: overloaded('CALLER_SHARE', 'This caller has as many operations under way as one may'),
  busy: overloaded('BUSY', 'Too many operations wait for their turn already'),
  late: overloaded('LATE', 'This gateway is too busy to answer in time'),
};

/** Rushes are over soon. */
function overloaded(reason: string, message: string): Failure {
  return new Failure('OVERLOADED', message, { reason, retryAfterSeconds: 1 });
}

/** Nobody is refused yet. */
export function createOverload({ settings, elapsed, onRefusal }: OverloadParts): Overload {
  const admission = createAdmission(settings.operationsMax);
  const turnstile = createTurnstile({ waitMsMax: settings.beginWithinMs, elapsed, nextTurn });
  const aside = createSteppingAside(settings.refusalsMax, elapsed);
  // From the first request on: while the program starts, its loop is stuck.
  let lateness: Lateness | undefined;
  return {
    enter(caller, response, { begin, refuse }) {
      if (response.closed) return;
      const turnAway = (failure: Failure) => {
        onRefusal(failure.reason ?? '', aside.note(caller));
        refuse(failure);
      };
      lateness ??= watchLateness();
      if (settings.lateMsMax < lateness.meanMs()) return turnAway(refusals.late);
      const entered = admission.enter(caller);
      if (typeof entered === 'string') return turnAway(refusals[entered]);
      const leaveQueue = turnstile.pass(caller, begin, () => turnAway(refusals.busy));
      // Answered, refused or gone: either way it is over.
      response.once('close', () => {
        leaveQueue();
        entered.leave();
      });
    },
    isHeavy: aside.isHeavy,
    state: () => ({ inFlight: admission.count(), waiting: turnstile.count() }),
    close: () => lateness?.close(),
  };
}

function nextTurn(steps: readonly (() => void)[]): void {
  for (const step of steps) setImmediate(step);
}
