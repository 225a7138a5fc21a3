import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newPath, openAt } from './folder.ts';
import { describeStore } from './laws.ts';
import { createLines, dayWindow, pageOf, secret, tileOf } from './samples.ts';

const { signal } = new AbortController();
const windows = Array.from({ length: 6 }, (_, day) => dayWindow(day));
const asideLine = 'warn: the store file could not be used and was set aside';

describeStore('file', async (bytesMax) => {
  const store = openAt(newPath(), { bytesMax });
  return { store, settled: () => store.flush() };
});

// What fills a file takes its time on a busy machine.
const timeout = 60_000;

describe('a file', { timeout }, () => {
  test('what was written is there when it is opened again, with its readings', async () => {
    const path = await written();
    const store = openAt(path);
    expect(await store.readPages(['key'], signal)).toEqual([pageOf({ rowCount: 30, sequence: 5 })]);
    expect(await store.readTiles('list', windows, signal)).toEqual(
      windows.map((_, day) => tileOf(day, { rowCount: 60 })),
    );
    expect(await store.findTiles('list', dayWindow(0, 3), signal)).toHaveLength(3);
    expect(await store.readNote('key', signal)).toBe('text');
    store.writePage('key', pageOf({ sequence: 4 }));
    expect((await store.readPages(['key'], signal))[0]?.sequence).toBe(5);
  });

  test('one file lies at its path when it is closed', async () => {
    const path = await written();
    expect(readdirSync(dirname(path))).toEqual(['store.db']);
  });

  test('another secret finds nothing, and the file stays', async () => {
    const path = await written();
    const log = createLines();
    const foreign = openAt(path, { secret: `${secret}!`, log });
    expect(await foreign.readPages(['key'], signal)).toEqual([undefined]);
    expect(await foreign.findTiles('list', dayWindow(0, 10), signal)).toEqual([]);
    expect(await foreign.readNote('key', signal)).toBeUndefined();
    await foreign.close();
    expect(log.lines).toEqual([]);
    expect(await openAt(path).readNote('key', signal)).toBe('text');
  });

  test('what was used in an earlier run counts: the least recently used of all goes first', async () => {
    const path = newPath();
    const days = [1, 2, 3].map((day) => dayWindow(day));
    const first = openAt(path);
    for (const day of [1, 2, 3]) first.writeTile('list', tileOf(day, { rowCount: 500 }));
    await first.close();
    const second = openAt(path);
    await second.readTiles('list', [dayWindow(1)], signal);
    await second.close();
    const third = openAt(path, { bytesMax: 130_000 });
    await third.flush();
    const held = await third.readTiles('list', days, signal);
    expect(held.map((tile) => tile !== undefined)).toEqual([true, false, true]);
  });

  test('what was just used counts, be it written down or not', async () => {
    const store = openAt(newPath(), { bytesMax: 300_000 });
    store.writeNote('used', 'text');
    store.writeNote('unused', 'text');
    for (let day = 0; day < 10; day++) store.writeTile('list', tileOf(day, { rowCount: 300 }));
    await store.flush();
    await store.readNote('used', signal);
    for (let day = 10; day < 20; day++) store.writeTile('list', tileOf(day, { rowCount: 300 }));
    await store.flush();
    expect(await store.readNote('used', signal)).toBe('text');
    expect(await store.readNote('unused', signal)).toBeUndefined();
  });

  test('its size keeps its bound, however much is written, and shrinks to a smaller one', async () => {
    const path = newPath();
    const store = openAt(path, { bytesMax: 500_000 });
    for (let day = 0; day < 60; day++) {
      store.writeTile('list', tileOf(day, { rowCount: 300 }));
      await store.flush();
    }
    await store.close();
    const { size } = statSync(path);
    expect(size).toBeGreaterThan(400_000);
    expect(size).toBeLessThanOrEqual(500_000);
    await openAt(path, { bytesMax: 200_000 }).close();
    expect(statSync(path).size).toBeLessThanOrEqual(200_000);
  });

  test('a path that can not be written is an error that names it', () => {
    const path = newPath();
    mkdirSync(path);
    expect(() => openAt(path)).toThrow(`The store at ${path} can't be opened for writing`);
    expect(() => openAt(`${path}/none/store.db`)).toThrow(`can't be opened for writing`);
  });
});

describe('a file that can not be used is set aside, with a line of log, and a new one begun', { timeout }, () => {
  test.each<[string, (path: string) => void | Promise<void>]>([
    ['garbage', (path) => writeFileSync(path, Buffer.alloc(100_000, 'garbage'))],
    ['a file cut in the middle', async (path) => truncateSync(await written(path), 40_000)],
    ['a file cut within its head', async (path) => truncateSync(await written(path), 60)],
    ['the database of another program', (path) => change(path, 'CREATE TABLE customer (id INTEGER)')],
    ['one of a later version', async (path) => change(await written(path), 'PRAGMA user_version = 2')],
    ['one with other tables', async (path) => change(await written(path), 'DROP INDEX entry_used')],
  ])('%s', async (_, damage) => {
    const path = newPath();
    await damage(path);
    const before = readFileSync(path);
    const log = createLines();
    const store = openAt(path, { log });
    expect(log.lines).toEqual([asideLine]);
    expect(await store.readNote('key', signal)).toBeUndefined();
    store.writeNote('key', 'new');
    await store.close();
    expect(readFileSync(`${path}.aside-1`)).toEqual(before);
    expect(await openAt(path).readNote('key', signal)).toBe('new');
  });

  test('and a second one does not take the place of the first', async () => {
    const path = newPath();
    for (const garbage of ['first '.repeat(1000), 'second '.repeat(1000)]) {
      writeFileSync(path, garbage);
      await openAt(path).close();
    }
    expect(readFileSync(`${path}.aside-1`, 'utf8')).toContain('first');
    expect(readFileSync(`${path}.aside-2`, 'utf8')).toContain('second');
  });

  test('an empty file is a new one', async () => {
    const path = newPath();
    writeFileSync(path, '');
    const log = createLines();
    await openAt(path, { log }).close();
    expect(log.lines).toEqual([]);
  });
});

describe('damage within a file', { timeout }, () => {
  test('bytes that change anywhere cost what they belong to: nothing is wrong, nothing throws, and the store goes on', async () => {
    const whole = readFileSync(await written());
    const tiles = windows.map((_, day) => tileOf(day, { rowCount: 60 }));
    const spot = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(spot, { minLength: 1, maxLength: 40 }), async (spots) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, flip] of spots) bytes[at] = (bytes[at] ?? 0) ^ flip;
        const path = newPath();
        writeFileSync(path, bytes);
        const store = openAt(path);
        await store.findTiles('list', dayWindow(0, 10), signal);
        const held = await store.readTiles('list', windows, signal);
        for (const [day, tile] of held.entries()) if (tile !== undefined) expect(tile).toEqual(tiles[day]);
        const [page] = await store.readPages(['key'], signal);
        if (page !== undefined) expect(page).toEqual(pageOf({ rowCount: 30, sequence: 5 }));
        expect([undefined, 'text']).toContain(await store.readNote('key', signal));
        store.writeTile('list', tileOf(9));
        expect(await store.readTiles('list', [dayWindow(9)], signal)).toEqual([tileOf(9)]);
        await store.close();
      }),
      { seed: 6, numRuns: 40 },
    );
  });

  test.each([
    ['other sealed bytes', 'UPDATE body SET bytes = zeroblob(100)'],
    ['another stamp beside them', 'UPDATE entry SET stamp = stamp + 1'],
    ['another window beside them', 'UPDATE entry SET start = start + 1'],
    ['no sealed bytes', 'DELETE FROM body'],
  ])('an entry with %s is not held, and its place is free', async (_, statement) => {
    const path = await written();
    change(path, statement);
    const store = openAt(path);
    await store.findTiles('list', dayWindow(0, 10), signal);
    for (const window of windows) await store.readTiles('list', [window], signal);
    expect(await store.findTiles('list', dayWindow(0, 10), signal)).toEqual([]);
    store.writeTile('list', tileOf(2));
    await store.flush();
    expect(await store.readTiles('list', [dayWindow(2)], signal)).toEqual([tileOf(2)]);
  });
});

/** The path of a closed file that holds a page, six tiles and a note. */
async function written(path = newPath()): Promise<string> {
  const store = openAt(path);
  store.writePage('key', pageOf({ rowCount: 30, sequence: 5 }));
  for (const day of windows.keys()) store.writeTile('list', tileOf(day, { rowCount: 60 }));
  store.writeNote('key', 'text');
  await store.close();
  return path;
}

/** Changes a file as another program would. */
function change(path: string, statement: string): void {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
}
