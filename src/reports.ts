import type { Config } from './config.ts';
import type { Context } from './graphql/context.ts';
import type { DriftEntry } from './kore/drift.ts';
import type { CallReport } from './kore/source.ts';
import { maskedError } from './masking.ts';
import type { Span } from './model/ports.ts';
import type { RequestLine } from './server/app.ts';
import type { Refused } from './server/refusal.ts';
import type { Telemetry } from './telemetry.ts';

/** What the rooms report, as lines of the log and as figures: one line a request, one a call, one a bug. */
export type Reports = {
  bug(error: unknown, requestId: string): void;
  call(report: CallReport): void;
  drift(entry: DriftEntry): void;
  /** The upstream's clock is so far ahead of this machine's, in milliseconds, or behind it. */
  skew(aheadMs: number): void;
  /** A span of time (in seconds since 1970) could not be proven whole. */
  unproven(span: { readonly from: number; readonly until: number }, reason: string): void;
  /** `request` is told apart by identity alone. */
  operation(
    request: object | undefined,
    context: Context,
    operationName: string | null,
    codes: readonly string[],
  ): void;
  request(line: RequestLine, request: object): void;
  /** A request is refused because there is too much to do; `isTooMany`: from now on others should be asked. */
  refusal(reason: string, isTooMany: boolean): void;
  /** This is the request that was: told to come again, and nothing was done for it. */
  turnedAway(request: object): void;
  /** A request was refused before it was an operation. */
  refused(refused: Refused, request: object): void;
  /** Answers a request for GraphQL in the span of its operation. */
  traced<T>(request: object, work: () => Promise<T>): Promise<T>;
};

type Figures = Context['operation']['figures'];

const operationNameLengthMax = 128;

/** Reports to this telemetry. What an operation has cost stands on the line of its request; no secret of the settings on that of a bug. */
export function createReports(telemetry: Telemetry, config: Config): Reports {
  const { log, calls, callSeconds, waitSeconds, errors, refusals, requests, requestSeconds, unprovenSpans } = telemetry;
  const operations = new WeakMap<object, object>();
  const spans = new WeakMap<object, Span>();
  const turnedAway = new WeakSet<object>();
  return {
    bug: (error, requestId) => log.error({ requestId, error: maskedError(error, config) }, 'bug'),
    call(report) {
      calls.inc({ outcome: report.outcome });
      callSeconds.observe(report.tookMs / 1000);
      waitSeconds.observe({ kind: report.kind }, report.waitedMs / 1000);
      log.info(report, 'call');
    },
    drift: ({ path, kind }) => log.warn({ path, kind }, 'the wire has drifted'),
    skew: (aheadMs) => log.warn({ aheadMs }, "the upstream's clock and this machine's differ"),
    unproven({ from, until }, reason) {
      unprovenSpans.inc({ reason });
      log.warn({ from: isoText(from), until: isoText(until), reason }, 'a span could not be proven whole');
    },
    operation(request, { operation: { figures } }, operationName, codes) {
      countReads(telemetry, figures);
      for (const code of codes) errors.inc({ code });
      if (request === undefined) return;
      noteOperation(spans.get(request), figures, codes);
      operations.set(request, { operationName: operationName?.slice(0, operationNameLengthMax), codes, ...figures });
    },
    request(line, request) {
      requests.inc({ status: String(line.status) });
      if (line.tookMs !== null) requestSeconds.observe(line.tookMs / 1000);
      // Of those there may be thousands a second, just when there is no time for them: figures count them.
      if (turnedAway.has(request)) log.debug(line, 'request');
      else log.info({ ...line, ...operations.get(request) }, 'request');
    },
    refusal(reason, isTooMany) {
      refusals.inc({ reason });
      errors.inc({ code: 'OVERLOADED' });
      if (isTooMany) log.warn({ reason }, 'overloaded: others should be asked for a while');
    },
    turnedAway: (request) => void turnedAway.add(request),
    refused({ code, reason }, request) {
      errors.inc({ code });
      operations.set(request, { codes: [code], reason });
    },
    traced: (request, work) =>
      telemetry.tracing.span('gateway.operation', (span) => {
        spans.set(request, span);
        return work();
      }),
  };
}

/** What an operation has read, by how it came. */
function countReads({ pages, tiles, slices }: Telemetry, figures: Figures): void {
  pages.inc({ kind: 'called' }, figures.callCount);
  pages.inc({ kind: 'held' }, figures.heldPageCount);
  pages.inc({ kind: 'merged' }, figures.mergedReadCount - figures.mergedSpanCount);
  tiles.inc({ kind: 'called' }, figures.calledSpanCount);
  tiles.inc({ kind: 'held' }, figures.heldTileCount);
  tiles.inc({ kind: 'merged' }, figures.mergedSpanCount);
  slices.inc({ state: 'whole' }, figures.wholeSliceCount);
  slices.inc({ state: 'pending' }, figures.pendingSliceCount);
  slices.inc({ state: 'unproven' }, figures.unprovenSliceCount);
}

/** What its client asked, and what the operation is called, is not told. */
function noteOperation(span: Span | undefined, figures: Figures, codes: readonly string[]): void {
  span?.note({
    'gateway.operation.calls': figures.attemptCount,
    'gateway.operation.waited_ms': Math.round(figures.waitedMs),
    'gateway.operation.rows': figures.rowCount,
    'gateway.operation.held_pages': figures.heldPageCount,
    'gateway.operation.held_tiles': figures.heldTileCount,
    'gateway.operation.merged_reads': figures.mergedReadCount,
    'gateway.operation.pending_slices': figures.pendingSliceCount,
    'gateway.operation.errors': codes.length,
  });
  const [code] = codes;
  if (code !== undefined) span?.fail(code);
}

function isoText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
