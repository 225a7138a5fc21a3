import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

const window = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const json = { 'content-type': 'application/json' };

test('a client that leaves takes its call with it', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10, faults: [{ kind: 'hang-before-headers' }] });
  await using gateway = await startTestGateway(kore);
  const leaving = new AbortController();
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  kore.beforeCall(() => resolve());
  const body = JSON.stringify({ query: `{ conversations(${window}) { totalCount } }` });
  const asking = fetch(`${gateway.url}/graphql`, { method: 'POST', headers: json, body, signal: leaving.signal });
  await isAsked;
  leaving.abort();
  await expect(asking).rejects.toThrow();
  // Before any of its own limits could end it.
  await expect.poll(() => kore.abortedCount, { interval: 5, timeout: 4_000 }).toBe(1);
  expect(
    gateway.logLines.filter((line) => line.includes('"msg":"bug"')),
    'to leave is no bug',
  ).toEqual([]);
});

test('a client that leaves takes no call from another who waits for it', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10, faults: [{ kind: 'delay', ms: 400 }] });
  await using gateway = await startTestGateway(kore);
  const leaving = new AbortController();
  const asked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  kore.beforeCall((callIndex) => asked[callIndex]?.resolve());
  const body = JSON.stringify({ query: `{ conversations(${window}) { totalCount } }` });
  const asking = fetch(`${gateway.url}/graphql`, { method: 'POST', headers: json, body, signal: leaving.signal });
  await asked[0].promise;
  const other =
    'other: conversations(window: { from: "2026-03-05T00:00:00Z", until: "2026-03-06T00:00:00Z" }) { totalCount }';
  const staying = gateway.query(`{ conversations(${window}) { totalCount } ${other} }`);
  await asked[1].promise; // Its other field has made its call, so this one has joined the call under way.
  leaving.abort();
  await expect(asking).rejects.toThrow();
  expect((await staying).data).toEqual({ conversations: { totalCount: 10 }, other: { totalCount: 10 } });
  expect([kore.callCount, kore.abortedCount]).toEqual([2, 0]);
});

test('stopping finishes what is in flight, and takes nothing new', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10, faults: [{ kind: 'delay', ms: 300 }] });
  const gateway = await startTestGateway(kore);
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  kore.beforeCall(() => resolve());
  const inFlight = gateway.query(`{ conversations(${window}) { totalCount } }`);
  await isAsked;
  const closed = gateway.close();
  expect((await inFlight).data).toEqual({ conversations: { totalCount: 10 } });
  await closed;
  await expect(fetch(`${gateway.url}/live`)).rejects.toThrow();
});

test.for([
  ['headers that do not end', 'POST /graphql HTTP/1.1\r\nhost: gateway\r\nx-slow: '],
  [
    'a body that does not end',
    'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  ],
] as const)('a slow request is cut off in its time: %s', async ([, head]) => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, {
    settings: { HTTP_HEADERS_TIMEOUT_MS: '300', HTTP_REQUEST_TIMEOUT_MS: '600' },
  });
  const { hostname, port } = new URL(gateway.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write(head);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 408/);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
    errors: [{ extensions: { code: 'BAD_USER_INPUT', reason: 'SLOW_REQUEST' } }],
  });
});
