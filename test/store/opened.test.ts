import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { tableOf } from '../../src/model/tabulate.ts';
import { viewPage } from '../../src/reading/view.ts';
import { packPage } from '../../src/store/codec.ts';
import { createOpenedPages } from '../../src/store/opened.ts';
import { compressSmall } from '../../src/store/vault.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { pageOf } from './samples.ts';

/** Bytes that this program holds once what nobody holds is gone. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

const qualifications = [null, 'YES', 'NO', 'NA', 'PENDING'] as const;

test.for([
  [0, 'one form'],
  [10, 'one form'],
  [100, 'one form'],
  [10, 'forms of their own'],
  [100, 'forms of their own'],
] as const)('of rows with %d metrics and %s about as many bytes are opened as may be', ([metricCount, forms]) => {
  const bytesMax = 8_000_000;
  const rows = Array.from({ length: 100 }, (_, at) => {
    const weight = forms === 'one form' ? 1 : at;
    const metrics = Array.from({ length: metricCount }, (_, index) => {
      const qualification = qualifications[(at * 7 + index * 3) % 5] ?? null;
      return metricResultOf({ metricId: `m-${index}`, weight, qualification, isFatalError: true });
    });
    const conversation = conversationOf({ conversationId: `${at}`.padStart(36, 'c'), metrics });
    return { identity: conversation.conversationId, conversation };
  });
  const bytes = compressSmall(packPage({ index: 0, table: tableOf(rows), total: rows.length, readAt: 0, sequence: 1 }));
  const opened = createOpenedPages(bytesMax);
  const labels = Array.from({ length: 400 }, (_, index) => `page ${index}`);
  const before = heldBytes();
  // Rows are made when they are looked at.
  for (const label of labels) viewPage(opened.open(label, bytes), false).rows();
  const taken = heldBytes() - before;
  expect(taken).toBeGreaterThan(bytesMax / 2);
  expect(taken).toBeLessThan(bytesMax * 1.5);
  expect(opened.open(labels.at(-1) ?? '', bytes).table.rowCount).toBe(100);
});

test('a page is one object with one of each of its rows while it is opened, and another once it is forgotten', () => {
  const bytes = compressSmall(packPage(pageOf({ rowCount: 3 })));
  const opened = createOpenedPages(1_000_000);
  const rowOf = () => viewPage(opened.open('page', bytes), false).row(1);
  const [page, row] = [opened.open('page', bytes), rowOf()];
  expect(opened.open('page', bytes)).toBe(page);
  expect(rowOf()).toBe(row);
  expect(opened.open('another', bytes)).not.toBe(page);
  opened.forget('page');
  expect(opened.open('page', bytes)).not.toBe(page);
  expect(rowOf()).not.toBe(row);
  expect(rowOf()).toEqual(row);
});
