import { expect, test } from 'vitest';
import type { HeldPage } from '../../src/model/ports.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';

const { signal } = new AbortController();

test('pages come back in the order of their keys, and what is not held is undefined', async () => {
  const store = createMemoryStore({ bytesMax: 1_000_000 });
  const [one, other] = [page(0, 1), page(1, 1)];
  store.write('one', one);
  store.write('other', other);
  expect(await store.readMany(['other', 'none', 'one', 'other'], signal)).toEqual([other, undefined, one, other]);
  expect(await store.readMany([], signal)).toEqual([]);
});

test('a page of a later reading takes the place of the older one, and never the other way round', async () => {
  const store = createMemoryStore({ bytesMax: 1_000_000 });
  const [older, newer] = [page(0, 1), { ...page(0, 2), sequence: 2 }];
  store.write('key', older);
  store.write('key', newer);
  store.write('key', older);
  expect(await store.readMany(['key'], signal)).toEqual([newer]);
});

test('what is held is bounded, and the least recently used goes first', async () => {
  const store = createMemoryStore({ bytesMax: 6.5 * 2 * JSON.stringify(page(0, 100).rows).length });
  for (let index = 0; index < 5; index++) store.write(`key-${index}`, page(index, 100));
  await store.readMany(['key-0'], signal);
  for (let index = 5; index < 8; index++) store.write(`key-${index}`, page(index, 100));
  const keys = Array.from({ length: 8 }, (_, index) => `key-${index}`);
  const held = await store.readMany(keys, signal);
  expect(keys.filter((_, at) => held[at] !== undefined)).toEqual([
    'key-0',
    'key-3',
    'key-4',
    'key-5',
    'key-6',
    'key-7',
  ]);
});

test('a page with more metrics takes more room', async () => {
  const counts = await Promise.all(
    [0, 10].map(async (metricCount) => {
      const store = createMemoryStore({ bytesMax: 400_000 });
      const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
      for (const key of keys) store.write(key, page(0, 100, metricCount));
      return (await store.readMany(keys, signal)).filter((held) => held !== undefined).length;
    }),
  );
  expect(counts[1]).toBeLessThan(counts[0] ?? 0);
});

test('a page that is larger than all the room there is is not held', async () => {
  const store = createMemoryStore({ bytesMax: 10_000 });
  store.write('small', page(0, 1));
  store.write('large', page(0, 100));
  expect((await store.readMany(['small', 'large'], signal)).map((held) => held?.rows.length)).toEqual([1, undefined]);
});

function page(index: number, rowCount: number, metricCount = 0): HeldPage {
  const metrics = Array.from({ length: metricCount }, (_, at) => metricResultOf({ metricId: `m-${at}` }));
  const conversation = conversationOf({ metrics });
  const rows = Array.from({ length: rowCount }, (_, at) => ({ identity: `row-${at}`, conversation }));
  return { index, rows, total: rowCount, readAt: 0, sequence: 1 };
}
