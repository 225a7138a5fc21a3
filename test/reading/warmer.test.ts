import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { createWarmer } from '../../src/reading/warmer.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { dayLength, dayOfRows, dayStart, days, idsOf, listOf, openWorld, type World } from './world.ts';

const freshness = { todayMs: 60_000, weekMs: 900_000, olderMs: 86_400_000 };
const restMs = 600_000;
const minuteMs = 60_000;
/** Four days of 150 rows, of which today is the last: each takes two calls. */
const rows = [0, 1, 2, 3].flatMap((day) => dayOfRows(day, 150));
const todayNoonMs = (dayStart + 3.5 * dayLength) * 1000;

/** A warmer over a world, whose waits end when the test says so. */
function openWarm(world: World, dayCount: number, isOurs = () => true) {
  let waiters: (() => void)[] = [];
  const warmer = createWarmer({
    ...world.reading,
    clock: {
      ...world.reading.clock,
      wait: (_, signal) =>
        new Promise((resolve, reject) => {
          waiters.push(resolve);
          signal.addEventListener('abort', reject, { once: true });
        }),
    },
    freshness,
    dayCount,
    restMs,
    isOurs,
  });
  return {
    /** Time goes on, and it looks: answers how many calls that was worth. */
    async pass(ms: number): Promise<number> {
      const before = world.requests.length;
      world.nowMs += ms;
      for (let round = 0; round < 40; round++) {
        const ready = waiters;
        if (round === 0) waiters = [];
        if (round === 0) for (const resolve of ready) resolve();
        await nextTurn();
      }
      return world.requests.length - before;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([warmer.close(), world.reading.scanner.close()]);
    },
  };
}

function openToday(options: Partial<Parameters<typeof openWorld>[0]> = {}): World {
  const world = openWorld({ rows, ...options });
  world.nowMs = todayNoonMs;
  return world;
}

test('the last days are read when nobody asks, today too, and then a question about them costs nothing', async () => {
  const world = openToday({ limits: { backgroundCallsMax: 0 } });
  await using warm = openWarm(world, 3);
  expect(await warm.pass(0)).toBe(3 * 2);
  const reports = await world
    .operate()
    .scan(listOf(days(3, 1)))
    .readAll();
  expect([idsOf(reports).length, world.requests.length]).toEqual([450, 6]);
  expect(await warm.pass(minuteMs)).toBe(0);
});

test('they are read again before they are too old to be shown: what is over by one call', async () => {
  const world = openToday();
  await using warm = openWarm(world, 4);
  expect(await warm.pass(0)).toBe(8);
  // Today after five minutes, the others after seventy-five.
  expect(await warm.pass(5 * minuteMs - 1)).toBe(0);
  expect(await warm.pass(1)).toBe(2);
  for (let round = 2; round < 15; round++) expect(await warm.pass(5 * minuteMs)).toBe(2);
  expect(await warm.pass(5 * minuteMs)).toBe(2 + 3);
  const reports = await world
    .operate()
    .scan(listOf(days(4)))
    .readAll();
  expect(reports.every(({ isWhole }) => isWhole)).toBe(true);
});

test('while others need the calls, or another replica does it, nothing is read', async () => {
  const world = openToday();
  let isOurs = false;
  await using warm = openWarm(world, 2, () => isOurs);
  expect(await warm.pass(0)).toBe(0);
  isOurs = true;
  world.nextCallAtMs = world.nowMs + minuteMs;
  expect(await warm.pass(0)).toBe(0);
  world.nextCallAtMs = null;
  expect(await warm.pass(minuteMs)).toBe(4);
});

test('a day that can not be read is left in peace for a while, and holds up no other', async () => {
  const world = openToday();
  world.manners.beforeCall = (_, { question }) => {
    if (question.window.from === dayStart + 2 * dayLength) throw new Failure('UPSTREAM_BAD_RESPONSE', 'no');
  };
  await using warm = openWarm(world, 3);
  expect(await warm.pass(0)).toBe(2 + 1 + 2);
  expect(await warm.pass(4 * minuteMs)).toBe(0);
  world.manners.beforeCall = () => undefined;
  // Twice today by then, and the day that rested.
  expect((await warm.pass(minuteMs)) + (await warm.pass(5 * minuteMs))).toBe(2 + 2 + 2);
});

test('days that there is no room for are not read over and over', async () => {
  const world = openToday({ store: createMemoryStore({ bytesMax: 1_000, openedBytesMax: 10_000_000 }) });
  await using warm = openWarm(world, 3);
  const callCount = await warm.pass(0);
  for (let round = 0; round < 4; round++) expect(await warm.pass(minuteMs)).toBe(0);
  expect(callCount).toBe(6);
});

test('none are kept unless it is said how many', async () => {
  const world = openToday();
  await using warm = openWarm(world, 0);
  expect(await warm.pass(minuteMs)).toBe(0);
});
