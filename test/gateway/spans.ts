import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** What an SDK was told: every span that has ended. */
export type Spans = {
  named(name: string): readonly ReadableSpan[];
  all(): readonly ReadableSpan[];
  forget(): void;
};

/** Loads an SDK as an operator would, for this whole process: it keeps what it is told. To be called once. */
export function loadSdk(): Spans {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  const all = () => exporter.getFinishedSpans();
  return { all, named: (name) => all().filter((span) => span.name === name), forget: () => exporter.reset() };
}

/** The span that this one is in; undefined: it is in none. */
export function parentOf(span: ReadableSpan, spans: Spans): ReadableSpan | undefined {
  const id = span.parentSpanContext?.spanId;
  return spans.all().find((each) => each.spanContext().spanId === id);
}

/** Which spans it is linked with. */
export function linksOf({ links }: ReadableSpan): readonly string[] {
  return links.map(({ context: { spanId } }) => spanId);
}
