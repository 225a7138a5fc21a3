import { expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { describeStore } from './laws.ts';
import { pageOf } from './samples.ts';

const { signal } = new AbortController();

describeStore('memory', async (bytesMax) => ({ store: createMemoryStore({ bytesMax }), settled: async () => {} }));

test('as many pages are held as a tenth of their JSON has room for', async () => {
  const page = pageOf({ rowCount: 100 });
  const store = createMemoryStore({ bytesMax: JSON.stringify(page).length });
  const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
  for (const key of keys) store.writePage(key, page);
  const held = (await store.readPages(keys, signal)).filter((each) => each !== undefined);
  expect(held.length).toBeGreaterThanOrEqual(10);
  expect(held.length).toBeLessThan(40);
});

test('a page that is read is no part of the store: who changes it changes nothing that is held', async () => {
  const store = createMemoryStore({ bytesMax: 1_000_000 });
  store.writePage('key', pageOf({}));
  const [one] = await store.readPages(['key'], signal);
  const [other] = await store.readPages(['key'], signal);
  expect(one).toEqual(other);
  expect(one?.rows[0]).not.toBe(other?.rows[0]);
});
