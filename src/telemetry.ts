import { pino } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log, Tracing } from './model/ports.ts';
import { createTracing } from './tracing.ts';

/** Logs, figures and spans. Handed down by main; no room imports a logger. */
export type Telemetry = {
  readonly log: Log;
  readonly registry: Registry;
  readonly tracing: Tracing;
  readonly calls: Counter<'outcome'>;
  readonly callSeconds: Histogram;
  /** What calls waited for their slots, in seconds. */
  readonly waitSeconds: Histogram<'kind'>;
  readonly pages: Counter<'kind'>;
  readonly tiles: Counter<'kind'>;
  readonly slices: Counter<'state'>;
  readonly errors: Counter<'code'>;
  readonly unprovenSpans: Counter<'reason'>;
  /** Requests that were refused because there was too much to do. */
  readonly refusals: Counter<'reason'>;
  /** Connections that were cut because nobody took their answer. */
  readonly untaken: Counter;
  readonly requests: Counter<'status'>;
  readonly requestSeconds: Histogram;
};

/** What must never be written under its own name, whatever hands it over: tokens, secrets, and names of people. */
const redactedKeys = ['auth', 'authorization', 'token', 'secret', 'auditor', 'name', 'cookie'];
/** In the fields of a line and in objects among them; what is deeper nobody logs, nor is it looked at. */
const redactedPaths = redactedKeys.flatMap((key) => [key, `*.${key}`]);

export type BudgetGauges = () => {
  readonly callsMax: number;
  readonly remaining: number;
  readonly queuedByKind: Readonly<Record<string, number>>;
  readonly inFlightCalls: number;
};

/** Where lines of the log go: a stream of the process. */
export type Output = {
  write(line: string): unknown;
  /** Bytes that wait, for nobody takes them. */
  readonly writableLength: number;
  on(event: 'error', listener: () => void): unknown;
};

/** A log at `level` that writes to this output, or by `write`, the figures of one registry, and spans for whatever SDK is loaded. */
export function createTelemetry({
  level,
  ...sink
}: { readonly level: string } & ({ readonly write: (line: string) => void } | { readonly output: Output })): Telemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { logLinesDropped, ...figures } = createFigures(registry);
  const options = { level, redact: { paths: redactedPaths, censor: '[redacted]' }, base: null };
  return {
    log: pino(options, {
      write: 'write' in sink ? sink.write : patientWriter(sink.output, () => logLinesDropped.inc()),
    }),
    registry,
    tracing: createTracing(),
    ...figures,
  };
}

const unwrittenBytesMax = 1_000_000;

/** Nobody waits for the log: a line that its output can't take, for its reader hangs, is gone, or its disk is full, is dropped and counted. */
function patientWriter(output: Output, onDropped: () => void): (line: string) => void {
  output.on('error', onDropped);
  return (line) => {
    if (unwrittenBytesMax < output.writableLength) onDropped();
    else output.write(line);
  };
}

/** Longer than an operation waits: what works in the background waits for minutes. */
const waitBuckets = [0.005, 0.05, 0.25, 1, 2.5, 5, 10, 20, 30, 60, 120, 300];

function createFigures(
  registry: Registry,
): Omit<Telemetry, 'log' | 'registry' | 'tracing'> & { readonly logLinesDropped: Counter } {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers: [registry] });
  const histogram = (name: string, help: string) => new Histogram({ name, help, registers: [registry] });
  const figures = {
    calls: counter('gateway_upstream_calls_total', 'Upstream calls by outcome', 'outcome'),
    callSeconds: histogram('gateway_upstream_call_seconds', 'Duration of an upstream call'),
    waitSeconds: new Histogram({
      name: 'gateway_upstream_wait_seconds',
      help: 'What upstream calls waited for their slots of the quota, by kind: direct, scan, background',
      labelNames: ['kind'] as const,
      buckets: waitBuckets,
      registers: [registry],
    }),
    pages: counter('gateway_pages_total', 'Pages by how they came: held, merged, called', 'kind'),
    tiles: counter('gateway_tiles_total', 'Spans of scans by how they came: held, merged, called', 'kind'),
    slices: counter('gateway_slices_total', 'Slices by how they were answered: whole, pending, unproven', 'state'),
    errors: counter('gateway_graphql_errors_total', 'GraphQL errors by code', 'code'),
    unprovenSpans: counter('gateway_unproven_spans_total', 'Spans of time that could not be proven whole', 'reason'),
    refusals: counter('gateway_overload_refusals_total', 'Requests refused for too much to do, by reason', 'reason'),
    untaken: counter('gateway_answers_untaken_total', 'Connections cut because their answer was not taken'),
    requests: counter('gateway_http_requests_total', 'HTTP requests by status', 'status'),
    requestSeconds: histogram('gateway_http_request_seconds', 'Duration of a request'),
    logLinesDropped: counter('gateway_log_lines_dropped_total', 'Lines of the log that nobody took'),
  };
  // Where all labels are known beforehand, series begin at nought: the first event is seen as a growth too.
  for (const kind of ['direct', 'scan', 'background']) figures.waitSeconds.zero({ kind });
  for (const reason of ['IN_FLIGHT', 'CALLER_SHARE', 'BUSY', 'LATE']) figures.refusals.inc({ reason }, 0);
  for (const kind of ['held', 'merged', 'called'])
    for (const each of [figures.pages, figures.tiles]) each.inc({ kind }, 0);
  for (const state of ['whole', 'pending', 'unproven']) figures.slices.inc({ state }, 0);
  return figures;
}

/** Shows the state of the budget whenever the figures are asked for. */
export function watchBudget(registry: Registry, state: BudgetGauges): void {
  const gauge = createGauges(registry);
  gauge('gateway_quota_limit_calls', 'Upstream calls that the rolling window allows by now', () => state().callsMax);
  gauge('gateway_quota_remaining_calls', 'Upstream calls left in the rolling window', () => state().remaining);
  gauge('gateway_quota_in_flight_calls', 'Upstream calls under way', () => state().inFlightCalls);
  new Gauge({
    name: 'gateway_quota_queued_calls',
    help: 'Upstream calls that wait for their turn, by kind: direct, scan, background',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      for (const [kind, count] of Object.entries(state().queuedByKind)) this.set({ kind }, count);
    },
  });
}

/** Shows what is under way, and what waits for its turn to begin, whenever the figures are asked for. */
export function watchOperations(
  registry: Registry,
  state: () => { readonly inFlight: number; readonly waiting: number },
): void {
  const gauge = createGauges(registry);
  gauge(
    'gateway_operations_in_flight',
    'Requests for GraphQL under way, those that wait included',
    () => state().inFlight,
  );
  gauge('gateway_operations_waiting', 'Requests for GraphQL that wait for their turn to begin', () => state().waiting);
}

/** Shows whether the shared store answers, as it stands whenever the figures are asked for. To be called only where there is one. */
export function watchStore(registry: Registry, isUp: () => boolean): void {
  const help = 'Whether the shared store answers: 1, or 0 while what is held locally is all there is';
  createGauges(registry)('gateway_store_up', help, () => (isUp() ? 1 : 0));
}

/** Shows how many replicas share the quota as far as this one knows, itself included. To be called only where they share a store. */
export function watchReplicas(registry: Registry, count: () => number): void {
  createGauges(registry)('gateway_replicas_known', 'Replicas that share the quota, as far as this one knows', count);
}

/** Shows how old the keys are that callers are known by. To be called only where they are read from a key server. */
export function watchKeySet(registry: Registry, ageMs: () => number): void {
  const help = 'Seconds since the key set of the issuer was read, or since the start while it never was';
  createGauges(registry)('gateway_key_set_age_seconds', help, () => Math.round(ageMs() / 1000));
}

/** Gauges that are read whenever the figures are asked for. */
function createGauges(registry: Registry): (name: string, help: string, read: () => number) => void {
  return (name, help, read) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
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
