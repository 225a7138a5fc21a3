import { LRUCache } from 'lru-cache';
import type { HeldPage, Store, StoreReads } from '../model/ports.ts';
import type { Window } from '../model/window.ts';

/** What a lasting store may be told: that these were used, though it was not asked for them. Otherwise what is used most would go first. */
export type Touches = {
  touchPages(keys: readonly string[]): void;
  touchTiles(list: string, windows: readonly Window[]): void;
  touchNote(key: string): void;
};

type Lasting = Store & Partial<Touches>;

/**
 * A small fast store in front of a lasting one. Writes go to both; what only the lasting one holds is brought to the front when it is read. What the
 * front holds is believed, for it was written with the lasting one or brought from it, unless others write to that too (`isShared`): then of two the later
 * reading counts, and takes the other's place.
 */
export function createTieredStore(front: Store, lasting: Lasting, { isShared = false } = {}): Store {
  const outdated = createOutdated();
  const readsThrough = (far: StoreReads): StoreReads => ({
    readPages: isShared ? readNewestPages(front, far) : readPagesThrough(front, lasting, far),
    ...tilesThrough(front, lasting, far, outdated),
  });
  return {
    ...readsThrough(lasting),
    near: nearOf(front, lasting),
    patient: readsThrough(lasting.patient),
    ...notesOf(front, lasting),
    writePage(key, page) {
      front.writePage(key, page);
      lasting.writePage(key, page);
    },
    writeTile(list, tile) {
      front.writeTile(list, tile);
      lasting.writeTile(list, tile);
    },
    async settled() {
      await Promise.all([front.settled(), lasting.settled()]);
    },
    async close() {
      await Promise.all([front.close(), lasting.close()]);
    },
  };
}

/** What the front holds counts as used behind it. */
function nearOf({ near }: Store, lasting: Lasting): StoreReads {
  return {
    findTiles: near.findTiles,
    async readPages(keys, signal) {
      const pages = await near.readPages(keys, signal);
      lasting.touchPages?.(keys.filter((_, at) => pages[at] !== undefined));
      return pages;
    },
    async readTiles(list, windows, signal) {
      const tiles = await near.readTiles(list, windows, signal);
      const held = windows.filter((_, at) => tiles[at] !== undefined);
      lasting.touchTiles?.(list, held);
      return tiles;
    },
  };
}

function readPagesThrough(front: Store, lasting: Lasting, far: StoreReads): StoreReads['readPages'] {
  return async (keys, signal) => {
    const near = await front.readPages(keys, signal);
    lasting.touchPages?.(keys.filter((_, at) => near[at] !== undefined));
    const readFar = (missing: readonly string[]) => far.readPages(missing, signal);
    return await readThrough(
      keys,
      near,
      () => false,
      readFar,
      (page, key) => front.writePage(key, page),
    );
  };
}

/** Who asks knows already what the front holds, and that it isn't good enough: all of it is asked for behind it. */
function readNewestPages(front: Store, far: StoreReads): StoreReads['readPages'] {
  return async (keys, signal) => {
    const [near, behind] = await Promise.all([front.readPages(keys, signal), far.readPages(keys, signal)]);
    return keys.map((key, at) => {
      const newest = newerOf(near[at], behind[at]);
      if (newest !== undefined && newest !== near[at]) front.writePage(key, newest);
      return newest;
    });
  };
}

function newerOf(one: HeldPage | undefined, other: HeldPage | undefined): HeldPage | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.sequence < other.sequence ? other : one;
}

function tilesThrough(
  front: Store,
  lasting: Lasting,
  far: StoreReads,
  outdated: Outdated,
): Pick<StoreReads, 'findTiles' | 'readTiles'> {
  return {
    async findTiles(list, within, signal) {
      const near = await front.findTiles(list, within, signal);
      const heads = new Map(near.map((head) => [windowKey(head.window), head]));
      for (const head of await far.findTiles(list, within, signal)) {
        const known = heads.get(windowKey(head.window));
        if (known !== undefined && head.readAt <= known.readAt) continue;
        if (known !== undefined) outdated.add(list, head.window);
        heads.set(windowKey(head.window), head);
      }
      return [...heads.values()];
    },
    async readTiles(list, windows, signal) {
      const near = await front.readTiles(list, windows, signal);
      const held = windows.filter((_, at) => near[at] !== undefined);
      lasting.touchTiles?.(list, held);
      const isOutdated = (window: Window) => outdated.take(list, window);
      const readFar = (missing: readonly Window[]) => far.readTiles(list, missing, signal);
      return await readThrough(windows, near, isOutdated, readFar, (tile) => front.writeTile(list, tile));
    },
  };
}

/** Tiles of which a later reading was found behind the front than it holds. */
type Outdated = {
  add(list: string, window: Window): void;
  /** Whether it was added: it is looked for behind the front once, and found out again if need be. */
  take(list: string, window: Window): boolean;
};

const outdatedMax = 10_000;

function createOutdated(): Outdated {
  const keys = new LRUCache<string, true>({ max: outdatedMax });
  return {
    add: (list, window) => void keys.set(`${windowKey(window)} ${list}`, true),
    take: (list, window) => keys.delete(`${windowKey(window)} ${list}`),
  };
}

function notesOf(front: Store, lasting: Lasting): Pick<Store, 'readNote' | 'writeNote'> {
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

/** What `near` lacks or has in an outdated form, in its place, as `readFar` finds it; what that doesn't find stays as it is. */
async function readThrough<Key, T>(
  keys: readonly Key[],
  near: readonly (T | undefined)[],
  isOutdated: (key: Key) => boolean,
  readFar: (missing: readonly Key[]) => Promise<readonly (T | undefined)[]>,
  keep: (value: T, key: Key) => void,
): Promise<readonly (T | undefined)[]> {
  const places = [...keys.keys()];
  const missing = keys.flatMap((key, at) => (near[at] === undefined || isOutdated(key) ? [{ key, at }] : []));
  if (missing.length === 0) return near;
  const far = await readFar(missing.map(({ key }) => key));
  const found = new Map<number, T>();
  for (const [index, { key, at }] of missing.entries()) {
    const value = far[index];
    if (value === undefined) continue;
    keep(value, key);
    found.set(at, value);
  }
  return places.map((at) => found.get(at) ?? near[at]);
}
