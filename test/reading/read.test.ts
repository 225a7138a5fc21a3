import { expect, test } from 'vitest';
import type { Range } from '../../src/model/range.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { createFigures } from '../../src/reading/figures.ts';
import { createLists, type ListDemand, type ReadLimits } from '../../src/reading/read.ts';
import { type Desk, idsUpTo, openDesk, patience, question } from './desk.ts';

const limits: ReadLimits = {
  callsPerOperationMax: 100,
  anchorSearchPagesMax: 8,
  stepsPerRangeMax: 40,
  restartsPerRangeMax: 2,
};
const first = (count: number): Range => ({ side: 'first', count, after: null, before: null });
const last = (count: number): Range => ({ side: 'last', count, after: null, before: null });
const rows = (range: Range): ListDemand => ({ question, range, needsTotal: false });
const total: ListDemand = { question, range: null, needsTotal: true };

function operate(desk: Desk, demands: readonly ListDemand[], isAfresh = false, changed: Partial<ReadLimits> = {}) {
  const figures = createFigures();
  const begun = {
    options: { patience, isAfresh, sight: null },
    figures,
    sequence: desk.pages.sequence(),
    atMs: desk.nowMs,
  };
  const lists = createLists(desk.pages, { ...limits, ...changed }, begun);
  return { figures, answers: Promise.all(lists.read(demands)) };
}

test('all demands of an operation see the same pages, and a total costs nothing beside them', async () => {
  const desk = openDesk();
  desk.ids = idsUpTo(250);
  const { figures, answers } = operate(desk, [total, rows(first(150)), rows(last(10)), rows(first(50))]);
  const [counted, ...ranges] = await answers;
  expect(counted).toMatchObject({ range: null, total: 250, asOf: desk.nowMs });
  expect(ranges.map((each) => each.range?.rows.map(({ identity }) => identity))).toEqual([
    desk.ids.slice(0, 150),
    desk.ids.slice(240),
    desk.ids.slice(0, 50),
  ]);
  expect(desk.requests.map(({ offset }) => offset).sort()).toEqual([0, 198, 99]);
  expect(figures).toMatchObject({ callCount: 3, heldPageCount: 0, mergedReadCount: 0, rowCount: 252 });
});

test('a demand of neither rows nor total reads nothing, and knows nothing', async () => {
  const desk = openDesk();
  const { answers } = operate(desk, [{ question, range: null, needsTotal: false }]);
  expect(await answers).toEqual([{ range: null, total: null, rowsRead: 0, unreadableCount: 0, asOf: null }]);
  expect(desk.requests).toEqual([]);
});

test('what one operation has read is good enough for the next, unless that reads afresh', async () => {
  const desk = openDesk();
  desk.ids = idsUpTo(150);
  await operate(desk, [rows(first(150))]).answers;
  const held = operate(desk, [rows(first(150))]);
  await held.answers;
  expect(held.figures).toMatchObject({ callCount: 0, heldPageCount: 2 });
  const afresh = operate(desk, [rows(first(150))], true);
  await afresh.answers;
  expect(afresh.figures).toMatchObject({ callCount: 2, heldPageCount: 0 });
});

test('a quiet list is read, however old the pages are that are held of it, and each is read again once at most', async () => {
  const desk = openDesk();
  for (let index = 0; index < 6; index++) {
    desk.ids = [...Array.from({ length: index * 3 }, (_, at) => `new-${index}-${at}`), ...idsUpTo(600)];
    await desk.pages.read({ question, index, newerThan: 0 }, patience, { onCall: () => {}, onSend: () => {} });
  }
  const { figures, answers } = operate(desk, [rows(first(500))]);
  const [answer] = await answers;
  expect(answer?.range?.rows.map(({ identity }) => identity)).toEqual(desk.ids.slice(0, 500));
  expect(figures.callCount).toBeLessThanOrEqual(6);
});

test('the last row of a list is found, whatever its length', async () => {
  for (const rowCount of [1, 2, 99, 100, 101, 198, 199, 200, 298, 397]) {
    const desk = openDesk();
    desk.ids = idsUpTo(rowCount);
    const [answer] = await operate(desk, [rows(last(1))]).answers;
    expect(answer?.range?.rows.map(({ identity }) => identity)).toEqual([`row-${rowCount - 1}`]);
    // A last page that is full proves no end by itself: it must join the page before it.
    const isFullBehindOthers = rowCount > 199 && (rowCount - 100) % 99 === 0;
    expect(desk.requests.length).toBe(rowCount <= 100 ? 1 : isFullBehindOthers ? 3 : 2);
  }
});

test('an operation makes no more calls than one may', async () => {
  const desk = openDesk();
  desk.ids = idsUpTo(1000);
  const { answers } = operate(desk, [rows(first(500))], false, { callsPerOperationMax: 3 });
  await expect(answers).rejects.toMatchObject({ code: 'COST_LIMIT_EXCEEDED', reason: 'UPSTREAM_CALLS_PER_OPERATION' });
  expect(desk.requests).toHaveLength(3);
});

test('a list that turns round between any two calls is refused after a few', async () => {
  const desk = openDesk();
  const ids = idsUpTo(250);
  desk.answers.push(
    ...Array.from({ length: 40 }, (_, call) => ({ offset, limit }: { offset: number; limit: number }) => {
      const turned = call % 2 === 0 ? ids : ids.toReversed();
      const wanted = turned.slice(offset, offset + limit);
      return { table: tableOf(wanted.map((identity) => ({ identity, conversation: null }))), total: ids.length };
    }),
  );
  const { answers } = operate(desk, [rows(first(250))]);
  await expect(answers).rejects.toMatchObject({ code: 'UPSTREAM_INCONSISTENT', reason: 'ORDER_UNSTABLE' });
  expect(desk.requests.length).toBeLessThan(20);
});

test('a list that is another one at every call is refused, and not read for ever', async () => {
  const desk = openDesk();
  desk.answers.push(
    ...Array.from({ length: 200 }, (_, call) => ({ offset, limit }: { offset: number; limit: number }) => {
      const rowCount = 150 + call;
      const length = Math.min(limit, Math.max(0, rowCount - offset));
      return {
        table: tableOf(Array.from({ length }, (_, at) => ({ identity: `${call}-${at}`, conversation: null }))),
        total: rowCount,
      };
    }),
  );
  await expect(operate(desk, [rows(first(500))]).answers).rejects.toMatchObject({ code: 'UPSTREAM_INCONSISTENT' });
  expect(desk.requests.length).toBeLessThan(limits.stepsPerRangeMax);
});
