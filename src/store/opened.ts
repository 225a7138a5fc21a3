import { LRUCache } from 'lru-cache';
import type { HeldPage } from '../model/ports.ts';
import { unpackPage } from './codec.ts';
import { decompressSmall } from './vault.ts';

/** Pages that were used again lately, as they are used: to make rows of what is held takes longer than to answer them. */
export type OpenedPages = {
  /** The page of these bytes, as `packPage` and `compressSmall` make them. The same page is the same object while it is opened. Throws where the bytes are no page. */
  open(label: string, bytes: Uint8Array): HeldPage;
  /** Closes a page whose bytes are no longer held, or are others now. */
  forget(label: string): void;
};

/** What a byte of a page that isn't compressed takes as rows, for there every text stands once; and what a metric takes beside it in its row's list, which is a byte there. */
const [bytesPerByte, bytesPerMetric] = [8, 8];

/**
 * Keeps the rows of some pages beside their bytes, in at most `bytesMax` by estimate; the least recently used are closed first. A page is opened when it is read, not when it is written: most are
 * never asked for again, and would only grow old.
 */
export function createOpenedPages(bytesMax: number): OpenedPages {
  const opened = new LRUCache<string, HeldPage>({ maxSize: bytesMax });
  return {
    open(label, bytes) {
      const known = opened.get(label);
      if (known !== undefined) return known;
      const plain = decompressSmall(bytes);
      const page = unpackPage(plain);
      opened.set(label, page, { size: bytesPerByte * plain.byteLength + bytesPerMetric * page.table.answers.length });
      return page;
    },
    forget: (label) => void opened.delete(label),
  };
}
