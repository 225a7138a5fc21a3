import { context, type Span as RawSpan, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { ClientGone, Failure, isFailureCode, statusOf } from './errors.ts';
import type { SharedSpan, Span, SpanFacts, SpanName, Tracing } from './model/ports.ts';

/** What leaves this process is the client's side of something. */
const kinds: Readonly<Record<SpanName, SpanKind>> = {
  'gateway.operation': SpanKind.INTERNAL,
  'gateway.plan': SpanKind.INTERNAL,
  'gateway.reading': SpanKind.INTERNAL,
  'gateway.call': SpanKind.CLIENT,
  'gateway.store': SpanKind.CLIENT,
};

/**
 * Spans by OpenTelemetry's API, for whatever SDK the operator has loaded before the program; without one nothing is recorded, and next to nothing is done.
 * What is thrown is told by its code alone: neither its message nor its stack.
 */
export function createTracing(): Tracing {
  const tracer = trace.getTracer('kore-scores-gateway');
  return {
    span: (name, work) => tracer.startActiveSpan(name, { kind: kinds[name] }, (raw) => runToEnd(raw, work)),
    step: (name, work) => tracer.startActiveSpan(name, { kind: kinds[name] }, (raw) => runAtOnce(raw, work)),
    apart(name) {
      return sharedSpan(tracer.startSpan(name, { kind: kinds[name], root: true }, ROOT_CONTEXT));
    },
    flush: async () => {
      await flushOf(trace.getTracerProvider())().catch(() => undefined);
    },
  };
}

/** The API has no word for it, but every SDK's provider does, behind the one that the API puts before it. */
function flushOf(provider: object): () => Promise<unknown> {
  if ('forceFlush' in provider && typeof provider.forceFlush === 'function') {
    const { forceFlush } = provider;
    return async () => await forceFlush.call(provider);
  }
  const inner: unknown =
    'getDelegate' in provider && typeof provider.getDelegate === 'function' ? provider.getDelegate() : null;
  return typeof inner === 'object' && inner !== null && inner !== provider ? flushOf(inner) : async () => undefined;
}

/** Known from both sides: who waits for it is linked, and linked with it. */
function sharedSpan(raw: RawSpan): SharedSpan {
  return {
    run: (work) => context.with(trace.setSpan(ROOT_CONTEXT, raw), () => runToEnd(raw, work)),
    join() {
      const active = trace.getActiveSpan();
      if (active === undefined) return;
      raw.addLink({ context: active.spanContext() });
      active.addLink({ context: raw.spanContext() });
    },
  };
}

async function runToEnd<T>(raw: RawSpan, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(spanOf(raw));
  } catch (error) {
    fail(raw, codeOf(error));
    throw error;
  } finally {
    raw.end();
  }
}

function runAtOnce<T>(raw: RawSpan, work: (span: Span) => T): T {
  try {
    return work(spanOf(raw));
  } catch (error) {
    fail(raw, codeOf(error));
    throw error;
  } finally {
    raw.end();
  }
}

function spanOf(raw: RawSpan): Span {
  return {
    note(facts: SpanFacts) {
      for (const [key, fact] of Object.entries(facts)) if (fact !== null) raw.setAttribute(key, fact);
    },
    fail: (code) => fail(raw, code),
  };
}

/** What the asker could have known better, and what only waits for the quota, is told, but is no fault of this program. */
function fail(raw: RawSpan, code: string): void {
  raw.setAttribute('error.type', code);
  if (isFailureCode(code) && faultStatusMin <= statusOf(code)) raw.setStatus({ code: SpanStatusCode.ERROR });
}

const faultStatusMin = 500;

function codeOf(error: unknown): string {
  if (error instanceof Failure) return error.code;
  return error instanceof ClientGone ? 'ABORTED' : 'INTERNAL_SERVER_ERROR';
}
