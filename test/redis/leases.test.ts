import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { parseRedisAddress } from '../../src/redis/address.ts';
import { createLeadership } from '../../src/redis/leadership.ts';
import { createSharedLeases } from '../../src/redis/leases.ts';
import { createLink } from '../../src/redis/link.ts';
import { createLines } from '../store/samples.ts';
import { timed } from '../timed.ts';
import { clock } from './desk.ts';
import { openProxy } from './proxy.ts';
import { type RedisServer, startRedis } from './server.ts';

const keyPrefix = '{kore:account}:scope';

/** One replica's leases and leadership, by a way of its own that can be cut. It gives up no answer that a busy machine brings late. */
async function openPeer(server: RedisServer, { commandMs = 10_000, readyMs = 10_000 } = {}) {
  const proxy = await openProxy(server.port);
  const address = parseRedisAddress(proxy.url);
  if (address === null) throw new Error(proxy.url);
  const settings = { address, probeKey: `${keyPrefix}:probe`, commandMs, connectMs: 5_000 };
  const link = createLink(settings, clock, createLines());
  await link.ready(readyMs);
  const owner = randomUUID();
  let writing: Promise<void> = Promise.resolve();
  const leases = createSharedLeases({ link, clock, keyPrefix, owner, settled: () => writing });
  const leadership = createLeadership({ link, clock, keyPrefix, owner });
  return {
    link,
    proxy,
    leases,
    leadership,
    /** Until the answer ends, what was written can't be seen. */
    write(done: Promise<void>) {
      writing = done;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([leases.close(), leadership.close()]);
      await link.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

describe('a lease', () => {
  test('is had by one at a time, and each has a greater token than all before', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await using other = await openPeer(server);
    const workCount = 100;
    let [holderCount, last, takenCount] = [0, 0, 0];
    const works = Array.from({ length: workCount }, async (_, at) => {
      const { leases } = at % 2 === 0 ? one : other;
      for (;;) {
        const lease = await leases.take('key', at);
        if (lease === null) {
          await nextTurn();
          continue;
        }
        holderCount += 1;
        expect(holderCount).toBe(1);
        expect(lease.token).toBeGreaterThan(Math.max(last, at));
        last = lease.token;
        takenCount += 1;
        await leases.take('another key', 0);
        holderCount -= 1;
        await lease.release();
        return;
      }
    });
    await Promise.all(works);
    expect(takenCount).toBe(workCount);
  });

  test('exceeds what its taker has seen, and the others go on from there', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await using other = await openPeer(server);
    const seen = Date.now() * 1000;
    expect((await one.leases.take('a', seen))?.token).toBe(seen + 1);
    expect((await other.leases.take('b', 7))?.token).toBe(seen + 2);
    for (const [at, garbage] of ['1e300', 'nan', '-nan', 'inf', String(seen + 60_000_000)].entries()) {
      await server.command('SET', `${keyPrefix}:token`, garbage);
      expect((await other.leases.take(garbage, seen + 10 * at))?.token, garbage).toBe(seen + 10 * at + 1);
    }
    // Whose own clock is a minute ahead numbers by it, has the lease, and lifts nobody else's numbers.
    const ahead = seen + 60_000_000;
    expect((await one.leases.take('d', ahead))?.token).toBe(ahead + 1);
    expect(await other.leases.take('d', seen)).toBeNull();
    expect((await other.leases.take('e', seen))?.token).toBeLessThan(ahead - 50_000_000);
  });

  test('is free when what was written under it can be seen, not before', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await using other = await openPeer(server);
    const { promise: writing, resolve: written } = Promise.withResolvers<void>();
    one.write(writing);
    const lease = await one.leases.take('key', 0);
    const released = lease?.release();
    expect(await other.leases.take('key', 0)).toBeNull();
    expect(await other.leases.areFree(['key', 'other'])).toEqual([false, true]);
    written();
    await released;
    expect(await other.leases.take('key', 0)).not.toBeNull();
  });

  test('is kept as long as its holder lives, and free within seven seconds when he does not', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await using other = await openPeer(server);
    const lease = await one.leases.take('key', 0);
    const ttl = async () => Number((await server.command('PTTL', (await keysOf(server))[0] ?? '')).slice(1));
    // What is left of it grows only when it is renewed, and that is all that it lives for without its holder.
    await expect.poll(ttl, { timeout: 10_000 }).toBeLessThan(5_000);
    await expect.poll(ttl, { timeout: 10_000 }).toBeGreaterThan(5_000);
    expect(await other.leases.take('key', 0)).toBeNull();
    one.proxy.cut();
    expect(await ttl()).toBeLessThan(7_000);
    await expect.poll(() => other.leases.take('key', 0), { timeout: 20_000 }).not.toBeNull();
    // Who has lost it takes it from nobody.
    one.proxy.join();
    await expect.poll(() => one.link.isUp(), { timeout: 20_000 }).toBe(true);
    await lease?.release();
    expect(await one.leases.take('key', 0)).toBeNull();
  });

  test('outlives a server that forgets all', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await using other = await openPeer(server);
    await one.leases.take('key', 0);
    await server.command('FLUSHALL');
    await expect.poll(() => keysOf(server), { timeout: 20_000 }).toHaveLength(1);
    expect(await other.leases.take('key', 0)).toBeNull();
  });

  test('is nobody’s when the server has just been lost, and everybody’s when all those of before are over', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await using other = await openPeer(server);
    await (await one.leases.take('before', 0))?.release();
    await server.kill();
    await expect.poll(() => one.link.isUp() || other.link.isUp(), { timeout: 10_000 }).toBe(false);
    for (const { leases } of [one, other]) expect(await leases.take('key', 41)).toBeNull();
    for (const { leases } of [one, other]) {
      const take = async () => (await leases.take('key', 41))?.token;
      await expect.poll(take, { timeout: 20_000 }).toBe(42);
      expect(await leases.areFree(['key'])).toEqual([false]);
    }
    await using never = await openPeer(server, { readyMs: 500 });
    expect((await never.leases.take('key', 41))?.token, 'it has never met the others').toBe(42);
  });

  test.for([
    ['no end', ['SET', 'x']],
    ['another type', ['RPUSH', 'x']],
    ['an end far off', ['SET', 'x', 'EX', '100000']],
  ] as const)('that is garbage holds nobody up: %s', async ([, [command, value, ...more]]) => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await one.leases.take('key', 0);
    const [name = ''] = await keysOf(server);
    await server.command('DEL', name);
    await server.command(command, name, value, ...more);
    await server.command('DEL', `${keyPrefix}:token`);
    await server.command('RPUSH', `${keyPrefix}:token`, 'x');
    expect((await one.leases.take('key', 8))?.token).toBe(9);
  });
});

describe('the leader', () => {
  test('is one of those who can be reached, and another within ten seconds when it is gone', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server);
    await using other = await openPeer(server);
    const leaders = () => [one, other].filter(({ leadership }) => leadership.isLeader());
    await expect.poll(() => leaders().length, { timeout: 20_000 }).toBe(1);
    const [first] = leaders();
    first?.proxy.cut();
    await expect.poll(() => first?.leadership.isLeader(), { timeout: 10_000 }).toBe(false);
    const following = await timed(10_000, () => expect.poll(() => leaders().length, { timeout: 20_000 }).toBe(1));
    expect(following).toMatchObject({ isInTime: true });
    expect(leaders()[0]).not.toBe(first);
  });

  test('leaves it to another at once when it ends', async () => {
    await using server = await startRedis();
    await using other = await openPeer(server);
    await other.leadership.close();
    {
      await using one = await openPeer(server);
      await expect.poll(() => one.leadership.isLeader(), { timeout: 20_000 }).toBe(true);
      expect(await server.command('EXISTS', `${keyPrefix}:leader`)).toContain(':1');
    }
    expect(await server.command('EXISTS', `${keyPrefix}:leader`)).toContain(':0');
    await using next = await openPeer(server);
    await expect.poll(() => next.leadership.isLeader(), { timeout: 20_000 }).toBe(true);
  });

  test('is nobody while the server can not be reached', async () => {
    await using server = await startRedis();
    await using one = await openPeer(server, { commandMs: 200 });
    await expect.poll(() => one.leadership.isLeader(), { timeout: 20_000 }).toBe(true);
    server.hang();
    // Sooner than it would end by itself.
    await expect.poll(() => one.leadership.isLeader(), { timeout: 3_000 }).toBe(false);
    server.goOn();
    await expect.poll(() => one.leadership.isLeader(), { timeout: 20_000 }).toBe(true);
  });
});

async function keysOf(server: RedisServer): Promise<readonly string[]> {
  return (await server.command('KEYS', `${keyPrefix}:lease:*`)).match(/\{kore:\S+/g) ?? [];
}
