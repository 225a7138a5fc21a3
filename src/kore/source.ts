import { Failure } from '../errors.ts';
import type { Clock, Patience, Random } from '../model/ports.ts';
import type { Page, PageRequest, PageSource } from '../reading/source.ts';
import type { Budget } from './budget.ts';
import type { Client, Outcome } from './client.ts';
import type { Drift } from './drift.ts';
import type { Fault } from './fault.ts';
import { type RequestSettings, requestBody } from './request.ts';
import { createRetryAllowance, decideRetry, type RetrySettings } from './retry.ts';
import { decodePage } from './wire.ts';

/** What one call was, for a line of the log and the counters: no token, no body, no name of a person. */
export type CallReport = {
  readonly outcome: 'OK' | Failure['code'];
  readonly reason: string | null;
  readonly status: number | null;
  readonly attempt: number;
  readonly offset: number;
  readonly rowCount: number;
  readonly totalCount: number | null;
  readonly waitedMs: number;
  readonly tookMs: number;
};

export type KoreParts = {
  readonly client: Client;
  readonly budget: Budget;
  readonly drift: Drift;
  readonly clock: Clock;
  readonly random: Random;
  readonly request: RequestSettings;
  readonly retry: RetrySettings & { readonly retryReserve: number };
  readonly onCall: (report: CallReport) => void;
};

type Attempted = { readonly kind: 'page'; readonly page: Page } | { readonly kind: 'fault'; readonly fault: Fault };

/** Reads pages from Kore.ai: each attempt takes its slot of the budget, and whole requests are asked again by one rule. */
export function createKoreSource(parts: KoreParts): PageSource {
  const { clock, random, retry } = parts;
  const allowance = createRetryAllowance({ reserve: retry.retryReserve });
  return {
    async readPage(request, patience) {
      allowance.earn();
      let lastWaitMs = 0;
      let isTokenFresh = false;
      for (let attemptCount = 1; attemptCount <= retry.attemptsMax; attemptCount++) {
        const attempted = await attempt(parts, request, patience, { attemptCount, isTokenFresh });
        if (attempted.kind === 'page') return attempted.page;
        const timeLeftMs = patience.deadlineAt() - clock.elapsed();
        const state = { fault: attempted.fault, attemptCount, timeLeftMs, lastWaitMs, isAllowed: allowance.has() };
        const decision = decideRetry(state, retry, random);
        if (decision.kind === 'give-up') throw withRetryAfter(attempted.fault);
        allowance.spend();
        if (decision.waitMs > 0) await clock.wait(decision.waitMs, patience.signal);
        lastWaitMs = decision.waitMs;
        isTokenFresh = decision.isTokenFresh;
      }
      throw new Error('unreachable: the last attempt returns or throws');
    },
  };
}

async function attempt(
  parts: KoreParts,
  request: PageRequest,
  patience: Patience,
  { attemptCount, isTokenFresh }: { readonly attemptCount: number; readonly isTokenFresh: boolean },
): Promise<Attempted> {
  const { client, budget, clock } = parts;
  const queuedAt = clock.elapsed();
  const slot = await budget.take(patience);
  const sentAt = clock.elapsed();
  let outcome: Outcome | undefined;
  let attempted: Attempted | undefined;
  try {
    outcome = await client.ask(requestBody(request, parts.request, clock.now()), isTokenFresh, patience);
    if (outcome.kind === 'fault' && outcome.fault.isRefusal) budget.close(outcome.fault.retryAfterMs);
    attempted = outcome.kind === 'page' ? decode(outcome.body, parts.drift) : outcome;
    return attempted;
  } finally {
    slot.end();
    const page = attempted?.kind === 'page' ? attempted.page : undefined;
    const failure = attempted?.kind === 'fault' ? attempted.fault.failure : undefined;
    parts.onCall({
      outcome: failure?.code ?? (page === undefined ? 'DEADLINE_EXCEEDED' : 'OK'),
      reason: failure?.reason ?? (outcome === undefined ? 'ABORTED' : null),
      status: outcome?.status ?? null,
      attempt: attemptCount,
      offset: request.offset,
      rowCount: page?.rows.length ?? 0,
      totalCount: page?.total ?? null,
      waitedMs: Math.round(sentAt - queuedAt),
      tookMs: Math.round(clock.elapsed() - sentAt),
    });
  }
}

/** A body that is no page after all is asked for once more; one that is encrypted will be so again. */
function decode(body: unknown, drift: Drift): Attempted {
  try {
    return { kind: 'page', page: decodePage(body, drift) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { kind: 'fault', fault: { failure: error, retry: error.reason === 'ENCRYPTED' ? 'never' : 'once' } };
  }
}

/** A refusal that wasn't waited for says when it is over. */
function withRetryAfter({ failure, isRefusal, retryAfterMs }: Fault): Failure {
  if (!isRefusal || failure.retryAfterSeconds !== undefined) return failure;
  const retryAfterSeconds = Math.ceil((retryAfterMs ?? 60_000) / 1000);
  return new Failure(failure.code, failure.message, { cause: failure, reason: 'REFUSED', retryAfterSeconds });
}
