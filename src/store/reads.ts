import type { Clock, Store, Tile, TileHead, Turns } from '../model/ports.ts';
import { isSameWindow, type Window } from '../model/window.ts';
import { type Codec, labels } from './codec.ts';
import type { Keeper } from './keeper.ts';
import type { Pending } from './pending.ts';
import { createTurns } from './turns.ts';
import type { Vault } from './vault.ts';

export type Reads = Pick<Store, 'readPages' | 'findTiles' | 'readTiles' | 'readNote'>;

type Means = {
  readonly keeper: Keeper;
  readonly pending: Pending;
  readonly vault: Vault;
  readonly codec: Codec;
  readonly touch: (ids: readonly number[]) => void;
  readonly clock: Clock;
};

/** Notes have no age. */
export const noteStamp = 0;

/** Reads of one file and of what waits to be written to it. What is damaged is removed, and as if it had never been held. */
export function createReads({ keeper, pending, vault, codec, touch, clock }: Means): Reads {
  /** What is held under a label, decoded, if it says of itself the same as what stands beside it. */
  const read = async <T>(
    label: string,
    decode: (sealed: Uint8Array) => Promise<T | undefined>,
    stampOf: (value: T) => number,
  ): Promise<T | undefined> => {
    const id = vault.idOf(label);
    const found = keeper.use(undefined, (file) => file.read(id));
    if (found === undefined) return undefined;
    const value = await decode(found.bytes);
    if (value !== undefined && stampOf(value) === found.stamp) {
      touch([id]);
      return value;
    }
    keeper.use(undefined, (file) => file.remove(id, found.stamp));
    return undefined;
  };
  const readPage = async (key: string) => {
    const write = pending.read(labels.page(key));
    if (write?.kind === 'page') return write.page;
    const decode = (sealed: Uint8Array) => codec.decodePage(key, sealed);
    return await read(labels.page(key), decode, ({ sequence }) => sequence);
  };
  const readTile = async (list: string, window: Window, turns: Turns): Promise<Tile | undefined> => {
    const label = labels.tile(list, window);
    const write = pending.read(label);
    if (write?.kind === 'tile') return write.tile;
    const decode = (sealed: Uint8Array) => codec.decodeTile(list, window, sealed, turns);
    return await read(label, decode, ({ readAt }) => readAt);
  };

  return {
    readPages: (keys, signal) => oneByOne(keys, createTurns(clock, signal), readPage),
    readTiles(list, windows, signal) {
      const turns = createTurns(clock, signal);
      return oneByOne(windows, turns, (window) => readTile(list, window, turns));
    },
    findTiles: async (list, within) => findHeads({ keeper, pending, vault }, list, within),
    async readNote(key) {
      const write = pending.read(labels.note(key));
      if (write?.kind === 'note') return write.text;
      const decode = (sealed: Uint8Array) => codec.decodeNote(key, sealed);
      return await read(labels.note(key), decode, () => noteStamp);
    },
  };
}

/** Reads in order, with turns for others in between. */
async function oneByOne<Key, T>(
  keys: readonly Key[],
  turns: Turns,
  read: (key: Key) => Promise<T>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (const key of keys) {
    found.push(await read(key));
    await turns.share();
  }
  return found;
}

/** The tiles that lie within a window. One whose window isn't the one that it was written under is damaged. */
function findHeads(
  { keeper, pending, vault }: Pick<Means, 'keeper' | 'pending' | 'vault'>,
  list: string,
  within: Window,
): readonly TileHead[] {
  const waiting = pending.heads(list, within);
  const found = keeper.use([], (file) => file.find(vault.idOf(labels.list(list)), within));
  const sound = found.filter(({ id, window, stamp }) => {
    if (id === vault.idOf(labels.tile(list, window))) return true;
    keeper.use(undefined, (file) => file.remove(id, stamp));
    return false;
  });
  const lasting = sound.filter(({ window }) => !waiting.some((head) => isSameWindow(head.window, window)));
  return [...waiting, ...lasting.map(({ window, stamp }) => ({ window, readAt: stamp }))];
}
