import { expect, test } from 'vitest';
import { dayWindow, pageOf, tileOf } from '../store/samples.ts';
import { timed } from '../timed.ts';
import { startCluster } from './cluster.ts';
import { openReplica, request } from './desk.ts';

test('replicas share what they hold by a cluster, each scope in one slot, and go on by themselves after a node was gone', async () => {
  await using cluster = await startCluster();
  // Enough scopes for all three servers.
  for (const scopeKey of ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']) {
    await using writer = await openReplica(cluster.url, { scopeKey, waitMs: 10_000 });
    await using reader = await openReplica(cluster.url, { scopeKey, waitMs: 10_000 });
    writer.store.writePage('key', pageOf({ rowCount: 9 }));
    writer.store.writePage('other', pageOf({ rowCount: 3 }));
    writer.store.writeTile('list', tileOf(1));
    writer.store.writeNote('key', 'text');
    await writer.store.settled();
    expect(await reader.store.readPages(['key', 'none', 'other'], request())).toEqual([
      pageOf({ rowCount: 9 }),
      undefined,
      pageOf({ rowCount: 3 }),
    ]);
    expect(await reader.store.findTiles('list', dayWindow(0, 9), request())).toHaveLength(1);
    expect(await reader.store.readTiles('list', [dayWindow(1)], request())).toEqual([tileOf(1)]);
    expect(await reader.store.readNote('key', request())).toBe('text');
  }
  const sizes = await Promise.all(cluster.servers.map((server) => server.command('DBSIZE')));
  expect(sizes.every((size) => Number(size.slice(1)) > 0)).toBe(true);

  await using replica = await openReplica(cluster.url, { scopeKey: 'one', waitMs: 50, commandMs: 200 });
  const again = async () => (await replica.store.patient.readPages(['key'], request()))[0];
  expect(await again()).toEqual(pageOf({ rowCount: 9 }));
  for (const server of cluster.servers) server.hang();
  for (let round = 0; round < 5; round++) {
    const read = await timed(90, () => replica.store.readPages(['key'], request()));
    expect(read).toEqual({ value: [undefined], isInTime: true });
  }
  for (const server of cluster.servers) server.goOn();
  await expect.poll(again, { timeout: 20_000 }).toEqual(pageOf({ rowCount: 9 }));
});
