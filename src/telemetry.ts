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
  readonly drift: Counter<'kind' | 'path'>;
  readonly errors: Counter<'code'>;
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

export function createTelemetry({
  level,
  write,
}: {
  readonly level: string;
  readonly write?: (line: string) => void;
}): Telemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const options = { level, redact: { paths: redactedPaths, censor: '[redacted]' }, base: null };
  return {
    log: write === undefined ? pino(options) : pino(options, { write }),
    registry,
    calls: new Counter({
      name: 'gateway_upstream_calls_total',
      help: 'Upstream calls by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    callSeconds: new Histogram({
      name: 'gateway_upstream_call_seconds',
      help: 'Duration of an upstream call',
      registers,
    }),
    pages: new Counter({
      name: 'gateway_pages_total',
      help: 'Pages by how they came: held, merged, called',
      labelNames: ['kind'],
      registers,
    }),
    drift: new Counter({
      name: 'gateway_wire_drift_total',
      help: 'Deviations of the wire',
      labelNames: ['kind', 'path'],
      registers,
    }),
    errors: new Counter({
      name: 'gateway_graphql_errors_total',
      help: 'GraphQL errors by code',
      labelNames: ['code'],
      registers,
    }),
    requests: new Counter({
      name: 'gateway_http_requests_total',
      help: 'HTTP requests by status',
      labelNames: ['status'],
      registers,
    }),
    requestSeconds: new Histogram({ name: 'gateway_http_request_seconds', help: 'Duration of a request', registers }),
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
