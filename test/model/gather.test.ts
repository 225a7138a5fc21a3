import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { identityOf, type Row } from '../../src/model/conversation.ts';
import { gatherTable } from '../../src/model/gather.ts';
import { distinctRows, identityAt, isSameAt, type RowAt, rowsAt } from '../../src/model/row-at.ts';
import { rowAt } from '../../src/model/table.ts';
import { createTabulator, tableOf } from '../../src/model/tabulate.ts';
import { rowOf, rows } from '../selection/arbitraries.ts';
import { conversationOf } from './sample.ts';

const turns = { share: async () => undefined };
const timeout = 60_000;

/** Rows that are spread over tables, some of one tabulator and some of none; the same rows by their places. */
const spread = fc
  .tuple(fc.array(rows, { maxLength: 5 }), fc.boolean(), fc.infiniteStream(fc.nat()))
  .map(([parts, isTogether, order]) => {
    const tabulator = createTabulator();
    const tables = parts.map((part) => (isTogether ? tabulator.tableOf(part) : tableOf(part)));
    const all = tables.flatMap(rowsAt).map((row) => ({ row, rank: order.next().value ?? 0 }));
    return all.sort((one, other) => one.rank - other.rank).map(({ row }) => row);
  });

const made = (all: readonly RowAt[]): readonly Row[] => all.map(({ table, index }) => rowAt(table, index));

test('rows that are gathered from many tables are the table of these rows', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(spread, async (all) => {
      const gathered = await gatherTable(all, turns);
      expect(isDeepStrictEqual(gathered, tableOf(made(all)))).toBe(true);
    }),
    { seed: 20_261_127, numRuns: 300 },
  );
});

test.for([
  ['fewer values than a byte counts', 25],
  ['more values than a byte counts', 700],
  ['more values than two bytes count', 70_000],
] as const)('so are many, of %s, and others have their turn meanwhile', { timeout }, async ([, valueCount]) => {
  const tabulator = createTabulator();
  const many = Array.from({ length: 70_000 }, (_, at) =>
    rowOf(
      conversationOf({ conversationId: `c-${at}`, evaluatedAt: at % valueCount, isDirectionDefaulted: at > 50_000 }),
    ),
  );
  const pages = Array.from({ length: 700 }, (_, page) => tabulator.tableOf(many.slice(page * 100, page * 100 + 100)));
  const share = vi.fn(async () => undefined);
  const gathered = await gatherTable(pages.flatMap(rowsAt), { share });
  expect(isDeepStrictEqual(gathered, tableOf(many))).toBe(true);
  expect(rowAt(gathered, many.length - 1)).toEqual(many.at(-1));
  expect(share.mock.calls.length).toBeGreaterThan(4 * Object.keys(gathered.columns).length);
});

test('a row is told by its place as it is told by itself', { timeout }, () => {
  fc.assert(
    fc.property(spread, (all) => {
      const each = made(all);
      expect(all.map(identityAt)).toEqual(
        each.map(({ identity, conversation }) => (conversation === null ? identity : identityOf(conversation))),
      );
      const [first] = all;
      if (first === undefined) return;
      const own = JSON.stringify(each[0]);
      expect(all.map((row) => isSameAt(first, row))).toEqual(each.map((row) => JSON.stringify(row) === own));
    }),
    { seed: 20_261_127, numRuns: 300 },
  );
});

test('of rows that are the same one stays, and of those that could not be read all', { timeout }, () => {
  fc.assert(
    fc.property(spread, (all) => {
      const seen = new Set<string>();
      const expected = all.filter(({ table, index }) => {
        const text = JSON.stringify(rowAt(table, index));
        const isKept = table.unreadable.has(index) || !seen.has(text);
        seen.add(text);
        return isKept;
      });
      expect(distinctRows([...all, ...all])).toEqual([
        ...expected,
        ...all.filter(({ table, index }) => table.unreadable.has(index)),
      ]);
    }),
    { seed: 20_261_127, numRuns: 300 },
  );
});

test('however many segments a contact has, each of its rows is written down once to be told apart', () => {
  const segments = Array.from({ length: 300 }, (_, at) =>
    rowOf(conversationOf({ conversationId: 'c', agents: [{ agentId: `a-${at}`, name: null }] })),
  );
  const all = rowsAt(tableOf([...segments, ...segments]));
  const written = vi.spyOn(JSON, 'stringify');
  onTestFinished(() => written.mockRestore());
  const distinct = distinctRows(all);
  expect(written.mock.calls.length).toBeLessThanOrEqual(all.length);
  expect(distinct).toEqual(all.slice(0, segments.length));
});

test('others have their turn while values are told apart, however many there are', async () => {
  const table = tableOf(
    Array.from({ length: 6_000 }, (_, index) =>
      rowOf(conversationOf({ conversationId: `c-${index}`, customFields: { index } })),
    ),
  );
  const written = vi.spyOn(JSON, 'stringify');
  onTestFinished(() => written.mockRestore());
  const counts: number[] = [];
  const share = async () => {
    counts.push(written.mock.calls.length);
    written.mockClear();
  };
  await gatherTable(rowsAt(table), { share });
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(table.rowCount);
  expect(Math.max(...counts)).toBeLessThanOrEqual(2_500);
});
