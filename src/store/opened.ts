import { LRUCache } from 'lru-cache';
import type { HeldPage } from '../model/ports.ts';
import { packPage, unpackPage } from './codec.ts';
import { compressSmall, decompressSmall } from './vault.ts';

/** Pages that were used lately, as they are used: to make rows of what is held takes longer than to answer them. */
export type OpenedPages = {
  /** The bytes of a page. It is likely to be asked for soon. */
  close(label: string, page: HeldPage): Uint8Array;
  /** The page of these bytes. The same page is the same object while it is opened. */
  open(label: string, bytes: Uint8Array): HeldPage;
  forget(label: string): void;
};

/** What a byte of a page that isn't compressed takes as rows: there every text stands once. */
const openedBytesPerByte = 8;

type Opened = { readonly page: HeldPage; readonly plainBytes: number };

/** Keeps the rows of some pages beside their bytes, in at most `bytesMax` by estimate; the least recently used are closed first. */
export function createOpenedPages(bytesMax: number): OpenedPages {
  const opened = new LRUCache<string, Opened>({
    maxSize: bytesMax,
    sizeCalculation: ({ plainBytes }) => openedBytesPerByte * plainBytes,
  });
  return {
    close(label, page) {
      const plain = packPage(page);
      opened.set(label, { page, plainBytes: plain.byteLength });
      return compressSmall(plain);
    },
    open(label, bytes) {
      const known = opened.get(label)?.page;
      if (known !== undefined) return known;
      const plain = decompressSmall(bytes);
      const page = unpackPage(plain);
      opened.set(label, { page, plainBytes: plain.byteLength });
      return page;
    },
    forget: (label) => void opened.delete(label),
  };
}
