import { expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import type { PageRequest } from '../../src/reading/source.ts';
import { chanceOf } from '../chance.ts';
import {
  dayOfRows,
  days,
  firstFrom,
  listOf,
  type Manners,
  openWorld,
  rowsWithin,
  type World,
  type WorldRow,
} from './world.ts';

/**
 * A million rows, read while rows come and go between calls, ties move, offsets are capped and totals lie. Of the days that are called whole
 * no row may be wrong: none that was there all the time is missing, none is there twice, and none that never was.
 */
const daysPerManner = 42;
const rowsPerDay = 3_000;
const seed = 20_261_125;

test('of a million rows none is wrong in a day that is called whole', async () => {
  const figures: Record<string, object> = {};
  let [rowCount, wrongCount] = [0, 0];
  for (const [name, make] of Object.entries(mannersByName)) {
    const random = chanceOf(seed).next;
    const rows = Array.from({ length: daysPerManner }, (_, day) => dayOfRows(day, rowsPerDay)).flat();
    const world = openWorld({ rows });
    const changes = createChanges(world);
    world.manners = { ...world.manners, ...make(world, changes, random) };
    const outcome = await readDays(world, changes);
    rowCount += rows.length;
    wrongCount += outcome.wrongCount;
    figures[name] = outcome;
  }
  process.stdout.write(`seed ${seed}: ${JSON.stringify(figures)}\n`);
  expect(rowCount).toBeGreaterThanOrEqual(1_000_000);
  expect(wrongCount).toBe(0);
}, 240_000);

type Changes = {
  readonly removed: Set<string>;
  readonly inserted: Set<string>;
  insertNear(request: PageRequest, random: () => number): void;
  removeNear(request: PageRequest, random: () => number): void;
};

const rejection = () => new Failure('UPSTREAM_BAD_RESPONSE', 'no', { reason: 'REJECTED' });

const mannersByName: Readonly<
  Record<string, (world: World, changes: Changes, random: () => number) => Partial<Manners>>
> = {
  quiet: () => ({}),
  'ties that move': (_, __, random) => ({ arrange: (rows) => shuffleTies(rows, 600, random) }),
  'everything shuffled': (_, __, random) => ({
    arrange: (rows) => shuffleTies(rows, Number.POSITIVE_INFINITY, random),
  }),
  'one change a call': (_, changes, random) => ({ beforeCall: (__, request) => change(changes, request, random, 1) }),
  'five changes a call and ties that move': (_, changes, random) => ({
    arrange: (rows) => shuffleTies(rows, 120, random),
    beforeCall: (__, request) => change(changes, request, random, 5),
  }),
  'capped offsets and changes': (_, changes, random) => ({
    beforeCall: (callIndex, request) => change(changes, request, random, callIndex % 3 === 0 ? 1 : 0),
    respond: (page, { offset }) => {
      if (offset > 100) throw rejection();
      return page;
    },
  }),
  'totals that lie by one, now and then': (_, __, random) => ({
    total: (honest) => (random() < 0.05 ? honest + 1 : random() < 0.05 ? Math.max(0, honest - 1) : honest),
  }),
  'totals that lie by hundreds': (_, __, random) => ({
    total: (honest) => (random() < 0.3 ? Math.max(0, honest - Math.floor(random() * 300)) : honest),
    arrange: (rows) => shuffleTies(rows, 60, random),
  }),
};

async function readDays(world: World, { removed, inserted }: Changes) {
  let [wrongCount, wholeCount] = [0, 0];
  for (let day = 0; day < daysPerManner; day++) {
    const list = listOf(days(1, day));
    const before = new Set(rowsWithin(world, list).map(({ id }) => id));
    const [report] = await world.operate().scan(list).readAll();
    if (report === undefined || !report.isWhole) continue;
    wholeCount += 1;
    const found = report.tiles.flatMap(({ table }) => table.conversationIds);
    const seen = new Set(found);
    wrongCount += found.length - seen.size;
    for (const id of before) if (!removed.has(id) && !seen.has(id)) wrongCount += 1;
    for (const id of seen) if (!before.has(id) && !inserted.has(id)) wrongCount += 1;
  }
  return { wrongCount, wholeCount, callsPerDay: Math.round(world.requests.length / daysPerManner) };
}

function createChanges(world: World): Changes {
  const removed = new Set<string>();
  const inserted = new Set<string>();
  return {
    removed,
    inserted,
    insertNear({ question: { window } }, random) {
      const at = window.from + Math.floor(random() * (window.until - window.from));
      const id = `c-new-${inserted.size}`;
      inserted.add(id);
      world.rows.splice(firstFrom(world.rows, at), 0, { id, at });
    },
    removeNear({ question }, random) {
      const within = rowsWithin(world, question);
      const row = within[Math.floor(random() * within.length)];
      if (row === undefined) return;
      removed.add(row.id);
      world.rows.splice(world.rows.indexOf(row, firstFrom(world.rows, row.at)), 1);
    },
  };
}

function change(changes: Changes, request: PageRequest, random: () => number, count: number): void {
  for (let each = 0; each < count; each++) {
    if (random() < 0.5) changes.insertNear(request, random);
    else changes.removeNear(request, random);
  }
}

/** Rows of equal time, to so many seconds, in an order that is another with each call. */
function shuffleTies(rows: readonly WorldRow[], tieSeconds: number, random: () => number): readonly WorldRow[] {
  const keyed = rows.map((row) => ({ row, tie: Math.floor(row.at / tieSeconds), chance: random() }));
  keyed.sort((one, other) => one.tie - other.tie || one.chance - other.chance);
  return keyed.map(({ row }) => row);
}
