import type { FastifyReply, FastifyRequest } from 'fastify';
import { createAdmission } from './admission.ts';
import { type Lateness, watchLateness } from './lateness.ts';
import { createShedding } from './shedding.ts';
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
  /** Who asks, by an opaque word: the same for all requests of one caller. */
  readonly callerOf: (request: FastifyRequest) => string;
  /** Told of each request that is refused, and whether it is the one that was too many: from now on others should be asked. */
  readonly onRefusal: (reason: OverloadRefusal['reason'], isTooMany: boolean) => void;
};

/** Why a request is refused, and what it is told. */
const refusals = {
  inFlight: { reason: 'IN_FLIGHT', message: 'This gateway has as many operations under way as it may' },
  callerShare: { reason: 'CALLER_SHARE', message: 'This caller has as many operations under way as one may' },
  busy: { reason: 'BUSY', message: 'Too many operations wait for their turn already' },
  late: { reason: 'LATE', message: 'This gateway is too busy to answer in time' },
} as const;

export type OverloadRefusal = (typeof refusals)[keyof typeof refusals];

/** Decides about a request before its body is read: lets it begin when it is its turn, or has it refused. */
export type Overload = {
  /** Calls one of these, once; neither where the client leaves before. */
  enter(request: FastifyRequest, reply: FastifyReply, verdict: Verdict): void;
  /** Whether others should be asked instead: so much was refused lately. */
  isHeavy(): boolean;
  state(): { readonly inFlight: number; readonly waiting: number };
  close(): void;
};

export type Verdict = { readonly begin: () => void; readonly refuse: (refusal: OverloadRefusal) => void };

/** Nobody is refused yet. */
export function createOverload({ settings, elapsed, callerOf, onRefusal }: OverloadParts): Overload {
  const admission = createAdmission(settings.operationsMax);
  const turnstile = createTurnstile({ waitMsMax: settings.beginWithinMs, elapsed, nextTurn });
  const shedding = createShedding(settings.refusalsMax, elapsed);
  // From the first request on: while the program starts, its loop is stuck.
  let lateness: Lateness | undefined;
  return {
    enter(request, reply, { begin, refuse }) {
      const caller = callerOf(request);
      const turnAway = (refusal: OverloadRefusal) => {
        onRefusal(refusal.reason, shedding.note(caller));
        refuse(refusal);
      };
      lateness ??= watchLateness();
      if (settings.lateMsMax < lateness.meanMs()) return turnAway(refusals.late);
      const entered = admission.enter(caller);
      if (typeof entered === 'string') return turnAway(refusals[entered]);
      const leaveQueue = turnstile.pass(caller, begin, () => turnAway(refusals.busy));
      // Answered, refused or gone: either way it is over.
      reply.raw.once('close', () => {
        leaveQueue();
        entered.leave();
      });
    },
    isHeavy: shedding.isHeavy,
    state: () => ({ inFlight: admission.count(), waiting: turnstile.count() }),
    close: () => lateness?.close(),
  };
}

function nextTurn(steps: readonly (() => void)[]): void {
  for (const step of steps) setImmediate(step);
}
