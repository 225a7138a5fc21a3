import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tableOf } from '../../src/model/tabulate.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { madeRows } from '../model/sample.ts';
import { dayOfRows, days, idsOf, listOf, openWorld, type World, type WorldRow } from './world.ts';

const dayMs = 86_400_000;
const day = listOf(days(1));
const rows = dayOfRows(0, 450);
/** 450 rows in pages of 99 and a seam. */
const callsOfDay = 5;

async function settle(world: World): Promise<void> {
  for (let callCount = -1; callCount !== world.requests.length; ) {
    callCount = world.requests.length;
    for (let turn = 0; turn < 50; turn++) await nextTurn();
  }
}

/** Changes a row of the first page. */
function change({ rows: all }: World, by: Partial<WorldRow>): void {
  all.splice(7, 1, ...all.slice(7, 8).map((row) => ({ ...row, ...by })));
}

/** Reads the day, and what is read behind that. */
async function read(world: World) {
  const [report] = await world.operate().scan(day).readAll();
  await settle(world);
  return { ids: idsOf(report === undefined ? [] : [report]), asOf: report?.tiles[0]?.readAt };
}

describe('a day that was over when it was read, and is older than it may be', () => {
  test('is confirmed by its first page, says of when it is, and costs nothing for as long as that page would', async () => {
    const world = openWorld({ rows });
    const { asOf } = await read(world);
    expect(world.requests).toHaveLength(callsOfDay);
    for (const dayCount of [1, 2, 3]) {
      world.nowMs += dayMs;
      expect(await read(world)).toMatchObject({ asOf });
      expect(await read(world)).toMatchObject({ asOf });
      expect(world.requests).toHaveLength(callsOfDay + dayCount);
    }
  });

  test('is read again when it is ten times as old, whatever was confirmed', async () => {
    const world = openWorld({ rows });
    await read(world);
    for (let dayCount = 1; dayCount <= 9; dayCount++) {
      world.nowMs += dayMs;
      await read(world);
    }
    const callCount = world.requests.length;
    world.nowMs += dayMs;
    expect(await read(world)).toMatchObject({ asOf: world.nowMs });
    expect(world.requests).toHaveLength(callCount + callsOfDay);
  });

  test.for<[what: string, change: (world: World) => void]>([
    ['another count', ({ rows: all }) => void all.splice(300, 1)],
    ['a row that says something else', (world) => change(world, { facts: { koreEvaluationScore: 1 } })],
    ['one row for another', (world) => change(world, { id: 'c-new' })],
  ])('is read again where the first page shows %s, and that page is not asked for twice', async ([, move]) => {
    const world = openWorld({ rows });
    await read(world);
    world.nowMs += dayMs;
    move(world);
    await read(world);
    expect(world.requests).toHaveLength(2 * callsOfDay);
    const { ids, asOf } = await read(world);
    expect([new Set(ids), asOf]).toEqual([new Set(world.rows.map(({ id }) => id)), world.nowMs]);
    expect(world.requests).toHaveLength(2 * callsOfDay);
  });

  test('is read again where a row of the first page could not be read, though none has changed: it may say anything', async () => {
    const world = openWorld({ rows });
    world.manners.respond = (page, { offset }) => {
      const read = madeRows(page).map((row, at) => (at === 7 ? { identity: 'unreadable', conversation: null } : row));
      return offset === 0 ? { ...page, table: tableOf(read) } : page;
    };
    for (let round = 1; round <= 3; round++) {
      await read(world);
      expect(await read(world)).toMatchObject({ asOf: world.nowMs });
      expect(world.requests).toHaveLength(round * callsOfDay);
      world.nowMs += dayMs;
    }
  });

  test('needs no further call where another process has asked for its first page', async () => {
    const store = createMemoryStore({ bytesMax: 100_000_000, openedBytesMax: 10_000_000 });
    const [one, other] = [openWorld({ rows, store }), openWorld({ rows, store })];
    const { asOf } = await read(one);
    for (const world of [one, other]) world.nowMs += dayMs;
    await read(one);
    expect(one.requests).toHaveLength(callsOfDay + 1);
    for (let round = 0; round < 3; round++) expect(await read(other)).toMatchObject({ asOf });
    expect(other.requests).toHaveLength(0);
  });

  test('is read whole for who wants it afresh', async () => {
    const world = openWorld({ rows });
    await read(world);
    world.nowMs += dayMs;
    await world.operate({ isAfresh: true }).scan(day).readAll();
    expect(world.requests).toHaveLength(2 * callsOfDay);
  });
});

test('a day that was still running when it was read is read whole', async () => {
  const world = openWorld({ rows });
  world.nowMs = (day.window.until - 60) * 1000;
  await read(world);
  world.nowMs += 61_000;
  await read(world);
  expect(await read(world)).toMatchObject({ asOf: world.nowMs });
  expect(world.requests).toHaveLength(2 * callsOfDay);
});
