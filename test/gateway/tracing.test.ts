import { readFileSync } from 'node:fs';
import { Server } from 'node:http';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { beforeEach, expect, test, vi } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { startTestGateway } from './harness.ts';
import { linksOf, loadSdk, parentOf } from './spans.ts';

const spans = loadSdk();
beforeEach(() => spans.forget());

const day = dayWindow('2026-03-02', 1);
const list = `{ conversations(${day}, first: 150) { nodes { id } } }`;
const summary = `{ scoreSummary(${day}) { conversationCount } }`;

/** Spans by name: how many there are. */
function counts(): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { name } of spans.all()) found[name] = (found[name] ?? 0) + 1;
  return found;
}

test('a list is an operation, a plan in it, and a call a page in it; what is held costs no call', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore);
  await gateway.query(list);
  await expect
    .poll(counts, { timeout: 20_000 })
    .toEqual({ 'gateway.operation': 1, 'gateway.plan': 1, 'gateway.call': 2 });
  const [operation] = spans.named('gateway.operation');
  expect(operation?.parentSpanContext).toBeUndefined();
  for (const name of ['gateway.plan', 'gateway.call'])
    for (const span of spans.named(name)) expect(parentOf(span, spans)).toBe(operation);
  expect(operation?.attributes).toMatchObject({ 'gateway.operation.calls': 2, 'gateway.operation.rows': 200 });
  expect(spans.named('gateway.call').map(({ attributes }) => attributes['gateway.call.offset'])).toEqual([0, 99]);
  spans.forget();
  await gateway.query(list);
  await expect.poll(counts, { timeout: 20_000 }).toEqual({ 'gateway.operation': 1, 'gateway.plan': 1 });
  expect(spans.named('gateway.operation')[0]?.attributes).toMatchObject({ 'gateway.operation.held_pages': 2 });
});

test('two operations at once make the calls of one, in the trace of the one that began them', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000, switches: { latencyMs: 200 } });
  await using gateway = await startTestGateway(kore);
  await Promise.all([gateway.query(list), gateway.query(list)]);
  await expect
    .poll(counts, { timeout: 20_000 })
    .toEqual({ 'gateway.operation': 2, 'gateway.plan': 2, 'gateway.call': 2 });
  const callers = new Set(spans.named('gateway.call').map((call) => parentOf(call, spans)));
  expect(callers.size).toBe(1);
  const merged = spans.named('gateway.operation').map(({ attributes }) => attributes['gateway.operation.merged_reads']);
  expect(merged.toSorted()).toEqual([0, 2]);
});

test('what is read for everybody has a trace of its own, linked with all who wait for it, as they are with it', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000, switches: { latencyMs: 100 } });
  await using gateway = await startTestGateway(kore);
  await Promise.all([gateway.query(summary), gateway.query(summary)]);
  await expect.poll(counts, { timeout: 20_000 }).toEqual({
    'gateway.operation': 2,
    'gateway.plan': 2,
    'gateway.reading': 1,
    'gateway.call': kore.callCount,
  });
  const [reading] = spans.named('gateway.reading');
  if (reading === undefined) throw new Error('nothing was read');
  const operations = spans.named('gateway.operation');
  expect(reading.parentSpanContext).toBeUndefined();
  expect(new Set(linksOf(reading))).toEqual(new Set(operations.map((each) => each.spanContext().spanId)));
  for (const operation of operations) expect(linksOf(operation)).toEqual([reading.spanContext().spanId]);
  for (const call of spans.named('gateway.call')) expect(parentOf(call, spans)).toBe(reading);
  const traces = new Set(spans.named('gateway.call').map((call) => call.spanContext().traceId));
  expect(traces).toEqual(new Set([reading.spanContext().traceId]));
});

test('an operation stands in the trace that its request came in', async () => {
  // As an instrumentation of HTTP does it: requests are taken within a span.
  const { emit } = Server.prototype;
  const taken = vi.spyOn(Server.prototype, 'emit').mockImplementation(function (this: Server, ...event) {
    const name: string = event[0];
    if (name !== 'request') return emit.apply(this, event);
    return trace.getTracer('http').startActiveSpan('request', (outer) => {
      outer.end();
      return emit.apply(this, event);
    });
  });
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  await gateway.query(list);
  taken.mockRestore();
  await expect.poll(() => spans.named('gateway.operation').length, { timeout: 20_000 }).toBe(1);
  const [operation] = spans.named('gateway.operation');
  const [call] = spans.named('gateway.call');
  if (operation === undefined || call === undefined) throw new Error('nothing was asked');
  expect(parentOf(operation, spans)?.name).toBe('request');
  expect(parentOf(call, spans)).toBe(operation);
});

test('each attempt is a call, and failures are told by their codes alone', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50, faults: [{ kind: 'status', status: 503 }] });
  await using gateway = await startTestGateway(kore, { settings: { KORE_RETRY_WAIT_MS_MIN: '1' } });
  await gateway.query(list);
  await expect.poll(() => spans.named('gateway.operation').length, { timeout: 20_000 }).toBe(1);
  const told = spans
    .named('gateway.call')
    .map(({ attributes, status }) => [
      attributes['gateway.call.attempt'],
      attributes['gateway.call.outcome'],
      attributes['http.response.status_code'],
      attributes['error.type'],
      status,
    ]);
  expect(told).toEqual([
    [1, 'UPSTREAM_UNAVAILABLE', 503, 'UPSTREAM_UNAVAILABLE', { code: SpanStatusCode.ERROR }],
    [2, 'OK', 200, undefined, { code: SpanStatusCode.UNSET }],
  ]);
  spans.forget();
  await gateway.query('{ conversations(first: -1) { totalCount } }');
  await gateway.query('{ nothing }');
  await expect.poll(() => spans.named('gateway.operation').length, { timeout: 20_000 }).toBe(2);
  expect(
    spans.named('gateway.operation').map(({ attributes, status }) => [attributes['error.type'], status.code]),
  ).toEqual([
    ['BAD_USER_INPUT', SpanStatusCode.UNSET],
    ['GRAPHQL_VALIDATION_FAILED', SpanStatusCode.UNSET],
  ]);
});

test('no span holds a secret, a name, an id, or what a client wrote; and each tells what docs/metrics.md says', async () => {
  await using kore = await startSimulator({
    conversationsPerDay: 250,
    faults: [{ kind: 'status', status: 500, body: 'secret-of-the-upstream' }],
  });
  await using gateway = await startTestGateway(kore);
  const named = `query SecretOfAName { conversations(${day}, first: 100) { nodes { id conversationId customConversationId agents { agentId name } queues { queueId name } audit { auditor } } } }`;
  const headers = { authorization: 'Bearer secret-of-a-caller', 'x-request-id': 'secret-of-a-request' };
  const answer = await gateway.query(named, {}, headers);
  const filter = 'filterBy: { agentIds: ["secret-of-an-agent"] }';
  await gateway.query(
    `{ conversations(${day}, ${filter}) { nodes { id } } secretOfAnAlias: scoreSummary(${day}) { averageScore } }`,
  );
  await gateway.query('{ conversation(conversationId: "secret-of-an-id") { id } }');
  await gateway.query(`{ conversations(after: "secret-of-a-cursor", ${day}) { nodes { id } } }`);
  await expect.poll(() => spans.named('gateway.operation').length, { timeout: 20_000 }).toBe(4);
  const said = JSON.stringify(
    spans.all().map(({ name, attributes, events, status, links, resource }) => ({
      name,
      attributes,
      events,
      status,
      links: links.map((link) => link.attributes),
      resource: resource.attributes,
    })),
  );
  const values = [...JSON.stringify(answer.data).matchAll(/":"([^"]+)"/g)].map(([, value = '']) => value);
  expect(values.length).toBeGreaterThan(500);
  const planted = [kore.account.clientSecret, kore.account.clientId, kore.account.accountId, kore.account.orgId];
  const sent = String(kore.calls[0]?.headers['auth']);
  for (const secret of new Set([...values, ...planted, kore.account.streamId, sent, kore.url, 'secret', 'Secret']))
    expect(said).not.toContain(secret);
  const { told } = documented();
  for (const { name, attributes } of spans.all())
    for (const key of Object.keys(attributes)) expect(told.get(name), `${name}: ${key}`).toContain(key);
});

test('a gateway that ends has handed on what was recorded, or has waited for it a moment', async () => {
  const flush = vi.spyOn(BasicTracerProvider.prototype, 'forceFlush');
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  for (const end of [async () => undefined, () => Promise.reject(new Error('gone')), () => Promise.race([])]) {
    const gateway = await startTestGateway(kore);
    flush.mockImplementationOnce(end);
    await gateway.close();
  }
  expect(flush).toHaveBeenCalledTimes(3);
  flush.mockRestore();
});

/** The spans of docs/metrics.md, and what they tell. */
function documented(): { readonly told: ReadonlyMap<string, readonly string[]> } {
  const [, traces = ''] = readFileSync('docs/metrics.md', 'utf8').split(/^## Traces$/m);
  const rows = [...traces.matchAll(/^\| `([\w.]+)` \|([^\n]+)\|$/gm)];
  return {
    told: new Map(
      rows.map(([, name = '', rest = '']) => [name, [...rest.matchAll(/`([\w.]+)`/g)].map(([, key = '']) => key)]),
    ),
  };
}
