import type { HeldPage, Tile, TileHead } from '../model/ports.ts';
import type { Window } from '../model/window.ts';

/** Something written that isn't in the file yet. */
export type Write = {
  readonly label: string;
  readonly stamp: number;
  /** Its place in the order of use. */
  readonly used: number;
} & (
  | { readonly kind: 'page'; readonly key: string; readonly page: HeldPage }
  | { readonly kind: 'tile'; readonly list: string; readonly tile: Tile }
  | { readonly kind: 'note'; readonly key: string; readonly text: string }
);

/** What was written and waits for its turn. Of one label only the last. */
export type Pending = {
  readonly size: number;
  read(label: string): Write | undefined;
  heads(list: string, within: Window): readonly TileHead[];
  /** Takes a write in. Answers how many older ones had to give way to the bound. */
  add(write: Write): number;
  /** The oldest, at most so many. They stay until they are settled. */
  oldest(countMax: number): readonly Write[];
  /** Ends the waiting of a write, unless another has taken its place. */
  settle(write: Write): void;
};

/** About how many bytes a row takes while it waits: as an object, and in a table. */
const pageRowBytes = 3000;
const tableRowBytes = 160;

/** What waits, bounded by estimate: when the disk is slower than the upstream, the oldest are lost rather than memory. */
export function createPending(bytesMax: number): Pending {
  const writes = new Map<string, Write>();
  let bytes = 0;
  const drop = (write: Write): void => {
    writes.delete(write.label);
    bytes -= writeBytes(write);
  };
  return {
    get size() {
      return writes.size;
    },
    read: (label) => writes.get(label),
    heads: (list, within) =>
      [...writes.values()]
        .flatMap((write) => (write.kind === 'tile' && write.list === list ? [write.tile] : []))
        .filter(({ window }) => within.from <= window.from && window.until <= within.until)
        .map(({ window, readAt }) => ({ window, readAt })),
    add(write) {
      const former = writes.get(write.label);
      if (former !== undefined) drop(former);
      let dropCount = 0;
      for (const oldest of writes.values()) {
        if (bytes + writeBytes(write) <= bytesMax) break;
        drop(oldest);
        dropCount++;
      }
      writes.set(write.label, write);
      bytes += writeBytes(write);
      return dropCount;
    },
    oldest: (countMax) => firstOf(writes.values(), countMax),
    settle(write) {
      if (writes.get(write.label) === write) drop(write);
    },
  };
}

/** The first of many, at most so many. */
export function firstOf<T>(items: Iterable<T>, countMax: number): readonly T[] {
  const first: T[] = [];
  for (const item of items) {
    if (countMax <= first.length) break;
    first.push(item);
  }
  return first;
}

function writeBytes(write: Write): number {
  switch (write.kind) {
    case 'page':
      return pageRowBytes * (1 + write.page.table.rowCount);
    case 'tile':
      return tableRowBytes * (1 + write.tile.table.rowCount);
    case 'note':
      return 2 * write.text.length;
  }
}
