import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Clock, HeldPage, Log, Tile, Turns } from '../../src/model/ports.ts';
import { tableBytes } from '../../src/model/size.ts';
import type { Table } from '../../src/model/table.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { createCodec, packPage, unpackPage } from '../../src/store/codec.ts';
import { openFileStore } from '../../src/store/file.ts';
import { pack, unpack } from '../../src/store/layout.ts';
import { compressSmall, createVault, decompressSmall } from '../../src/store/vault.ts';
import { rowsOf } from './rows.ts';

/** The aims of what is held, as figures: README.md has those of one machine. Bounds here are wide, for machines differ. */
const codec = createCodec(createVault('a secret of at least sixteen characters'));
const turns: Turns = { share: async () => {} };
const { signal } = new AbortController();
const clock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  wait: (waitMs, waitSignal) => delay(waitMs, undefined, { signal: waitSignal }),
};
const log: Log = { debug: () => {}, info: () => {}, warn: say, error: say };

const rows = JSON.parse(JSON.stringify(rowsOf(10_000))) as ReturnType<typeof rowsOf>;
const table = tableOf(rows);
const page: HeldPage = { index: 0, table: tableOf(rows.slice(0, 100)), total: 10_000, readAt: 1, sequence: 1 };

test('10,000 conversations of 10 metrics: sizes', async () => {
  const packed = atOnce(pack({ table, figures: [] })).byteLength;
  const sealed = (await codec.encodeTile('list', tileOf(0, table), turns)).byteLength;
  say({ json: JSON.stringify(rows).length, packed, sealed, inMemoryByEstimate: tableBytes(table) });
  const pageBytes = compressSmall(packPage(page)).byteLength;
  say({ pageJson: JSON.stringify(rows.slice(0, 100)).length, pageInMemory: pageBytes });
  expect(packed).toBeLessThan(1_500_000);
  expect(pageBytes).toBeLessThan(JSON.stringify(rows.slice(0, 100)).length / 10);
});

test('10,000 conversations of 10 metrics: times', async ({ bench }) => {
  const packed = atOnce(pack({ table, figures: [] }));
  const tile = tileOf(0, table);
  const sealed = await codec.encodeTile('list', tile, turns);
  await bench('make a table of rows', () => void tableOf(rows)).run();
  await bench('pack', () => void atOnce(pack({ table, figures: [] }))).run();
  await bench('unpack', () => void atOnce(unpack(packed))).run();
  await bench('encode a tile', async () => void (await codec.encodeTile('list', tile, turns))).run();
  const decode = bench('decode a tile', async () => void (await codec.decodeTile('list', tile.window, sealed, turns)));
  expect((await decode.run()).latency.p50).toBeLessThan(60);
});

test('a page of 100 rows: times', async ({ bench }) => {
  const bytes = compressSmall(packPage(page));
  const sealed = await codec.encodePage('key', page);
  await bench('take into memory', () => void compressSmall(packPage(page))).run();
  await bench('read from memory', () => void unpackPage(decompressSmall(bytes))).run();
  await bench('encode', async () => void (await codec.encodePage('key', page))).run();
  await bench('decode', async () => void (await codec.decodePage('key', sealed))).run();
});

test('a file: 400 pages and 60 tiles of 10,000 rows, bounded to 20 MB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'store.db');
  const options = { path, bytesMax: 20_000_000, secret: 'a secret of some length', log, clock };
  const store = openFileStore(options);
  const tiles = Array.from({ length: 60 }, (_, day) => tileOf(day, table));
  await stretch('write pages', async () => {
    for (let at = 0; at < 400; at++) store.writePage(`key ${at}`, page);
    await store.flush();
  });
  await stretch('write tiles', async () => {
    for (const tile of tiles) store.writeTile('list', tile);
    await store.flush();
  });
  const heads = await store.findTiles('list', { from: 0, until: 1e9 }, signal);
  await stretch(`read ${heads.length} tiles`, async () => {
    await store.readTiles(
      'list',
      heads.map(({ window }) => window),
      signal,
    );
  });
  await store.close();
  say({ fileBytes: statSync(path).size });
  expect(statSync(path).size).toBeLessThanOrEqual(20_000_000);
  await stretch('open', async () => await openFileStore(options).close());
  await stretch('shrink to 5 MB', async () => await openFileStore({ ...options, bytesMax: 5_000_000 }).close());
  say({ fileBytes: statSync(path).size });
  rmSync(folder, { recursive: true });
}, 120_000);

function tileOf(day: number, content: Table): Tile {
  const window = { from: day * 86_400, until: (day + 1) * 86_400 };
  return { window, table: content, unreadableCount: 0, total: content.rowCount, readAt: 1 };
}

/** How long work takes, and how long others had to wait for their turn at most. */
async function stretch(name: string, work: () => Promise<void>): Promise<void> {
  const others = monitorEventLoopDelay({ resolution: 1 });
  others.enable();
  const startedAt = performance.now();
  await work();
  const tookMs = Math.round(performance.now() - startedAt);
  others.disable();
  say({ name, tookMs, othersWaitedMsMax: Math.round(others.max / 1e6) });
}

function atOnce<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

function say(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
