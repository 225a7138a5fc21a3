import { LRUCache } from 'lru-cache';
import type { Store, StoreReads, Tile } from '../model/ports.ts';
import { tableBytes } from '../model/size.ts';
import type { Window } from '../model/window.ts';
import { labels, packPage } from './codec.ts';
import { createOpenedPages, type OpenedPages } from './opened.ts';
import { compressSmall } from './vault.ts';

/** A page is held in few bytes, for there are many; a tile as it is used, for it is large and asked for again and again. */
type Held =
  | { readonly kind: 'page'; readonly sequence: number; readonly bytes: Uint8Array }
  | { readonly kind: 'tile'; readonly list: string; readonly tile: Tile }
  | { readonly kind: 'note'; readonly text: string };

/** The tiles of each list, by their windows. */
type TilesByList = Map<string, Map<string, Tile>>;

/** In bytes, by estimate: what is held, and besides it pages as they are used. */
export type MemoryBounds = { readonly bytesMax: number; readonly openedBytesMax: number };

/** What an entry takes beside its content: its place in the order, its index, the objects around its bytes. */
const entryBytes = 500;

/**
 * Keeps pages, tiles and notes in this process, all of them together in at most `bytesMax` by estimate; the least recently used goes first. What is
 * larger than that is not held, and neither is what it would have replaced. Besides, pages that were used lately as they are used, in at most `openedBytesMax`.
 */
export function createMemoryStore({ bytesMax, openedBytesMax }: MemoryBounds): Store {
  const opened = createOpenedPages(openedBytesMax);
  const tilesOf: TilesByList = new Map();
  const forget = (held: Held, label: string): void => {
    if (held.kind === 'page') opened.forget(label);
    if (held.kind !== 'tile') return;
    const tiles = tilesOf.get(held.list);
    tiles?.delete(windowKey(held.tile.window));
    if (tiles?.size === 0) tilesOf.delete(held.list);
  };
  const entries = new LRUCache<string, Held>({ maxSize: bytesMax, sizeCalculation: heldBytes, dispose: forget });

  const reads = readsOf(entries, opened, tilesOf);
  return {
    ...reads,
    near: reads,
    patient: reads,
    writePage(key, page) {
      const label = labels.page(key);
      const held = entries.peek(label);
      if (held?.kind === 'page' && page.sequence < held.sequence) return;
      entries.set(label, { kind: 'page', sequence: page.sequence, bytes: compressSmall(packPage(page)) });
    },
    writeTile(list, tile) {
      const label = labels.tile(list, tile.window);
      const held = tileOf(entries.peek(label));
      if (held !== undefined && tile.readAt < held.readAt) return;
      // Forgets the former one, so the index comes after it.
      entries.set(label, { kind: 'tile', list, tile });
      if (!entries.has(label)) return;
      const tiles = tilesOf.get(list) ?? new Map<string, Tile>();
      tilesOf.set(list, tiles.set(windowKey(tile.window), tile));
    },
    async readNote(key) {
      const held = entries.get(labels.note(key));
      return held?.kind === 'note' ? held.text : undefined;
    },
    writeNote: (key, text) => void entries.set(labels.note(key), { kind: 'note', text }),
    settled: async () => {},
    close: async () => {},
  };
}

function readsOf(entries: Pick<LRUCache<string, Held>, 'get'>, opened: OpenedPages, tilesOf: TilesByList): StoreReads {
  return {
    readPages: async (keys) =>
      keys.map((key) => {
        const label = labels.page(key);
        const held = entries.get(label);
        return held?.kind === 'page' ? opened.open(label, held.bytes) : undefined;
      }),
    findTiles: async (list, within) =>
      [...(tilesOf.get(list)?.values() ?? [])]
        .filter(({ window }) => within.from <= window.from && window.until <= within.until)
        .map(({ window, readAt }) => ({ window, readAt })),
    readTiles: async (list, windows) => windows.map((window) => tileOf(entries.get(labels.tile(list, window)))),
  };
}

const windowKey = ({ from, until }: Window): string => `${from}-${until}`;

const tileOf = (held: Held | undefined): Tile | undefined => (held?.kind === 'tile' ? held.tile : undefined);

function heldBytes(held: Held, label: string): number {
  const bytes = entryBytes + 2 * label.length;
  switch (held.kind) {
    case 'page':
      return bytes + held.bytes.byteLength;
    case 'tile':
      return bytes + tableBytes(held.tile.table);
    case 'note':
      return bytes + 2 * held.text.length;
  }
}
