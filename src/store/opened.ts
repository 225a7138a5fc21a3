import { LRUCache } from 'lru-cache';
import type { HeldPage } from '../model/ports.ts';
import { unpackPage } from './codec.ts';
import { decompressSmall } from './vault.ts';

/** Pages that were used again lately, as they are used: to unpack what is held, and to make rows of it, takes longer than to answer them. */
export type OpenedPages = {
  /** The page of these bytes, as `packPage` and `compressSmall` make them. The same page is the same object while it is opened. Throws where the bytes are no page. */
  open(label: string, bytes: Uint8Array): HeldPage;
  /** Closes a page whose bytes are no longer held, or are others now. */
  forget(label: string): void;
};

/**
 * What is taken by a byte of a page that isn't compressed, for there every text stands once; by a row, once it is made; by a metric of a row; and by what a metric of a form said: rows of one form that
 * said the same share that, and most metrics are said to be one of two things.
 */
const [bytesPerByte, bytesPerRow, bytesPerMetric, bytesPerResult, resultsPerMetric] = [5, 450, 10, 140, 2];

/**
 * Keeps some pages beside their bytes, in at most `bytesMax` by estimate, their rows included, which are made when they are looked at; the least recently used are closed first. A page is opened when it
 * is read, not when it is written: most are never asked for again, and would only grow old.
 */
export function createOpenedPages(bytesMax: number): OpenedPages {
  const opened = new LRUCache<string, HeldPage>({ maxSize: bytesMax });
  return {
    open(label, bytes) {
      const known = opened.get(label);
      if (known !== undefined) return known;
      const plain = decompressSmall(bytes);
      const page = unpackPage(plain);
      opened.set(label, page, { size: bytesPerByte * plain.byteLength + rowsBytes(page) });
      return page;
    },
    forget: (label) => void opened.delete(label),
  };
}

/** What a page's rows take beside it, about. */
function rowsBytes({ table: { rowCount, answers, columns } }: HeldPage): number {
  const formMetricCount = columns.form.values.reduce((sum, form) => sum + form.length, 0);
  const resultCount = Math.min(answers.length, resultsPerMetric * formMetricCount);
  return bytesPerRow * rowCount + bytesPerMetric * answers.length + bytesPerResult * resultCount;
}
