import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { PageRequest } from '../../src/reading/source.ts';
import { dayOfRows, days, idsOf, listOf, type Manners, openWorld, type World, type WorldRow } from './world.ts';

/** Rows of equal minute change places from call to call. */
const shuffledTies: Partial<Manners> = {
  arrange: (rows, callIndex) =>
    [...rows].sort(
      (one, other) =>
        Math.floor(one.at / 3600) - Math.floor(other.at / 3600) ||
        scramble(one, callIndex) - scramble(other, callIndex),
    ),
};

function scramble({ id }: WorldRow, callIndex: number): number {
  let hash = callIndex;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return hash;
}

const rejection = () => new Failure('UPSTREAM_BAD_RESPONSE', 'no', { reason: 'REJECTED' });
const capped: Partial<Manners> = {
  respond: (page, { offset }: PageRequest) => {
    if (offset > 100) throw rejection();
    return page;
  },
};

async function scan(world: World, dayCount = 1) {
  const callsBefore = world.requests.length;
  const reports = await world
    .operate()
    .scan(listOf(days(dayCount)))
    .readAll();
  return { reports, ids: idsOf(reports), callCount: world.requests.length - callsBefore };
}

const sortedIds = (rows: readonly WorldRow[]) => rows.map(({ id }) => id).sort();

describe('a day that is read whole', () => {
  test.for<[title: string, rowCount: number, calls: number]>([
    ['nothing', 0, 1],
    ['one row', 1, 1],
    ['all but a full page', 99, 1],
    ['a full page, which proves no end', 100, 2],
    ['a row more', 101, 2],
    ['two full pages', 199, 3],
    ['a thousand', 1000, 11],
  ])('costs the pages that prove it: %s', async ([, rowCount, calls]) => {
    const rows = dayOfRows(0, rowCount);
    const world = openWorld({ rows });
    const { reports, ids, callCount } = await scan(world);
    expect(reports.map(({ isWhole, total }) => [isWhole, total])).toEqual([[true, rowCount]]);
    expect(ids).toEqual(sortedIds(rows));
    expect(callCount).toBe(calls);
    expect((await scan(world)).callCount).toBe(0);
  });

  test.for<[title: string, manners: Partial<Manners>]>([
    ['ties that move', shuffledTies],
    ['offsets that are capped', capped],
    [
      'offsets that are clamped',
      { respond: (page, { offset }) => (offset > 100 ? { ...page, table: tableOf([]) } : page) },
    ],
  ])('is split by time where pages do not join: %s', async ([, manners]) => {
    const rows = [0, 1, 2].flatMap((day) => dayOfRows(day, 1000));
    const world = openWorld({ rows, manners });
    const first = await scan(world, 1);
    expect(first.reports.every(({ isWhole }) => isWhole)).toBe(true);
    expect(first.ids).toEqual(sortedIds(rows.slice(0, 1000)));
    expect(first.callCount).toBeLessThanOrEqual(11 * 3.3 + 10);
    const all = await scan(world, 3);
    expect(all.ids).toEqual([
      ...sortedIds(rows.slice(0, 1000)),
      ...sortedIds(rows.slice(1000, 2000)),
      ...sortedIds(rows.slice(2000)),
    ]);
    expect(all.callCount / 2).toBeLessThanOrEqual(11 * 1.6);
    expect((await scan(world, 3)).callCount).toBe(0);
  });
});
