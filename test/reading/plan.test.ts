import { expect, test } from 'vitest';
import type { Anchor, ListQuestion, Range } from '../../src/model/range.ts';
import { planPages } from '../../src/reading/plan.ts';
import type { ListDemand } from '../../src/reading/read.ts';

const day: ListQuestion = { window: { from: 0, until: 86_400 }, contactDirection: null, includeBelowThreshold: false };
const at = (offset: number): Anchor => ({ offset, total: 1000, print: '000000000000', before: [], after: [] });
const first = (count: number, places: Partial<Range> = {}): Range => ({
  side: 'first',
  count,
  after: null,
  before: null,
  ...places,
});
const last = (count: number, places: Partial<Range> = {}): Range => ({ ...first(count, places), side: 'last' });
const rows = (range: Range, question = day): ListDemand => ({ question, range, needsTotal: false });
const total = (question = day): ListDemand => ({ question, range: null, needsTotal: true });

test.for<[title: string, demands: readonly ListDemand[], pageCount: number]>([
  ['nothing', [], 0],
  ['neither rows nor total', [{ ...total(), needsTotal: false }], 0],
  ['a total', [total()], 1],
  ['no row, but where it is', [rows(first(0))], 1],
  ['one row', [rows(first(1))], 1],
  ['a hundred rows', [rows(first(100))], 1],
  ['a hundred and one', [rows(first(101))], 2],
  ['five hundred', [rows(first(500))], 6],
  ['ten rows after the first ten', [rows(first(10, { after: at(9) }))], 1],
  ['ten rows over a seam', [rows(first(10, { after: at(95) }))], 2],
  ['a hundred rows from a page on', [rows(first(99, { after: at(99) }))], 2],
  ['rows up to a cursor nearby', [rows(first(500, { before: at(50) }))], 1],
  ['few rows, and a cursor far away', [rows(first(10, { before: at(900) }))], 2],
  ['rows between two cursors', [rows(first(500, { after: at(99), before: at(198) }))], 1],
  ['the last rows', [rows(last(10))], 3],
  ['the last rows, though none', [rows(last(0))], 3],
  ['the last hundred and fifty', [rows(last(150))], 4],
  ['the last ten before a cursor', [rows(last(10, { before: at(95) }))], 1],
  ['the last ten before a cursor over a seam', [rows(last(10, { before: at(105) }))], 2],
  ['the last rows between two cursors', [rows(last(500, { after: at(99), before: at(198) }))], 1],
  ['the last rows after a cursor', [rows(last(10, { after: at(500) }))], 3],
  ['overlapping ranges', [rows(first(40)), rows(first(80)), rows(first(10, { after: at(60) }))], 1],
  ['a total beside a range', [total(), rows(first(300))], 4],
  ['two lists', [total(), total({ ...day, contactDirection: 'INBOUND' })], 2],
  ['three windows', [0, 1, 2].map((from) => total({ ...day, window: { from, until: 9 } })), 3],
  ['one list asked twice', [total(), total({ ...day })], 1],
])('the price of an operation is every page once: %s', ([, demands, pageCount]) => {
  expect(planPages(demands)).toHaveLength(pageCount);
});
