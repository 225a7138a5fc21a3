import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import type { Fault } from '../simulator/faults.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { expectData, failureOf, startUpstream } from './upstream.ts';

const endless: readonly [Fault][] = [
  [{ kind: 'hang-before-headers', times: 'all' }],
  [{ kind: 'hang-mid-headers', times: 'all' }],
  [{ kind: 'hang-mid-body', times: 'all' }],
  [{ kind: 'drip', bytes: 1, everyMs: 5, times: 'all' }],
  [{ kind: 'content-length', by: 10, times: 'all' }],
  [{ kind: 'delay', ms: 60_000, times: 'all' }],
];

describe('a deadline is kept, whatever the upstream does', () => {
  test.for(endless)('%j', async ([fault]) => {
    await using kore = await startSimulator({ faults: [fault] });
    await using upstream = startUpstream(kore);
    const startedAt = performance.now();
    const failure = await failureOf(upstream, { deadlineMs: 150 });
    expectWithin(startedAt, 149, 250);
    expect(failure.code).toBe('DEADLINE_EXCEEDED');
    expect(kore.callCount).toBe(1);
  });

  test('also when attempts end before it: the last one gets what is left', async () => {
    await using kore = await startSimulator({ faults: [{ kind: 'hang-mid-body', times: 'all' }] });
    await using upstream = startUpstream(kore, { client: { attemptTimeoutMs: 250 } });
    const startedAt = performance.now();
    expect(await failureOf(upstream, { deadlineMs: 450 })).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expectWithin(startedAt, 449, 550);
    expect(kore.callCount).toBe(2);
  });

  test('also in the queue of the gate', async () => {
    await using kore = await startSimulator({ faults: [{ kind: 'hang-before-headers' }] });
    await using upstream = startUpstream(kore, { budget: { inFlightMax: 1 } });
    const leaving = new AbortController();
    const first = failureOfLeaver(upstream.read({ signal: leaving.signal }));
    const startedAt = performance.now();
    expect(await failureOf(upstream, { deadlineMs: 100 })).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED' });
    expectWithin(startedAt, 99, 200);
    leaving.abort();
    await first;
    expect(kore.callCount).toBe(1);
  });

  test('and a wait that would pass it is not begun', async () => {
    await using kore = await startSimulator({ faults: [{ kind: 'status', status: 503, times: 'all' }] });
    await using upstream = startUpstream(kore, { retry: { waitMsMin: 1_000, waitMsMax: 1_000 } });
    const startedAt = performance.now();
    expect(await failureOf(upstream, { deadlineMs: 900 })).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expectWithin(startedAt, 0, 500);
  });

  test('one that is over already costs no call and no slot', async () => {
    await using kore = await startSimulator();
    await using upstream = startUpstream(kore);
    const before = upstream.budget.state();
    expect(await failureOf(upstream, { deadlineMs: 0 })).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(upstream.budget.state()).toStrictEqual(before);
    expect(kore.callCount).toBe(0);
  });

  test('one that is put off meanwhile lets the next attempt be made', async () => {
    await using kore = await startSimulator({ faults: [{ kind: 'hang-before-headers' }] });
    await using upstream = startUpstream(kore);
    let deadline = performance.now() + 100;
    kore.beforeCall(() => {
      deadline = performance.now() + 10_000;
    });
    await expectData(upstream, kore, { deadlineAt: () => deadline });
    expect(kore.callCount).toBe(2);
  });
});

describe('who leaves is let go within 50 ms, and the upstream sees the connection closed', () => {
  // An answer that was promised longer than it is has been sent as far as the upstream knows.
  test.for(endless.filter(([{ kind }]) => kind !== 'content-length'))('%j', async ([fault]) => {
    const { promise: ended, resolve: onCall } = Promise.withResolvers<{ readonly isAborted: boolean }>();
    await using kore = await startSimulator({ faults: [fault], onCall });
    await using upstream = startUpstream(kore);
    const arrived = arrival(kore);
    const leaving = new AbortController();
    const reason = new Failure('DEADLINE_EXCEEDED', 'gone');
    const reading = failureOfLeaver(upstream.read({ signal: leaving.signal }));
    await arrived;
    const leftAt = performance.now();
    leaving.abort(reason);
    expect(await reading).toBe(reason);
    expectWithin(leftAt, 0, 50);
    expect(await ended).toMatchObject({ isAborted: true });
    expect(kore.callCount).toBe(1);
    expect(upstream.budget.state().inFlightCalls).toBe(0);
    expect(upstream.reports.map(({ outcome }) => outcome)).toStrictEqual(['DEADLINE_EXCEEDED']);
  });

  test('also between two attempts', async () => {
    await using kore = await startSimulator({ faults: [{ kind: 'status', status: 503, times: 'all' }] });
    await using upstream = startUpstream(kore, { retry: { waitMsMin: 5_000, waitMsMax: 5_000 } });
    const leaving = new AbortController();
    const reading = failureOfLeaver(upstream.read({ signal: leaving.signal }));
    await until(() => upstream.reports.length === 1);
    const leftAt = performance.now();
    leaving.abort('gone');
    expect(await reading).toBe('gone');
    expectWithin(leftAt, 0, 50);
    expect(kore.callCount).toBe(1);
  });

  test('also in the queue, and no call is made for it', async () => {
    await using kore = await startSimulator({ faults: [{ kind: 'hang-before-headers' }] });
    await using upstream = startUpstream(kore, { budget: { inFlightMax: 1 } });
    const [first, second] = [new AbortController(), new AbortController()];
    const readings = [first, second].map(({ signal }) => failureOfLeaver(upstream.read({ signal })));
    await arrival(kore);
    second.abort('second');
    expect(await readings[1]).toBe('second');
    first.abort('first');
    expect(await readings[0]).toBe('first');
    await expectData(upstream, kore);
    expect(kore.callCount).toBe(2);
  });

  test('and whoever has left before the first call costs none', async () => {
    await using kore = await startSimulator();
    await using upstream = startUpstream(kore);
    expect(await failureOfLeaver(upstream.read({ signal: AbortSignal.abort('gone') }))).toBe('gone');
    expect(kore.callCount).toBe(0);
    expect(upstream.budget.state()).toMatchObject({ remaining: 10_000, inFlightCalls: 0 });
  });
});

describe('a server that takes the connection and never shakes hands', () => {
  test('is a timeout of the upstream', async () => {
    await using mute = await startMute();
    await using upstream = startUpstream(mute, { client: { attemptTimeoutMs: 100 }, retry: { attemptsMax: 1 } });
    const startedAt = performance.now();
    expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expectWithin(startedAt, 99, 200);
  });

  test('holds nobody who leaves', async () => {
    await using mute = await startMute();
    await using upstream = startUpstream(mute);
    const leaving = new AbortController();
    const reading = failureOfLeaver(upstream.read({ signal: leaving.signal }));
    await mute.connected;
    const leftAt = performance.now();
    leaving.abort('gone');
    expect(await reading).toBe('gone');
    expectWithin(leftAt, 0, 50);
  });
});

test('HTTP/2 is not offered, so that no two answers share a connection at a time', async () => {
  await using mute = await startMute();
  await using upstream = startUpstream(mute);
  const leaving = new AbortController();
  const reading = failureOfLeaver(upstream.read({ signal: leaving.signal }));
  const hello = await mute.hello;
  expect(hello.includes('\u0008http/1.1')).toBe(true);
  expect(hello.includes('\u0002h2')).toBe(false);
  leaving.abort('gone');
  expect(await reading).toBe('gone');
});

test('what is under way when the gateway leaves ends at once, and says so', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'hang-mid-body' }] });
  const upstream = startUpstream(kore);
  const reading = failureOf(upstream);
  await arrival(kore);
  await upstream.close();
  expect(await reading).toMatchObject({ code: 'SHUTTING_DOWN' });
  expect(await failureOf(upstream)).toMatchObject({ code: 'SHUTTING_DOWN' });
});

/** What a read that was left rejects with. */
async function failureOfLeaver(reading: Promise<unknown>): Promise<unknown> {
  return await reading.then(
    () => 'an answer',
    (reason: unknown) => reason,
  );
}

/** Resolves when the simulator has begun to answer a call. */
function arrival(kore: Awaited<ReturnType<typeof startSimulator>>): Promise<void> {
  return new Promise((resolve) => kore.beforeCall(() => resolve()));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

function expectWithin(startedAt: number, leastMs: number, mostMs: number): void {
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThanOrEqual(leastMs);
  expect(tookMs).toBeLessThanOrEqual(mostMs);
}

/** Listens, accepts, and says nothing; asked over https, so that the handshake never ends. */
async function startMute() {
  const sockets = new Set<Socket>();
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  const { promise: hello, resolve: onHello } = Promise.withResolvers<string>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => onHello(bytes.toString('latin1')));
    resolve();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const account = { accountId: 'a', orgId: 'o', streamId: 'st', clientId: 'cs', clientSecret: 'synthetic-secret' };
  return {
    url: `https://127.0.0.1:${port}`,
    account,
    connected,
    hello,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
