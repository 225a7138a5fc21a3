import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { createTieredStore } from '../../src/store/tiered.ts';
import { madeRows } from '../model/sample.ts';
import { describeStore } from '../store/laws.ts';
import { dayWindow, pageOf, tileOf } from '../store/samples.ts';
import { openReplica, type Replica, type ReplicaFacts, request } from './desk.ts';
import { type RedisServer, startRedis } from './server.ts';

let server: RedisServer;
let scopeCount = 0;
const replicas: Replica[] = [];

beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  for (const replica of replicas) await replica[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function open(facts: ReplicaFacts = {}): Promise<Replica> {
  const replica = await openReplica(server.url, { waitMs: 10_000, ...facts });
  replicas.push(replica);
  return replica;
}

/** Several replicas of a scope of their own. */
async function openScope(count: number): Promise<readonly Replica[]> {
  const scopeKey = `scope${++scopeCount}`;
  return await Promise.all(Array.from({ length: count }, () => open({ scopeKey })));
}

describeStore(
  'redis',
  async () => {
    const [replica] = await openScope(1);
    if (replica === undefined) throw new Error('no replica');
    return { store: replica.store, settled: replica.store.settled };
  },
  { isBounded: false },
);

describeStore(
  'redis behind memory',
  async (bytesMax) => {
    const [replica] = await openScope(1);
    if (replica === undefined) throw new Error('no replica');
    const store = createTieredStore(createMemoryStore({ bytesMax, openedBytesMax: 10_000_000 }), replica.store, {
      isShared: true,
    });
    return { store, settled: replica.store.settled };
  },
  { isBounded: false },
);

describe('replicas that share a store', () => {
  test('what one has written and settled, the others read; near, they hold nothing of it', async () => {
    const [one, other] = (await openScope(2)).map(({ store }) => store);
    if (one === undefined || other === undefined) throw new Error('no replicas');
    const [page, tile] = [pageOf({ rowCount: 40 }), tileOf(1, { rowCount: 500 })];
    one.writePage('key', page);
    one.writeTile('list', tile);
    one.writeNote('key', 'text');
    await one.settled();
    for (const reads of [other, other.patient]) {
      expect(await reads.readPages(['none', 'key'], request())).toEqual([undefined, page]);
      expect(await reads.findTiles('list', dayWindow(0, 9), request())).toEqual([{ window: tile.window, readAt: 1 }]);
      expect(await reads.readTiles('list', [tile.window, dayWindow(2)], request())).toEqual([tile, undefined]);
    }
    expect(await other.readNote('key', request())).toBe('text');
    expect(await other.near.readPages(['key'], request())).toEqual([undefined]);
    expect(await other.near.findTiles('list', dayWindow(0, 9), request())).toEqual([]);
    expect(await other.near.readTiles('list', [tile.window], request())).toEqual([undefined]);
  });

  test('of two readings the later one stays, whoever writes first', async () => {
    const [one, other] = (await openScope(2)).map(({ store }) => store);
    if (one === undefined || other === undefined) throw new Error('no replicas');
    const [page, tile] = [pageOf({ sequence: 2, seed: 2 }), tileOf(1, { readAt: 2, rowCount: 2 })];
    one.writePage('key', page);
    one.writeTile('list', tile);
    await one.settled();
    other.writePage('key', pageOf({ sequence: 1 }));
    other.writeTile('list', tileOf(1, { readAt: 1 }));
    await other.settled();
    expect(await other.readPages(['key'], request())).toEqual([page]);
    expect(await other.readTiles('list', [tile.window], request())).toEqual([tile]);
    expect(await other.findTiles('list', dayWindow(1), request())).toEqual([{ window: tile.window, readAt: 2 }]);
  });

  test('everything goes after its time, and a tile that is gone is found no more once that was noticed', async () => {
    const [one] = await openScope(1);
    if (one === undefined) throw new Error('no replica');
    const keys = async () => (await server.command('KEYS', `{kore:scope${scopeCount}}:*`)).match(/\{kore:\S+/g) ?? [];
    one.store.writePage('key', pageOf({}));
    one.store.writeTile('list', tileOf(1));
    one.store.writeTile('list', tileOf(2));
    one.store.writeNote('key', 'text');
    await one.store.settled();
    const names = await keys();
    expect(names.map((name) => name.split(':')[2]).sort()).toEqual(['note', 'page', 'probe', 'tile', 'tile', 'tiles']);
    for (const name of names) expect(Number((await server.command('PTTL', name)).slice(1))).toBeGreaterThan(0);
    for (const name of names.filter((each) => each.includes(':tile:'))) await server.command('DEL', name);
    expect(await one.store.readTiles('list', [dayWindow(1)], request())).toEqual([undefined]);
    const found = () => one.store.findTiles('list', dayWindow(0, 9), request());
    await expect.poll(found, { timeout: 20_000 }).toEqual([{ window: dayWindow(2), readAt: 1 }]);
  });

  test('names of keys and what is held say nothing of lists and people', async () => {
    const [one] = await openScope(1);
    if (one === undefined) throw new Error('no replica');
    one.store.writePage('Ada Lovelace', pageOf({ rowCount: 5 }));
    one.store.writeTile('Ada Lovelace', tileOf(1, { rowCount: 5 }));
    one.store.writeNote('Ada Lovelace', 'Ada Lovelace');
    await one.store.settled();
    const dump = [];
    for (const name of (await server.command('KEYS', '*')).match(/\{kore:\S+/g) ?? [])
      dump.push(name, await server.command('DUMP', name));
    const names = madeRows(pageOf({ rowCount: 5 })).flatMap(({ conversation }) =>
      (conversation?.agents ?? []).flatMap(({ agentId, name }) => [agentId, name ?? '']),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const word of ['Lovelace', ...names]) expect(dump.join('\n')).not.toContain(word);
  });

  test('a list of more tiles than there is room for loses those of the oldest readings', async () => {
    const [one] = await openScope(1);
    if (one === undefined) throw new Error('no replica');
    const tile = tileOf(1);
    for (let at = 0; at < 4_200; at++)
      one.store.writeTile('list', { ...tile, window: { from: at, until: at + 1 }, readAt: at });
    await one.store.settled();
    const heads = await one.store.findTiles('list', { from: 0, until: 10_000 }, request());
    expect(heads.length).toBeGreaterThan(3_600);
    expect(heads.length).toBeLessThanOrEqual(4_096);
    expect(Math.max(...heads.map(({ readAt }) => readAt))).toBe(4_199);
    expect(heads.some(({ readAt }) => readAt < 100)).toBe(false);
  });
});
