import { describe, expect, test } from 'vitest';
import type { ListQuestion } from '../../src/model/range.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { keyOfQuestion, type PageWant } from '../../src/reading/pages.ts';
import type { Page } from '../../src/reading/source.ts';
import { type Desk, idsUpTo, openDesk, patience, question, rowsOf } from './desk.ts';

const want: PageWant = { question, index: 0, newerThan: 0 };

function read(desk: Desk, wanted: PageWant = want) {
  let callCount = 0;
  const arrival = desk.pages.read(wanted, patience, {
    onCall: () => {
      callCount += 1;
    },
    onSend: () => undefined,
  });
  return arrival.then((arrived) => ({ ...arrived, callCount }));
}

async function isHeld(desk: Desk, wanted: PageWant = want): Promise<boolean> {
  const [page] = await desk.pages.held([wanted], patience.signal);
  return page !== undefined;
}

describe('a page that was read', () => {
  test("is asked with its offset and the upstream's own limit, and tells when and as which it was read", async () => {
    const desk = openDesk();
    desk.ids = idsUpTo(150);
    const { page, kind, callCount } = await read(desk, { ...want, index: 1 });
    expect(desk.requests).toEqual([{ question, offset: 99, limit: 100 }]);
    expect([page.index, page.table.rowCount, page.total, page.readAt, page.sequence]).toEqual([
      1,
      51,
      150,
      desk.nowMs,
      1,
    ]);
    expect([kind, callCount]).toEqual(['called', 1]);
    expect(desk.arrivals).toEqual([page]);
  });

  test('is held until it is no longer fresh, by the clock, and not before it was read', async () => {
    const desk = openDesk();
    expect(await isHeld(desk)).toBe(false);
    await read(desk);
    desk.nowMs += 86_400_000 - 1;
    expect(await isHeld(desk)).toBe(true);
    desk.nowMs += 1;
    expect(await isHeld(desk)).toBe(false);
    desk.nowMs -= 86_400_000 + 2_000;
    expect(await isHeld(desk), 'another replica has read it by a clock that goes before').toBe(true);
    desk.nowMs -= 1;
    expect(await isHeld(desk), 'the clock was set back').toBe(false);
  });

  test('is not held for one who wants a newer one', async () => {
    const desk = openDesk();
    const { page } = await read(desk);
    expect(await isHeld(desk, { ...want, newerThan: page.sequence - 1 })).toBe(true);
    expect(await isHeld(desk, { ...want, newerThan: page.sequence })).toBe(false);
    const newer = await read(desk, { ...want, newerThan: desk.pages.sequence() });
    expect(newer.page.sequence).toBe(page.sequence + 1);
    expect(await isHeld(desk, { ...want, newerThan: page.sequence })).toBe(true);
  });

  test('costs one call for all who want it at the same time', async () => {
    const desk = openDesk();
    const arrivals = await Promise.all([read(desk), read(desk), read(desk)]);
    expect(arrivals.map(({ kind, callCount }) => [kind, callCount])).toEqual([
      ['called', 1],
      ['merged', 0],
      ['merged', 0],
    ]);
    expect(desk.requests).toHaveLength(1);
  });

  test.for<[string, Partial<ListQuestion>]>([
    ['a direction', { contactDirection: 'INBOUND' }],
    ['below-threshold contacts', { includeBelowThreshold: true }],
    ['another beginning', { window: { ...question.window, from: question.window.from - 1 } }],
    ['another end', { window: { ...question.window, until: question.window.until + 1 } }],
  ])('is of its list alone, not of one with %s', async ([, change]) => {
    const desk = openDesk();
    await read(desk);
    expect(keyOfQuestion({ ...question, ...change })).not.toBe(keyOfQuestion(question));
    expect(await isHeld(desk, { ...want, question: { ...question, ...change } })).toBe(false);
    expect(await isHeld(desk, { ...want, index: 1 })).toBe(false);
    expect(await isHeld(desk, { ...want, question: { ...question } })).toBe(true);
  });

  test('is held under a key that begins with its scope', async () => {
    const keys = await Promise.all(
      ['one', 'other'].map(async (scope) => {
        const desk = openDesk({ scope });
        await read(desk);
        return desk.keys[0];
      }),
    );
    expect(keys[0]).toMatch(/^one\|/);
    expect(keys[1]).toBe(keys[0]?.replace('one', 'other'));
  });
});

describe('a page whose count can not be', () => {
  const short = (): Page => ({ table: tableOf(rowsOf(idsUpTo(99))), total: 150 });
  const surplus = (): Page => ({ table: tableOf(rowsOf(idsUpTo(11))), total: 10 });

  test.for([
    ['short', short],
    ['surplus', surplus],
  ] as const)('is asked for once more: %s', async ([, answer]) => {
    const desk = openDesk();
    desk.ids = idsUpTo(150);
    desk.answers.push(answer);
    const { page, callCount } = await read(desk);
    expect([page.table.rowCount, callCount, desk.requests.length]).toEqual([100, 2, 2]);
  });

  test('twice is refused, and not held', async () => {
    const desk = openDesk();
    desk.answers.push(short, surplus);
    await expect(read(desk)).rejects.toMatchObject({ code: 'UPSTREAM_INCONSISTENT', reason: 'ROW_COUNT' });
    expect(desk.requests).toHaveLength(2);
    expect([desk.arrivals, await isHeld(desk)]).toEqual([[], false]);
  });
});

describe('a page whose rows its own filter rules out', () => {
  const inbound: ListQuestion = { ...question, contactDirection: 'INBOUND' };
  const below: ListQuestion = { ...question, includeBelowThreshold: true };

  test.for([
    ['the opposite direction', inbound, { contactDirection: 'OUTBOUND' }, false],
    ['the direction', inbound, { contactDirection: 'INBOUND' }, true],
    ['no direction', inbound, { contactDirection: null }, true],
    ['below the threshold, unasked', question, { durationStatus: 'BELOW_THRESHOLD' }, false],
    ['below the threshold, asked', below, { durationStatus: 'BELOW_THRESHOLD' }, true],
    ['a row that can not be read', inbound, null, true],
  ] as const)('is refused at once, and not held: %s', async ([, asked, facts, isSound]) => {
    const conversation = facts === null ? null : { contactDirection: null, durationStatus: null, ...facts };
    const desk = openDesk();
    desk.answers.push(() => ({ table: tableOf(rowsOf(['row'], conversation)), total: 1 }));
    const arrival = read(desk, { ...want, question: asked });
    if (isSound) expect((await arrival).page.table.rowCount).toBe(1);
    else await expect(arrival).rejects.toMatchObject({ code: 'UPSTREAM_INCONSISTENT', reason: 'FILTER_IGNORED' });
    expect(desk.requests).toHaveLength(1);
    expect(await isHeld(desk, { ...want, question: asked })).toBe(isSound);
  });
});
