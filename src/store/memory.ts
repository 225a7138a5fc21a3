import { LRUCache } from 'lru-cache';
import type { HeldPage, PageStore } from '../model/ports.ts';

/** Roughly what a decoded row and one of its metric results take on the heap, in bytes. */
const rowBytes = 1_500;
const metricBytes = 160;

/** Keeps pages in this process, at most `bytesMax` of them by estimate; the least recently used goes first. */
export function createMemoryStore({ bytesMax }: { readonly bytesMax: number }): PageStore {
  const pages = new LRUCache<string, HeldPage>({ maxSize: bytesMax, sizeCalculation: pageBytes });
  return {
    readMany: async (keys) => keys.map((key) => pages.get(key)),
    write: (key, page) => {
      pages.set(key, page);
    },
  };
}

function pageBytes({ rows }: HeldPage): number {
  let bytes = rowBytes;
  for (const { conversation } of rows) bytes += rowBytes + metricBytes * (conversation?.metrics.length ?? 0);
  return bytes;
}
