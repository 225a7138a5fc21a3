import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { conversationOf } from '../model/sample.ts';
import { dayOfRows, dayStart, days, idsOf, listOf, openWorld } from './world.ts';

describe('what can not be proven', () => {
  test('more rows in a second than a response holds: the rest of the day is answered, and the day is not called whole', async () => {
    const burst = Array.from({ length: 150 }, (_, index) => ({ id: `c-burst-${index}`, at: dayStart + 50_000 }));
    const rows = [...dayOfRows(0, 300), ...burst];
    const world = openWorld({
      rows,
      manners: {
        respond: (page, { offset }) => {
          if (offset > 0) throw new Failure('UPSTREAM_BAD_RESPONSE', 'no', { reason: 'REJECTED' });
          return page;
        },
      },
    });
    const [report] = await world
      .operate()
      .scan(listOf(days(1)))
      .readAll();
    expect([report?.isWhole, report?.isPending, report?.total]).toEqual([false, false, 450]);
    expect(report?.failure?.code).toBe('UPSTREAM_INCONSISTENT');
    expect(idsOf(report === undefined ? [] : [report]).length).toBeGreaterThan(200);
    const callsBefore = world.requests.length;
    await world
      .operate()
      .scan(listOf(days(1)))
      .readAll();
    expect(world.requests.length).toBe(callsBefore);
    world.nowMs += 300_000;
    await world
      .operate()
      .scan(listOf(days(1)))
      .readAll();
    expect(world.requests.length).toBeGreaterThan(callsBefore);
  });

  test('dates that the upstream does not heed: the same rows for other days are no rows of them', async () => {
    const world = openWorld({ rows: dayOfRows(0, 60) });
    const every = listOf(days(3));
    world.manners.respond = () => ({
      table: tableOf(
        world.rows.map(({ id }) => ({
          identity: `${id}\u0001\u0001`,
          conversation: conversationOf({ conversationId: id }),
        })),
      ),
      total: 60,
    });
    const reports = await world.operate().scan(every).readAll();
    expect(reports.map(({ failure, tiles }) => [failure?.reason, tiles.length])).toEqual([
      ['DATES_IGNORED', 0],
      ['DATES_IGNORED', 0],
      ['DATES_IGNORED', 0],
    ]);
  });

  test('an upstream that fails whatever it is asked is not asked for every day of a long window', async () => {
    const world = openWorld({ rows: [] });
    world.manners.respond = () => {
      throw new Failure('UPSTREAM_UNAVAILABLE', 'gone');
    };
    const reports = await world
      .operate()
      .scan(listOf(days(90)))
      .readAll();
    expect(reports.every(({ isPending }) => isPending)).toBe(true);
    expect(world.requests.length).toBeLessThanOrEqual(16);
    world.nowMs += 1_000;
    world.manners.respond = (page) => page;
    const again = await world
      .operate()
      .scan(listOf(days(90)))
      .readAll();
    expect(again.every(({ isWhole }) => isWhole)).toBe(true);
  });
});
