import { LRUCache } from 'lru-cache';
import type { HeldPage, PageStore } from '../model/ports.ts';

/** How much more a decoded page takes on the heap than its rows as JSON, about. */
const heapShare = 2;

/** Keeps pages in this process, at most `bytesMax` of them by estimate; the least recently used goes first. */
export function createMemoryStore({ bytesMax }: { readonly bytesMax: number }): PageStore {
  const pages = new LRUCache<string, HeldPage>({ maxSize: bytesMax, sizeCalculation: pageBytes });
  return {
    readMany: async (keys) => keys.map((key) => pages.get(key)),
    write: (key, page) => {
      const held = pages.peek(key);
      if (held === undefined || held.sequence < page.sequence) pages.set(key, page);
    },
  };
}

function pageBytes({ rows }: HeldPage): number {
  return heapShare * JSON.stringify(rows).length;
}
