import type { Context } from './graphql/context.ts';
import type { DriftEntry } from './kore/drift.ts';
import type { CallReport } from './kore/source.ts';
import type { RequestLine } from './server/app.ts';
import type { Telemetry } from './telemetry.ts';

/** What the rooms report, as lines of the log and as figures: one line a request, one a call, one a bug. */
export type Reports = {
  bug(error: unknown, requestId: string): void;
  call(report: CallReport): void;
  drift(entry: DriftEntry): void;
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
};

const operationNameLengthMax = 128;

/** Reports to this telemetry. What an operation has cost stands on the line of its request. */
export function createReports(telemetry: Telemetry): Reports {
  const { log, calls, callSeconds, waitSeconds, errors, requests, requestSeconds, unprovenSpans } = telemetry;
  const operations = new WeakMap<object, object>();
  return {
    bug: (error, requestId) => log.error({ requestId, error: describe(error) }, 'bug'),
    call(report) {
      calls.inc({ outcome: report.outcome });
      callSeconds.observe(report.tookMs / 1000);
      waitSeconds.observe({ kind: report.kind }, report.waitedMs / 1000);
      log.info(report, 'call');
    },
    drift({ path, kind }) {
      log.warn({ path, kind }, 'the wire has drifted');
    },
    unproven({ from, until }, reason) {
      unprovenSpans.inc({ reason });
      log.warn({ from: isoText(from), until: isoText(until), reason }, 'a span could not be proven whole');
    },
    operation(request, { operation: { figures } }, operationName, codes) {
      countReads(telemetry, figures);
      for (const code of codes) errors.inc({ code });
      if (request === undefined) return;
      operations.set(request, { operationName: operationName?.slice(0, operationNameLengthMax), codes, ...figures });
    },
    request(line, request) {
      requests.inc({ status: String(line.status) });
      requestSeconds.observe(line.tookMs / 1000);
      log.info({ ...line, ...operations.get(request) }, 'request');
    },
  };
}

/** What an operation has read, by how it came. */
function countReads({ pages, tiles, slices }: Telemetry, figures: Context['operation']['figures']): void {
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

function isoText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function describe(error: unknown): object {
  return error instanceof Error
    ? { type: error.name, message: error.message, stack: error.stack }
    : { message: String(error) };
}
