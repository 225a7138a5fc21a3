import { describe, expect, test } from 'vitest';
import type { Store, StoreReads } from '../../src/model/ports.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { createTieredStore } from '../../src/store/tiered.ts';
import { newPath, openAt } from './folder.ts';
import { describeStore } from './laws.ts';
import { dayWindow, pageOf, tileOf } from './samples.ts';

const { signal } = new AbortController();

describeStore('tiered', async (bytesMax) => {
  const lasting = openAt(newPath(), { bytesMax });
  const front = createMemoryStore({ bytesMax: bytesMax / 2, openedBytesMax: 10_000_000 });
  return { store: createTieredStore(front, lasting), settled: () => lasting.flush() };
});

describe('a store in front of another', () => {
  const openBoth = (): { front: Store; lasting: Store; store: Store } => {
    const [front, lasting] = [
      createMemoryStore({ bytesMax: 1e6, openedBytesMax: 10_000_000 }),
      createMemoryStore({ bytesMax: 1e6, openedBytesMax: 10_000_000 }),
    ];
    return { front, lasting, store: createTieredStore(front, lasting) };
  };

  test('what only the lasting one holds comes to the front when it is read', async () => {
    const { front, lasting, store } = openBoth();
    const [page, tile] = [pageOf({}), tileOf(1)];
    lasting.writePage('key', page);
    lasting.writeTile('list', tile);
    lasting.writeNote('key', 'text');
    store.writePage('near', pageOf({ seed: 2 }));
    expect(await store.readPages(['none', 'near', 'key'], signal)).toEqual([undefined, pageOf({ seed: 2 }), page]);
    expect(await store.readTiles('list', [dayWindow(2), tile.window], signal)).toEqual([undefined, tile]);
    expect(await store.readNote('key', signal)).toBe('text');
    expect(await front.readPages(['key'], signal)).toEqual([page]);
    expect(await front.readTiles('list', [tile.window], signal)).toEqual([tile]);
    expect(await front.readNote('key', signal)).toBe('text');
  });

  test('what is written is in both, and what the front holds is not asked for behind it', async () => {
    const { front, lasting } = openBoth();
    const asked: string[] = [];
    const watched: Store = {
      ...lasting,
      readPages: async (keys) => {
        asked.push(...keys);
        return await lasting.readPages(keys, signal);
      },
    };
    const store = createTieredStore(front, watched);
    store.writePage('key', pageOf({}));
    expect(await store.near.readPages(['key', 'none'], signal)).toEqual([pageOf({}), undefined]);
    expect(asked).toEqual([]);
    await store.readPages(['key', 'none'], signal);
    expect(asked).toEqual(['none']);
    expect(await lasting.readPages(['key'], signal)).toEqual([pageOf({})]);
  });

  test('tiles of both are found, each window once', async () => {
    const { front, lasting, store } = openBoth();
    store.writeTile('list', tileOf(1));
    front.writeTile('list', tileOf(2));
    lasting.writeTile('list', tileOf(3));
    const heads = await store.findTiles('list', dayWindow(0, 10), signal);
    expect(heads.map(({ window }) => window.from / 86_400).sort()).toEqual([1, 2, 3]);
  });

  test('what is read from the front counts as used behind it', async () => {
    const path = newPath();
    const first = openAt(path, { bytesMax: 400_000 });
    const store = createTieredStore(createMemoryStore({ bytesMax: 1e6, openedBytesMax: 10_000_000 }), first);
    store.writePage('used page', pageOf({ rowCount: 20 }));
    store.writeNote('used note', 'text');
    store.writeNote('unused note', 'text');
    for (let day = 0; day < 25; day++) {
      store.writeTile('list', tileOf(day, { rowCount: 200 }));
      await first.flush();
      await store.readPages(['used page'], signal);
      await store.readTiles('list', [dayWindow(0)], signal);
      await store.readNote('used note', signal);
    }
    await store.close();
    const second = openAt(path);
    expect(await second.readPages(['used page'], signal)).toEqual([pageOf({ rowCount: 20 })]);
    expect((await second.readTiles('list', [dayWindow(0), dayWindow(1)], signal)).map((tile) => tile?.total)).toEqual([
      200,
      undefined,
    ]);
    expect(await second.readNote('used note', signal)).toBe('text');
    expect(await second.readNote('unused note', signal)).toBeUndefined();
  });

  test('a note that is written while an older one is read stays', async () => {
    const { front, lasting } = openBoth();
    lasting.writeNote('key', 'old');
    const slow: Store = {
      ...lasting,
      readNote: async (key) => {
        const text = await lasting.readNote(key, signal);
        store.writeNote('key', 'new');
        return text;
      },
    };
    const store = createTieredStore(front, slow);
    expect(await store.readNote('key', signal)).toBe('old');
    expect(await store.readNote('key', signal)).toBe('new');
  });
});

describe('a store in front of one that others write to', () => {
  const [older, newer] = [
    { page: pageOf({ sequence: 1 }), tile: tileOf(1, { readAt: 1 }) },
    { page: pageOf({ sequence: 2, seed: 2 }), tile: tileOf(1, { readAt: 2, rowCount: 2 }) },
  ];
  const openBoth = () => {
    const [front, shared] = [
      createMemoryStore({ bytesMax: 1e6, openedBytesMax: 10_000_000 }),
      createMemoryStore({ bytesMax: 1e6, openedBytesMax: 10_000_000 }),
    ];
    return { front, shared, store: createTieredStore(front, shared, { isShared: true }) };
  };
  const read = async (store: StoreReads) => ({
    page: (await store.readPages(['key'], signal))[0],
    readAt: (await store.findTiles('list', dayWindow(0, 10), signal)).map(({ readAt }) => readAt),
    tile: (await store.readTiles('list', [dayWindow(1)], signal))[0],
  });
  const write = (store: Store, { page, tile }: typeof older): void => {
    store.writePage('key', page);
    store.writeTile('list', tile);
  };

  test('what others read later takes the place of what the front holds', async () => {
    const { front, shared, store } = openBoth();
    write(store, older);
    write(shared, newer);
    expect(await read(store.near)).toEqual({ ...older, readAt: [1] });
    expect(await read(store)).toEqual({ ...newer, readAt: [2] });
    expect(await read(front)).toEqual({ ...newer, readAt: [2] });
  });

  test('what others read earlier doesn’t, and what they hold no longer is as the front has it', async () => {
    const { front, shared, store } = openBoth();
    write(shared, older);
    write(front, newer);
    expect(await read(store)).toEqual({ ...newer, readAt: [2] });
    const gone: Store = { ...shared, readTiles: async (_, windows) => windows.map(() => undefined) };
    write(gone, { page: older.page, tile: tileOf(1, { readAt: 3 }) });
    const losing = createTieredStore(front, gone, { isShared: true });
    expect(await read(losing)).toEqual({ ...newer, readAt: [3] });
  });

  test('who is patient reads the same, from those who wait for it', async () => {
    const { front, shared } = openBoth();
    const hasty: Store = { ...shared, readPages: async (keys) => keys.map(() => undefined) };
    const store = createTieredStore(front, hasty, { isShared: true });
    write(shared, older);
    expect(await store.readPages(['key'], signal)).toEqual([undefined]);
    expect(await store.patient.readPages(['key'], signal)).toEqual([older.page]);
  });
});
