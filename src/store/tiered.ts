import type { Store } from '../model/ports.ts';
import type { Window } from '../model/window.ts';

/** What a lasting store may be told: that these were used, though it was not asked for them. Otherwise what is used most would go first. */
export type Touches = {
  touchPages(keys: readonly string[]): void;
  touchTiles(list: string, windows: readonly Window[]): void;
  touchNote(key: string): void;
};

/**
 * A small fast store in front of a lasting one. Writes go to both; what only the lasting one holds is brought to the front when it is read. What the
 * front holds is believed, for it was written with the lasting one or brought from it.
 */
export function createTieredStore(front: Store, lasting: Store & Partial<Touches>): Store {
  return {
    ...readsOf(front, lasting),
    ...notesOf(front, lasting),
    writePage(key, page) {
      front.writePage(key, page);
      lasting.writePage(key, page);
    },
    writeTile(list, tile) {
      front.writeTile(list, tile);
      lasting.writeTile(list, tile);
    },
    async close() {
      await Promise.all([front.close(), lasting.close()]);
    },
  };
}

function readsOf(
  front: Store,
  lasting: Store & Partial<Touches>,
): Pick<Store, 'readPages' | 'findTiles' | 'readTiles'> {
  return {
    async readPages(keys, signal) {
      const near = await front.readPages(keys, signal);
      lasting.touchPages?.(keys.filter((_, at) => near[at] !== undefined));
      const readFar = (missing: readonly string[]) => lasting.readPages(missing, signal);
      return await readThrough(keys, near, readFar, (page, key) => front.writePage(key, page));
    },
    async findTiles(list, within, signal) {
      const near = await front.findTiles(list, within, signal);
      const far = await lasting.findTiles(list, within, signal);
      const known = new Set(near.map(({ window }) => windowKey(window)));
      return [...near, ...far.filter(({ window }) => !known.has(windowKey(window)))];
    },
    async readTiles(list, windows, signal) {
      const near = await front.readTiles(list, windows, signal);
      const held = windows.filter((_, at) => near[at] !== undefined);
      lasting.touchTiles?.(list, held);
      const readFar = (missing: readonly Window[]) => lasting.readTiles(list, missing, signal);
      return await readThrough(windows, near, readFar, (tile) => front.writeTile(list, tile));
    },
  };
}

function notesOf(front: Store, lasting: Store & Partial<Touches>): Pick<Store, 'readNote' | 'writeNote'> {
  // A note says nothing of its age: one that was read may come to the front only if none was written meanwhile.
  let writeCount = 0;
  return {
    async readNote(key, signal) {
      const near = await front.readNote(key, signal);
      if (near !== undefined) {
        lasting.touchNote?.(key);
        return near;
      }
      const countBefore = writeCount;
      const far = await lasting.readNote(key, signal);
      if (far !== undefined && writeCount === countBefore) front.writeNote(key, far);
      return far;
    },
    writeNote(key, text) {
      writeCount++;
      front.writeNote(key, text);
      lasting.writeNote(key, text);
    },
  };
}

const windowKey = ({ from, until }: Window): string => `${from}-${until}`;

/** What `near` lacks, in its place, as `readFar` finds it. */
async function readThrough<Key, T>(
  keys: readonly Key[],
  near: readonly (T | undefined)[],
  readFar: (missing: readonly Key[]) => Promise<readonly (T | undefined)[]>,
  keep: (value: T, key: Key) => void,
): Promise<readonly (T | undefined)[]> {
  const missing = keys.filter((_, at) => near[at] === undefined);
  if (missing.length === 0) return near;
  const far = await readFar(missing);
  for (const [at, key] of missing.entries()) {
    const value = far[at];
    if (value !== undefined) keep(value, key);
  }
  let next = 0;
  return near.map((value) => value ?? far[next++]);
}
