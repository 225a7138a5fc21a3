import { spawn } from 'node:child_process';
import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { startTestGateway } from '../gateway/harness.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { timed } from '../timed.ts';
import { errorOf } from './stand.ts';
import { listOf } from './truth.ts';

/**
 * Names and connections. The resolver is that of the process, and is stood in for here, for a name that is loopback. Whether an address that a name resolves to is private is
 * not looked at (F17, rebinding): KORE_BASE_URL is the operator's own, and TLS proves the host; what is tried is that a connection outlives a name that moves away.
 */
const { lookup: asBefore } = dns;
afterEach(() => {
  Reflect.set(dns, 'lookup', asBefore);
});

type Callback = (error: NodeJS.ErrnoException | null, found: string | LookupAddress[], family: number) => void;
type Resolved = readonly LookupAddress[] | NodeJS.ErrnoException;

const ipv4 = (...addresses: readonly string[]): Resolved => addresses.map((address) => ({ address, family: 4 }));
const failed = (code: string): Resolved => Object.assign(new Error(`getaddrinfo ${code} localhost`), { code });

/** Answers look-ups of localhost one after the other, the last for ever; counts them. `hold` keeps an answer back until it resolves. */
function resolveBy(answers: readonly Resolved[], hold?: Promise<void>): { readonly count: () => number } {
  let count = 0;
  const standIn = (name: string, options: LookupOptions, callback: Callback) => {
    // The gateway's own address, and the test's.
    if (name !== 'localhost') return asBefore(name, options, callback);
    const answer = answers[Math.min(count, answers.length - 1)];
    count += 1;
    void (hold ?? Promise.resolve()).then(() =>
      answer instanceof Error ? callback(answer, [], 0) : callback(null, [...(answer ?? [])], 0),
    );
  };
  Reflect.set(dns, 'lookup', standIn);
  return { count: () => count };
}

const brief = { OPERATION_DEADLINE_MS: '1500', KORE_RETRY_WAIT_MS_MIN: '1', KORE_RETRY_WAIT_MS_MAX: '5' };

async function startByName(kore: Simulator, settings: Readonly<Record<string, string>> = {}) {
  const named = { url: kore.url.replace('127.0.0.1', 'localhost'), account: kore.account };
  const gateway = await startTestGateway(named, { settings: { ...brief, ...settings } });
  return {
    ...gateway,
    async ask(date: string) {
      const { value, isInTime } = await timed(1_600, () => gateway.query(listOf(date)));
      expect(isInTime).toBe(true);
      expect(JSON.stringify(value)).not.toMatch(/localhost|getaddrinfo|ENOTFOUND|EAI_AGAIN/);
      return value;
    },
  };
}

const [first, second] = ['2026-03-02', '2026-03-03'];

test.for([
  ['no such name: asked for once', 'ENOTFOUND', 1],
  ['a resolver that is busy for long: as often as the rule allows', 'EAI_AGAIN', 3],
] as const)('F17 %s', async ([, code, lookupCount]) => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  const resolver = resolveBy([failed(code)]);
  await using gateway = await startByName(kore);
  expect(errorOf(await gateway.ask(first))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
  expect([resolver.count(), kore.callCount]).toEqual([lookupCount, 0]);
  expect(gateway.logLines.join('')).toContain(`"cause":"${code}"`);
});

test('F17 a resolver that is busy once: asked again, and data', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  const resolver = resolveBy([failed('EAI_AGAIN'), ipv4('127.0.0.1')]);
  await using gateway = await startByName(kore);
  expect((await gateway.ask(first)).data?.['conversations']?.totalCount).toBe(20);
  expect([resolver.count(), kore.callCount]).toEqual([2, 1]);
});

test('F17 a resolver that never answers: the deadline is kept', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  const { promise, resolve } = Promise.withResolvers<void>();
  resolveBy([ipv4('127.0.0.1')], promise);
  await using gateway = await startByName(kore, { KORE_ATTEMPT_TIMEOUT_MS: '300' });
  expect(errorOf(await gateway.ask(first))).toMatchObject({ code: 'UPSTREAM_TIMEOUT', retryable: true });
  expect(kore.callCount).toBe(0);
  resolve();
});

test('F17 a name that moves away: not asked for at each call, for the connection stays', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  const resolver = resolveBy([ipv4('127.0.0.1'), ipv4('127.0.0.9')]);
  await using gateway = await startByName(kore, { KORE_CALLS_IN_FLIGHT_MAX: '1' });
  for (const date of [first, second, '2026-03-04', '2026-03-05']) {
    expect((await gateway.ask(date)).data?.['conversations']?.totalCount).toBe(20);
  }
  expect([resolver.count(), kore.callCount]).toEqual([1, 4]);
});

test('F21 of several addresses one is bad: the other is taken', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  resolveBy([ipv4('127.0.0.9', '127.0.0.1')]);
  await using gateway = await startByName(kore);
  for (const date of [first, second]) expect((await gateway.ask(date)).data?.['conversations']?.totalCount).toBe(20);
  expect(kore.callCount).toBe(2);
});

/** A program that listens with the shortest of queues and then is stopped: once that is full, the kernel drops whoever knocks. */
async function openBlackHole() {
  const program = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port) })`;
  const child = spawn(process.execPath, ['--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  child.kill('SIGSTOP');
  const fillers = Array.from({ length: 4 }, () => connect(Number(line), '127.0.0.1').on('error', () => undefined));
  await Promise.race(fillers.map((socket) => once(socket, 'connect')));
  return {
    url: `http://127.0.0.1:${line}`,
    async [Symbol.asyncDispose]() {
      for (const socket of fillers) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('F19 a host that takes no connection: a timeout, within the deadline', async () => {
  await using kore = await startSimulator();
  await using hole = await openBlackHole();
  const settings = { ...brief, KORE_CONNECT_TIMEOUT_MS: '200', KORE_ATTEMPT_TIMEOUT_MS: '300' };
  await using gateway = await startTestGateway({ url: hole.url, account: kore.account }, { settings });
  const { value, isInTime } = await timed(1_600, () => gateway.query(listOf(first)));
  expect(isInTime).toBe(true);
  expect(errorOf(value)).toMatchObject({ code: 'UPSTREAM_TIMEOUT', retryable: true });
});

test('F19 a host that takes the connection and never shakes hands: a timeout, within the deadline', async () => {
  await using kore = await startSimulator();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const settings = { ...brief, KORE_CONNECT_TIMEOUT_MS: '200', KORE_ATTEMPT_TIMEOUT_MS: '300' };
  await using gateway = await startTestGateway(
    { url: `https://127.0.0.1:${port}`, account: kore.account },
    { settings },
  );
  const { value, isInTime } = await timed(1_600, () => gateway.query(listOf(first)));
  expect(isInTime).toBe(true);
  expect(errorOf(value)).toMatchObject({ code: 'UPSTREAM_TIMEOUT', retryable: true });
  expect(sockets.size).toBeGreaterThanOrEqual(1);
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('F19 nobody listens: unavailable at once', async () => {
  const kore = await startSimulator();
  await using gateway = await startTestGateway(kore, { settings: brief });
  await kore[Symbol.asyncDispose]();
  expect(errorOf(await gateway.query(listOf(first)))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
});
