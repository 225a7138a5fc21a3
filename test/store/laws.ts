import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/model/ports.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { rowsOf } from '../bench/rows.ts';
import { dayWindow, pageOf, tileOf } from './samples.ts';

/** A store of at most so many bytes; `settled` ends when what was written is where it is bounded. */
export type Opened = { readonly store: Store; settled(): Promise<void> };

const { signal } = new AbortController();
const always = { from: 0, until: 100_000 * 86_400 };

/** The laws that every store keeps; those of its bounds too, unless another sets them. */
export function describeStore(
  name: string,
  open: (bytesMax: number) => Promise<Opened>,
  { isBounded = true }: { readonly isBounded?: boolean } = {},
): void {
  describeHeld(name, open);
  if (isBounded) describeBounds(name, open);
}

function describeHeld(name: string, open: (bytesMax: number) => Promise<Opened>): void {
  const openWide = async (): Promise<Opened> => await open(50_000_000);

  describe(`${name}: pages`, () => {
    test('pages come back whole, in the order of their keys, and what is not held is undefined', async () => {
      const { store } = await openWide();
      const [one, other] = [pageOf({ seed: 1, rowCount: 3 }), pageOf({ seed: 2, index: 1, total: 7, readAt: 5 })];
      store.writePage('one', one);
      store.writePage('other', other);
      expect(await store.readPages(['other', 'none', 'one', 'other'], signal)).toEqual([other, undefined, one, other]);
      expect(await store.readPages([], signal)).toEqual([]);
    });

    test('rows that could not be read stay as they were', async () => {
      const { store } = await openWide();
      const page = {
        ...pageOf({}),
        table: tableOf([{ identity: 'u', conversation: null }, ...rowsOf(1)]),
      };
      store.writePage('key', page);
      expect(await store.readPages(['key'], signal)).toEqual([page]);
    });

    test.each([
      ['of a later reading takes the place of an older one', [1, 2], 2],
      ['of an older reading never takes the place of a later one', [2, 1], 2],
      ['of the same reading takes the place of the former', [2, 2], 2],
    ])('a page %s', async (_, sequences, expected) => {
      const { store, settled } = await openWide();
      for (const [at, sequence] of sequences.entries()) {
        store.writePage('one by one', pageOf({ sequence, seed: at }));
        await settled();
      }
      for (const [at, sequence] of sequences.entries()) store.writePage('at once', pageOf({ sequence, seed: at }));
      const last = pageOf({ sequence: expected, seed: sequences.lastIndexOf(expected) });
      expect(await store.readPages(['one by one', 'at once'], signal)).toEqual([last, last]);
      await settled();
      expect(await store.readPages(['one by one', 'at once'], signal)).toEqual([last, last]);
    });
  });

  describe(`${name}: tiles`, () => {
    test('tiles of exactly these windows come back whole, in their order', async () => {
      const { store, settled } = await openWide();
      const [one, other] = [tileOf(1, { rowCount: 50 }), tileOf(2, { unreadableCount: 3, total: 4, readAt: 9 })];
      const windows = [other.window, dayWindow(3), one.window, dayWindow(1, 2)];
      store.writeTile('list', one);
      store.writeTile('list', other);
      expect(await store.readTiles('list', windows, signal)).toEqual([other, undefined, one, undefined]);
      await settled();
      expect(await store.readTiles('list', windows, signal)).toEqual([other, undefined, one, undefined]);
      expect(await store.readTiles('another', windows, signal)).toEqual([undefined, undefined, undefined, undefined]);
    });

    test('the tiles of a list that lie within a window are found, those on its edges too', async () => {
      const { store, settled } = await openWide();
      for (let day = 1; day <= 5; day++) store.writeTile('list', tileOf(day, { readAt: day }));
      store.writeTile('list', tileOf(2, { window: dayWindow(2, 3), readAt: 9 }));
      store.writeTile('another', tileOf(3, { readAt: 7 }));
      for (const wait of [async () => {}, settled]) {
        await wait();
        const heads = await store.findTiles('list', dayWindow(2, 2), signal);
        expect(heads.toSorted((a, b) => a.readAt - b.readAt)).toEqual([
          { window: dayWindow(2), readAt: 2 },
          { window: dayWindow(3), readAt: 3 },
        ]);
        expect(await store.findTiles('list', dayWindow(2, 3), signal)).toHaveLength(4);
        expect(await store.findTiles('list', { from: 86_401, until: 2 * 86_400 }, signal)).toEqual([]);
        expect(await store.findTiles('none', always, signal)).toEqual([]);
      }
    });

    test('a tile of an older reading never takes the place of a later one, and otherwise it does', async () => {
      const { store, settled } = await openWide();
      const [older, newer] = [tileOf(1, { readAt: 1 }), tileOf(1, { readAt: 2, table: tableOf([]) })];
      for (const tile of [older, newer, older]) store.writeTile('list', tile);
      expect(await store.readTiles('list', [newer.window], signal)).toEqual([newer]);
      await settled();
      store.writeTile('list', older);
      expect(await store.readTiles('list', [newer.window], signal)).toEqual([newer]);
      expect(await store.findTiles('list', always, signal)).toEqual([{ window: newer.window, readAt: 2 }]);
      store.writeTile('list', tileOf(1, { readAt: 3 }));
      expect(await store.findTiles('list', always, signal)).toEqual([{ window: newer.window, readAt: 3 }]);
    });
  });

  describe(`${name}: notes and the end`, () => {
    test('a note is what was written last, an empty one too, and no page or tile of the same key', async () => {
      const { store, settled } = await openWide();
      store.writeNote('key', 'first');
      await settled();
      store.writeNote('key', 'last ☎');
      store.writeNote('empty', '');
      for (const wait of [async () => {}, settled]) {
        await wait();
        expect(await store.readNote('key', signal)).toBe('last ☎');
        expect(await store.readNote('empty', signal)).toBe('');
        expect(await store.readNote('none', signal)).toBeUndefined();
        expect(await store.readPages(['key'], signal)).toEqual([undefined]);
        expect(await store.findTiles('key', always, signal)).toEqual([]);
      }
    });

    test('a store that is closed holds nothing and takes nothing, without a throw', async () => {
      const { store } = await openWide();
      store.writeNote('key', 'text');
      await store.close();
      store.writeNote('later', 'text');
      store.writePage('later', pageOf({}));
      await store.close();
    });
  });
}

function describeBounds(name: string, open: (bytesMax: number) => Promise<Opened>): void {
  // What fills a store takes its time on a busy machine.
  describe(`${name}: bounds`, { timeout: 60_000 }, () => {
    test('what is found can be read, and what is not found can not, whatever had to go', async () => {
      const { store, settled } = await open(500_000);
      const windows = Array.from({ length: 40 }, (_, day) => dayWindow(day));
      for (const day of windows.keys()) {
        store.writeTile('list', tileOf(day, { rowCount: 200 }));
        store.writePage(`page ${day}`, pageOf({ rowCount: 20, seed: day }));
        if (day % 10 === 9) await settled();
      }
      await settled();
      const heads = await store.findTiles('list', always, signal);
      const held = (await store.readTiles('list', windows, signal)).filter((tile) => tile !== undefined);
      expect(heads.map(({ window }) => window.from).sort()).toEqual(held.map(({ window }) => window.from).sort());
      expect(held.length).toBeGreaterThan(2);
      expect(held.length).toBeLessThan(windows.length);
    });

    test('the least recently used goes first, be it page, tile or note', async () => {
      const { store, settled } = await open(300_000);
      const use = async () => [
        (await store.readPages(['old page'], signal))[0] !== undefined,
        (await store.readTiles('old list', [dayWindow(1)], signal))[0] !== undefined,
        (await store.readNote('old note', signal)) !== undefined,
      ];
      store.writePage('old page', pageOf({ rowCount: 20 }));
      store.writeTile('old list', tileOf(1, { rowCount: 20 }));
      store.writeNote('old note', 'text');
      store.writeNote('never used', 'text');
      for (let day = 0; day < 25; day++) {
        store.writeTile('list', tileOf(day, { rowCount: 300 }));
        await settled();
        expect(await use()).toEqual([true, true, true]);
      }
      expect(await store.readNote('never used', signal)).toBeUndefined();
      for (let day = 100; day < 125; day++) store.writeTile('list', tileOf(day, { rowCount: 300 }));
      await settled();
      expect(await use()).toEqual([false, false, false]);
    });

    test('what is larger than all the room there is is not held, and the rest stays', async () => {
      const { store, settled } = await open(100_000);
      store.writePage('small', pageOf({ rowCount: 1 }));
      store.writeTile('list', tileOf(1, { rowCount: 3_000 }));
      await settled();
      expect(await store.readTiles('list', [dayWindow(1)], signal)).toEqual([undefined]);
      expect(await store.findTiles('list', always, signal)).toEqual([]);
      expect(await store.readPages(['small'], signal)).toEqual([pageOf({ rowCount: 1 })]);
    });
  });
}
