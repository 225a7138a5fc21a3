import { pino } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from './model/ports.ts';

/** Logs and figures. Handed down by main; no room imports a logger. */
export type Telemetry = {
  readonly log: Log;
  readonly registry: Registry;
  readonly calls: Counter<'outcome'>;
  readonly callSeconds: Histogram;
  readonly pages: Counter<'kind'>;
  readonly errors: Counter<'code'>;
  readonly unprovenSpans: Counter<'reason'>;
  readonly requests: Counter<'status'>;
  readonly requestSeconds: Histogram;
};

/** What must never be written, whatever hands it over: tokens, secrets, and names of people. */
const redactedPaths = [
  'auth',
  'authorization',
  'token',
  'secret',
  'auditor',
  'name',
  'cookie',
  '*.auth',
  '*.authorization',
];

export type BudgetGauges = () => {
  readonly remaining: number;
  readonly queuedCalls: number;
  readonly inFlightCalls: number;
};

/** A log at `level` that writes to standard output, or by `write`, and the figures of one registry. */
export function createTelemetry({
  level,
  write,
}: {
  readonly level: string;
  readonly write?: (line: string) => void;
}): Telemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const options = { level, redact: { paths: redactedPaths, censor: '[redacted]' }, base: null };
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers: [registry] });
  const histogram = (name: string, help: string) => new Histogram({ name, help, registers: [registry] });
  return {
    log: write === undefined ? pino(options) : pino(options, { write }),
    registry,
    calls: counter('gateway_upstream_calls_total', 'Upstream calls by outcome', 'outcome'),
    callSeconds: histogram('gateway_upstream_call_seconds', 'Duration of an upstream call'),
    pages: counter('gateway_pages_total', 'Pages by how they came: held, merged, called', 'kind'),
    errors: counter('gateway_graphql_errors_total', 'GraphQL errors by code', 'code'),
    unprovenSpans: counter('gateway_unproven_spans_total', 'Spans of time that could not be proven whole', 'reason'),
    requests: counter('gateway_http_requests_total', 'HTTP requests by status', 'status'),
    requestSeconds: histogram('gateway_http_request_seconds', 'Duration of a request'),
  };
}

/** Shows the state of the budget whenever the figures are asked for. */
export function watchBudget(registry: Registry, state: BudgetGauges): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('gateway_quota_remaining_calls', 'Upstream calls left in the rolling window', () => state().remaining);
  gauge('gateway_quota_queued_calls', 'Upstream calls that wait for their turn', () => state().queuedCalls);
  gauge('gateway_quota_in_flight_calls', 'Upstream calls under way', () => state().inFlightCalls);
}

/** Counts deviations of the wire by kind and place, as they stand whenever the figures are asked for. */
export function watchDrift(
  registry: Registry,
  entries: () => readonly { readonly kind: string; readonly path: string; readonly count: number }[],
): void {
  new Gauge({
    name: 'gateway_wire_drift',
    help: 'Deviations of the wire from what is published, since start',
    labelNames: ['kind', 'path'],
    registers: [registry],
    collect() {
      for (const { kind, path, count } of entries()) this.set({ kind, path }, count);
    },
  });
}
