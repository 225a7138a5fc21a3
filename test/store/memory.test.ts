import { expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { madeRows } from '../model/sample.ts';
import { describeStore } from './laws.ts';
import { pageOf } from './samples.ts';

const { signal } = new AbortController();

describeStore('memory', async (bytesMax) => ({
  store: createMemoryStore({ bytesMax, openedBytesMax: 10_000_000 }),
  settled: async () => {},
}));

test('as many pages are held as a tenth of their JSON has room for', async () => {
  const page = pageOf({ rowCount: 100 });
  const store = createMemoryStore({ bytesMax: JSON.stringify(madeRows(page)).length, openedBytesMax: 10_000_000 });
  const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
  for (const key of keys) store.writePage(key, page);
  const held = (await store.readPages(keys, signal)).filter((each) => each !== undefined);
  expect(held.length).toBeGreaterThanOrEqual(10);
  expect(held.length).toBeLessThan(40);
});

const beside = { openedBytesMax: 10_000_000 };

test('a page that was read lately is the same object, and one that was not is made of its bytes again: both are what was written', async () => {
  const page = pageOf({ rowCount: 30, index: 2 });
  const read = async (openedBytesMax: number) => {
    const store = createMemoryStore({ bytesMax: 1_000_000, openedBytesMax });
    store.writePage('key', page);
    return [...(await store.readPages(['key'], signal)), ...(await store.readPages(['key'], signal))];
  };
  const [opened, openedAgain] = await read(10_000_000);
  expect(opened).toEqual(page);
  // What was written is not kept beside its bytes: most pages are never read again.
  expect(opened).not.toBe(page);
  expect(openedAgain).toBe(opened);
  const [closed, closedAgain] = await read(1);
  expect(closed).toEqual(page);
  expect(closed).not.toBe(closedAgain);
});

test('a page that is written again is the newer one, also where the older was opened', async () => {
  const store = createMemoryStore({ bytesMax: 1_000_000, ...beside });
  const [older, newer] = [pageOf({ sequence: 1 }), pageOf({ sequence: 2, rowCount: 3 })];
  store.writePage('key', older);
  await store.readPages(['key'], signal);
  store.writePage('key', newer);
  expect(await store.readPages(['key'], signal)).toEqual([newer]);
  store.writePage('key', older);
  expect(await store.readPages(['key'], signal)).toEqual([newer]);
});

test('what is no longer held is not opened either', async () => {
  const page = pageOf({ rowCount: 100 });
  const store = createMemoryStore({ bytesMax: Math.floor(JSON.stringify(page).length / 4), ...beside });
  const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
  for (const key of keys) store.writePage(key, page);
  const found = await store.readPages(keys, signal);
  expect(found.filter((each) => each !== undefined).length).toBeLessThan(20);
  expect(found[0]).toBeUndefined();
});
