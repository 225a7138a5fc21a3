import { existsSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/model/ports.ts';
import { createKeeper } from '../../src/store/keeper.ts';
import { createPending, type Write } from '../../src/store/pending.ts';
import { createFakeClock } from '../kore/clock.ts';
import { newPath, openAt } from './folder.ts';
import { createLines, dayWindow, pageOf, tileOf } from './samples.ts';

const entry = { id: 1, place: null, stamp: 1, used: 1, bytes: new Uint8Array([1, 2, 3]) };

test('a file that turns out to be damaged while it is in use is set aside, and a new one begun', () => {
  const path = newPath();
  const log = createLines();
  const keeper = createKeeper(path, log);
  keeper.use(undefined, (file) => file.write([entry], 1000));
  expect(keeper.use(undefined, (file) => file.stampOf(1))).toBe(1);
  const answer = keeper.use('as if nothing were held', () => {
    throw damage();
  });
  expect(answer).toBe('as if nothing were held');
  expect(log.lines).toEqual(['warn: the store file could not be used and was set aside']);
  expect(existsSync(`${path}.aside-1`)).toBe(true);
  expect(keeper.use(undefined, (file) => file.stampOf(1))).toBeUndefined();
  keeper.use(undefined, (file) => file.write([entry], 1000));
  expect(keeper.use(undefined, (file) => file.read(1))).toEqual({ stamp: 1, bytes: entry.bytes });
  keeper.close();
});

test('what fails for another reason is logged once for as long as it lasts, and costs nothing that is held', () => {
  const path = newPath();
  const log = createLines();
  const keeper = createKeeper(path, log);
  const fail = (reason: string) =>
    keeper.use(undefined, () => {
      throw new Error(reason);
    });
  keeper.use(undefined, (file) => file.write([entry], 1000));
  for (const reason of ['full', 'full', 'other']) fail(reason);
  expect(log.lines).toHaveLength(2);
  expect(keeper.use(undefined, (file) => file.stampOf(1))).toBe(1);
  fail('other');
  expect(log.lines).toHaveLength(3);
  keeper.close();
  expect(keeper.use('closed', () => 'open')).toBe('closed');
});

test('of a transaction that fails nothing is held', () => {
  const keeper = createKeeper(newPath(), createLines());
  const faulty = { ...entry, id: 2, stamp: Number.NaN };
  keeper.use(undefined, (file) => file.write([entry, faulty], 1000));
  expect(keeper.use(null, (file) => file.stampOf(1))).toBeUndefined();
  keeper.use(undefined, (file) => file.write([entry], 1000));
  expect(keeper.use(null, (file) => file.stampOf(1))).toBe(1);
  keeper.close();
});

test('what waits to be written is bounded: the oldest gives way', () => {
  const pending = createPending(10_000);
  const write = (label: string, length: number): Write => {
    return { kind: 'note', label, stamp: 0, used: 0, key: label, text: 'x'.repeat(length) };
  };
  expect(pending.add(write('one', 2_000))).toBe(0);
  expect(pending.add(write('two', 2_000))).toBe(0);
  expect(pending.add(write('one', 2_500))).toBe(0);
  expect(pending.add(write('three', 2_500))).toBe(1);
  expect(['one', 'two', 'three'].map((label) => pending.read(label) !== undefined)).toEqual([true, false, true]);
  expect(pending.add(write('four', 5_001))).toBe(2);
  expect(pending.size).toBe(1);
});

test('what takes the place of a write while that one is written down goes on waiting', () => {
  const pending = createPending(10_000);
  const [former, latter] = ['former', 'latter'].map(
    (text): Write => ({ kind: 'note', label: 'label', stamp: 0, used: 0, key: 'key', text }),
  );
  for (const write of [former, latter]) if (write !== undefined) pending.add(write);
  if (former !== undefined) pending.settle(former);
  expect(pending.read('label')).toBe(latter);
  if (latter !== undefined) pending.settle(latter);
  expect(pending.size).toBe(0);
});

test('who reads much lets others have their turn, and ends with its signal', async () => {
  // A clock by which everything takes long.
  let elapsed = 0;
  const clock: Clock = { ...createFakeClock(), elapsed: () => (elapsed += 5) };
  const store = openAt(newPath(), { clock });
  const windows = Array.from({ length: 20 }, (_, day) => dayWindow(day));
  for (const day of windows.keys()) store.writeTile('list', tileOf(day));
  store.writePage('key', pageOf({}));
  await store.flush();

  let turnCount = 0;
  const count = (): void => {
    turnCount++;
    if (turnCount < 1_000) setImmediate(count);
  };
  setImmediate(count);
  const tiles = await store.readTiles('list', windows, new AbortController().signal);
  expect(tiles).toEqual(windows.map((_, day) => tileOf(day)));
  expect(turnCount).toBeGreaterThan(5);

  const controller = new AbortController();
  const reading = store.readTiles('list', windows, controller.signal);
  controller.abort(new Error('no longer wanted'));
  await expect(reading).rejects.toThrow('no longer wanted');
});

/** What SQLite says of a file that is no database. */
function damage(): unknown {
  const path = newPath();
  writeFileSync(path, 'garbage '.repeat(1000));
  const database = new DatabaseSync(path);
  try {
    database.exec('SELECT * FROM sqlite_schema');
  } catch (error) {
    return error;
  } finally {
    database.close();
  }
  return undefined;
}
