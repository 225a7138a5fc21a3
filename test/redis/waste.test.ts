import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedisEntries } from '../../src/store/redis-entries.ts';
import { createVault } from '../../src/store/vault.ts';
import { dayWindow, pageOf, secret, tileOf } from '../store/samples.ts';
import { openReplica, type Replica, request } from './desk.ts';
import { type RedisServer, startRedis } from './server.ts';

const [page, tile] = [pageOf({ rowCount: 20 }), tileOf(1, { rowCount: 50 })];
const wrongHead = `${2 * 86_400} ${3 * 86_400} 7`;

/** Every key of the server. */
async function keysOf(server: RedisServer): Promise<readonly string[]> {
  return (await server.command('KEYS', '{kore:scope}:*')).match(/\{kore:\S+/g) ?? [];
}

async function writeAll({ store }: Replica): Promise<void> {
  store.writePage('key', page);
  store.writeTile('list', tile);
  store.writeNote('note', 'text');
  await store.settled();
}

/** What is read is what was written, or nothing. */
async function expectTruth({ store }: Replica): Promise<void> {
  const reads = store.patient;
  expect([undefined, page]).toContainEqual((await reads.readPages(['key'], request()))[0]);
  const windows = [tile.window, dayWindow(2)];
  const tiles = await reads.readTiles('list', windows, request());
  expect([undefined, tile]).toContainEqual(tiles[0]);
  expect(tiles[1]).toBeUndefined();
  expect([undefined, 'text']).toContainEqual(await store.readNote('note', request()));
  for (const { window } of await reads.findTiles('list', dayWindow(0, 9), request()))
    expect(windows).toContainEqual(window);
}

/** After what was read once, all can be written and read again. */
async function expectRecovery(replica: Replica): Promise<void> {
  await expect
    .poll(
      async () => {
        await writeAll(replica);
        const found = await replica.store.patient.findTiles('list', dayWindow(1), request());
        const tiles = await replica.store.patient.readTiles('list', [tile.window], request());
        return [await replica.store.patient.readPages(['key'], request()), tiles, found.length];
      },
      { timeout: 20_000 },
    )
    .toEqual([[page], [tile], 1]);
}

describe('what is of no use', () => {
  test.for<[what: string, spoil: (server: RedisServer, name: string) => Promise<unknown>]>([
    ['text', (server, name) => server.command('SET', name, 'rubbish')],
    ['nothing', (server, name) => server.command('SET', name, '')],
    ['a mark and no more', (server, name) => server.command('SET', name, 'k1')],
    ['a stamp of all times', (server, name) => server.command('SET', name, `k1${'\x7f'.repeat(80)}`)],
    ['a list', (server, name) => spoilWith(server, name, ['RPUSH', name, 'one', 'two'])],
    ['a hash', (server, name) => spoilWith(server, name, ['HSET', name, 'field', 'value'])],
    ['a set', (server, name) => spoilWith(server, name, ['SADD', name, 'member'])],
    ['a stream', (server, name) => spoilWith(server, name, ['XADD', name, '*', 'field', 'value'])],
    ['an index of rubbish', (server, name) => spoilWith(server, name, ['ZADD', name, '86400', 'rubbish', '86400', ''])],
    ['an index of what is not there', (server, name) => spoilWith(server, name, ['ZADD', name, '172800', wrongHead])],
    ['a part of itself', (server, name) => server.command('SETRANGE', name, '60', 'spoilt')],
  ])('F65 is a miss, and goes: %s', async ([, spoil]) => {
    await using server = await startRedis();
    await using replica = await openReplica(server.url);
    await writeAll(replica);
    for (const name of await keysOf(server)) await spoil(server, name);
    for (let round = 0; round < 3; round++) await expectTruth(replica);
    await expectRecovery(replica);
    expect(replica.log.lines.filter((line) => /^(warn|error)/.test(line))).toEqual([]);
  });

  test('F65 is what stands under the key of another: it was sealed for its own', async () => {
    await using server = await startRedis();
    await using replica = await openReplica(server.url);
    replica.store.writePage('other key', pageOf({ rowCount: 3, seed: 9 }));
    replica.store.writeTile('other list', tileOf(1, { rowCount: 7 }));
    await writeAll(replica);
    const { keys } = createRedisEntries(replica.link, '{kore:scope}', createVault(secret));
    const pairs = [
      [keys.page('key'), keys.page('other key')],
      [keys.tile('list', tile.window), keys.tile('other list', tile.window)],
      [keys.tile('list', dayWindow(2)), keys.tile('list', tile.window)],
      [keys.note('note'), keys.page('other key')],
    ] as const;
    for (const [to, from] of pairs) await server.command('COPY', from, to, 'REPLACE');
    for (let round = 0; round < 3; round++) {
      expect(await replica.store.patient.readPages(['key'], request())).toEqual([undefined]);
      const tiles = await replica.store.patient.readTiles('list', [tile.window, dayWindow(2)], request());
      expect(tiles).toEqual([undefined, undefined]);
      expect(await replica.store.readNote('note', request())).toBeUndefined();
    }
    await expectRecovery(replica);
  });

  test('F65 is what another secret has sealed: it is not even found', async () => {
    await using server = await startRedis();
    await using foreign = await openReplica(server.url, { secret: 'another secret of sixteen characters' });
    await using replica = await openReplica(server.url);
    await writeAll(foreign);
    expect(await replica.store.patient.readPages(['key'], request())).toEqual([undefined]);
    expect(await replica.store.patient.findTiles('list', dayWindow(0, 9), request())).toEqual([]);
    await writeAll(replica);
    await expectTruth(foreign);
    await expectRecovery(foreign);
  });

  test('F65 is bytes of any kind, in whatever place', async () => {
    await using server = await startRedis();
    await using replica = await openReplica(server.url);
    const bytes = fc.string({ unit: fc.integer({ min: 1, max: 127 }).map((code) => String.fromCharCode(code)) });
    const prefix = fc.constantFrom('', 'k', 'k1');
    const stray = fc.tuple(prefix, bytes).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(stray, { minLength: 6, maxLength: 6 }), fc.boolean(), async (strays, isIndex) => {
        await writeAll(replica);
        for (const [at, name] of (await keysOf(server)).entries()) {
          const text = strays[at] ?? '';
          if (isIndex) await spoilWith(server, name, ['ZADD', name, String(86_400 * at), text]);
          else await server.command('SET', name, text);
        }
        await expectTruth(replica);
        await expectRecovery(replica);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a server whose memory is full', () => {
  test.for(['noeviction', 'allkeys-lru'])('holds what it can, and what it says is true: %s', async (policy) => {
    await using server = await startRedis('--maxmemory', '3mb', '--maxmemory-policy', policy);
    await using replica = await openReplica(server.url, { waitMs: 2_000 });
    const days = Array.from({ length: 60 }, (_, day) => day);
    for (const day of days) {
      replica.store.writeTile('list', tileOf(day, { rowCount: 3_000 }));
      replica.store.writePage(`page ${day}`, pageOf({ rowCount: 50, seed: day }));
      await replica.store.settled();
    }
    const windows = days.map((day) => dayWindow(day));
    const tiles = await replica.store.patient.readTiles('list', windows, request());
    const pages = await replica.store.patient.readPages(
      days.map((day) => `page ${day}`),
      request(),
    );
    for (const day of days) {
      if (tiles[day] !== undefined) expect(tiles[day]).toEqual(tileOf(day, { rowCount: 3_000 }));
      if (pages[day] !== undefined) expect(pages[day]).toEqual(pageOf({ rowCount: 50, seed: day }));
    }
    const heldDays = days.filter((day) => tiles[day] !== undefined);
    expect(heldDays.length).toBeGreaterThan(0);
    expect(heldDays.length).toBeLessThan(days.length);
    // What was evicted is found no more, now that it was noticed; by now more may have gone, for answers take room too.
    const strays = async () => {
      const heads = await replica.store.patient.findTiles('list', dayWindow(0, 99), request());
      return heads.filter(({ window }) => !heldDays.includes(window.from / 86_400));
    };
    await expect.poll(strays, { timeout: 20_000 }).toEqual([]);
    const refusals = replica.log.lines.filter((line) => line.includes('refuses what is written'));
    expect(refusals).toHaveLength(policy === 'noeviction' ? 1 : 0);
    expect(replica.link.isUp()).toBe(true);
  });
});

/** Another kind of thing takes the place of a key. */
async function spoilWith(server: RedisServer, name: string, command: readonly string[]): Promise<void> {
  await server.command('DEL', name);
  await server.command(...command);
}
