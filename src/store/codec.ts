import type { HeldPage, Tile, Turns } from '../model/ports.ts';
import { isSameWindow, type Window } from '../model/window.ts';
import { type Packing, pack, unpack } from './layout.ts';
import type { Vault } from './vault.ts';

/**
 * Pages, tiles and notes as sealed bytes and back. What can't be opened or read, and what was written for another key, is `undefined`; nothing
 * here throws for what the bytes hold.
 */
export type Codec = {
  encodePage(key: string, page: HeldPage): Promise<Buffer>;
  decodePage(key: string, sealed: Uint8Array): Promise<HeldPage | undefined>;
  encodeTile(list: string, tile: Tile, turns: Turns): Promise<Buffer>;
  decodeTile(list: string, window: Window, sealed: Uint8Array, turns: Turns): Promise<Tile | undefined>;
  encodeNote(key: string, text: string): Promise<Buffer>;
  decodeNote(key: string, sealed: Uint8Array): Promise<string | undefined>;
};

/** The names under which entries are sealed and found; no two entries have the same one. */
export const labels = {
  page: (key: string): string => `page ${key}`,
  tile: (list: string, { from, until }: Window): string => `tile ${from} ${until} ${list}`,
  list: (list: string): string => `list ${list}`,
  note: (key: string): string => `note ${key}`,
};

/** The codec of one secret. */
export function createCodec(vault: Vault): Codec {
  return {
    encodePage: (key, page) => vault.seal(labels.page(key), packPage(page)),
    async decodePage(key, sealed) {
      const bytes = await vault.open(labels.page(key), sealed);
      return bytes === undefined ? undefined : attempt(() => unpackPage(bytes));
    },
    async encodeTile(list, tile, turns) {
      const { window, table, unreadableCount, total, readAt } = tile;
      const figures = [window.from, window.until, unreadableCount, total, readAt];
      const bytes = await inTurns(pack({ table, figures }), turns);
      return await vault.seal(labels.tile(list, window), bytes);
    },
    async decodeTile(list, window, sealed, turns) {
      const bytes = await vault.open(labels.tile(list, window), sealed);
      if (bytes === undefined) return undefined;
      const packing = await inTurns(unpack(bytes), turns).catch(() => undefined);
      const tile = packing === undefined ? undefined : tileOf(packing);
      return tile !== undefined && isSameWindow(tile.window, window) ? tile : undefined;
    },
    encodeNote: (key, text) => vault.seal(labels.note(key), Buffer.from(text, 'utf16le')),
    decodeNote: async (key, sealed) => (await vault.open(labels.note(key), sealed))?.toString('utf16le'),
  };
}

/** A page in few bytes, in the clear: for this process alone. */
export function packPage({ index, table, total, readAt, sequence }: HeldPage): Buffer {
  return atOnce(pack({ table, figures: [index, total, readAt, sequence] }));
}

/** Undoes `packPage`. Throws anything when the bytes are something else. */
export function unpackPage(bytes: Uint8Array): HeldPage {
  const { table, figures } = atOnce(unpack(bytes));
  const [index, total, readAt, sequence] = figures;
  if (index === undefined || total === undefined || readAt === undefined || sequence === undefined) {
    throw new RangeError('no page');
  }
  return { index, table, total, readAt, sequence };
}

function tileOf({ table, figures }: Packing): Tile | undefined {
  const [from, until, unreadableCount, total, readAt] = figures;
  if (from === undefined || until === undefined || unreadableCount === undefined) return undefined;
  if (total === undefined || readAt === undefined) return undefined;
  return { window: { from, until }, table, unreadableCount, total, readAt };
}

function atOnce<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

async function inTurns<T>(steps: Generator<void, T>, turns: Turns): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    await turns.share();
    step = steps.next();
  }
  return step.value;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // Sealed by us, and yet not what we write: as good as damaged.
  }
}
