import { Failure } from '../errors.ts';
import type { Clock, Patience, Random, Span, Tracing } from '../model/ports.ts';
import type { CallKind } from '../model/sharing.ts';
import { tableOf } from '../model/tabulate.ts';
import type { PageRequest, PageSource } from '../reading/source.ts';
import type { Budget } from './budget.ts';
import type { Client, Outcome } from './client.ts';
import type { Drift } from './drift.ts';
import { type Fault, fault } from './fault.ts';
import { createPageReader, type PageReader, type PageReading } from './page-reader.ts';
import { askOf } from './queue.ts';
import { isAhead, type RequestSettings, requestBody } from './request.ts';
import { createRetryAllowance, decideRetry, type RetrySettings } from './retry.ts';

/** What one call was, for a line of the log and the counters: no token, no body, no name of a person. */
export type CallReport = {
  readonly outcome: 'OK' | 'ABORTED' | Failure['code'];
  readonly reason: string | null;
  /** The transport's own code, such as ENOTFOUND or CERT_HAS_EXPIRED: for the operator, never for a client. */
  readonly cause: string | null;
  readonly status: number | null;
  /** What it was when it had its slot: a scan that nobody waited for by then was in the background. */
  readonly kind: CallKind;
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
  readonly tracing: Tracing;
  readonly request: RequestSettings;
  readonly retry: RetrySettings & { readonly retryReserve: number };
  readonly onCall: (report: CallReport) => void;
};

type SourceParts = KoreParts & { readonly read: PageReader };

/** Reads pages from Kore.ai: each attempt takes its slot of the budget, and whole requests are asked again by one rule. */
export function createKoreSource(koreParts: KoreParts): PageSource {
  const parts: SourceParts = { ...koreParts, read: createPageReader(koreParts.drift) };
  const { clock, random, retry, tracing } = parts;
  const allowance = createRetryAllowance({ reserve: retry.retryReserve });
  return {
    nextCallAt: (kind = 'scan') => parts.budget.nextAt(kind),
    look: parts.budget.look,
    isAhead: (window) => isAhead(window, clock.now()),
    async readPage(request, patience, onSend) {
      if (isAhead(request.question.window, clock.now())) return { table: tableOf([]), total: 0 };
      allowance.earn();
      const granted = new Set<Fault['retry']>();
      let lastWaitMs = 0;
      let isTokenFresh = false;
      for (let attemptCount = 1; attemptCount <= retry.attemptsMax; attemptCount++) {
        const turn = { attemptCount, isTokenFresh, onSend };
        const attempted = await tracing.span('gateway.call', (span) => attempt(parts, request, patience, turn, span));
        if (attempted.kind === 'page') return attempted.page;
        const { fault: found } = attempted;
        const timeLeftMs = patience.deadlineAt() - clock.elapsed();
        const isRepeated = granted.has(found.retry);
        const state = { fault: found, attemptCount, timeLeftMs, lastWaitMs, isRepeated, isAllowed: allowance.has() };
        const decision = decideRetry(state, retry, random);
        if (decision.kind === 'give-up') throw withRetryAfter(found);
        allowance.spend();
        granted.add(found.retry);
        await waitFor(decision.waitMs, clock, patience);
        lastWaitMs = decision.waitMs;
        isTokenFresh = decision.isTokenFresh;
      }
      throw new Error('unreachable: the last attempt returns or throws');
    },
  };
}

/** Rejects with the reason of the signal, whatever the clock rejects with. */
async function waitFor(waitMs: number, clock: Clock, { signal }: Patience): Promise<void> {
  try {
    if (waitMs > 0) await clock.wait(waitMs, signal);
  } finally {
    signal.throwIfAborted();
  }
}

async function attempt(
  parts: SourceParts,
  request: PageRequest,
  patience: Patience,
  {
    attemptCount,
    isTokenFresh,
    onSend,
  }: { readonly attemptCount: number; readonly isTokenFresh: boolean; readonly onSend: (waitedMs: number) => void },
  span: Span,
): Promise<PageReading> {
  const { client, budget, clock } = parts;
  noteRequest(span, request, attemptCount);
  const queuedAt = clock.elapsed();
  if (patience.deadlineAt() <= queuedAt) return { kind: 'fault', fault: fault('DEADLINE_EXCEEDED', 'never') };
  const slot = await budget.take(patience);
  const sentAt = clock.elapsed();
  const { kind } = askOf(patience);
  onSend(sentAt - queuedAt);
  let outcome: Outcome | undefined;
  let attempted: PageReading | undefined;
  try {
    outcome = await client.ask(requestBody(request, parts.request, clock.now()), isTokenFresh, patience, parts.read);
    attempted = outcome.kind === 'page' ? outcome : closeIfRefused(outcome.fault, budget);
    return attempted;
  } finally {
    slot.end();
    const page = attempted?.kind === 'page' ? attempted.page : undefined;
    const failure = attempted?.kind === 'fault' ? attempted.fault.failure : undefined;
    const report: CallReport = {
      outcome: failure?.code ?? (page === undefined ? unansweredBy(patience) : 'OK'),
      reason: failure?.reason ?? null,
      cause: causeOf(failure?.cause),
      status: outcome?.status ?? null,
      kind,
      attempt: attemptCount,
      offset: request.offset,
      rowCount: page?.table.rowCount ?? 0,
      totalCount: page?.total ?? null,
      waitedMs: Math.round(sentAt - queuedAt),
      tookMs: Math.round(clock.elapsed() - sentAt),
    };
    parts.onCall(report);
    noteReport(span, report);
  }
}

function noteRequest(span: Span, { offset, limit }: PageRequest, attemptCount: number): void {
  span.note({
    'gateway.call.offset': offset,
    'gateway.call.limit': limit,
    'gateway.call.attempt': attemptCount,
  });
}

function noteReport(span: Span, { kind, waitedMs, outcome, reason, rowCount, status }: CallReport): void {
  span.note({
    'gateway.call.kind': kind,
    'gateway.call.waited_ms': waitedMs,
    'gateway.call.outcome': outcome,
    'gateway.call.reason': reason,
    'gateway.call.rows': rowCount,
    'http.response.status_code': status,
  });
  if (outcome !== 'OK') span.fail(outcome);
}

/** The code of an error, or its name; not its text, which may quote hosts. */
function causeOf(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  const code = 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : cause.name;
}

/** Before the slot ends, so that nobody who waits takes it for an open gate. */
function closeIfRefused(found: Fault, budget: Budget): PageReading {
  if (!found.isRefusal) return { kind: 'fault', fault: found };
  return { kind: 'fault', fault: { ...found, retryAfterMs: budget.close(found.retryAfterMs) } };
}

/** What a call without an outcome is called: left by those who waited, or failed by a bug of ours. */
function unansweredBy({ signal }: Patience): CallReport['outcome'] {
  if (!signal.aborted) return 'INTERNAL_SERVER_ERROR';
  return signal.reason instanceof Failure ? signal.reason.code : 'ABORTED';
}

/** What the upstream asked to wait, and wasn't waited for, is told. */
function withRetryAfter({ failure, retryAfterMs }: Fault): Failure {
  if (retryAfterMs === undefined) return failure;
  const { code, message, reason } = failure;
  const retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return new Failure(code, message, { cause: failure, retryAfterSeconds, ...(reason === undefined ? {} : { reason }) });
}
