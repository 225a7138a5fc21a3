import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { beginOperation } from '../../src/reading/operation.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { dayLength, dayOfRows, dayStart, days, idsOf, listOf, openWorld, type World } from './world.ts';

const threeDays = [0, 1, 2].flatMap((day) => dayOfRows(day, 150));
const all = listOf(days(3));

/** Ends when nothing is read any more: every reading under way is waited for. */
async function settle(world: World): Promise<void> {
  for (let calls = -1; calls < world.requests.length; ) {
    calls = world.requests.length;
    for (let turn = 0; turn < 50; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

describe('many who want the same', () => {
  test('read it once: fields of an operation, and operations', async () => {
    const world = openWorld({ rows: threeDays });
    const [one, other] = [world.operate(), world.operate()];
    const reports = await Promise.all([one.scan(all).readAll(), one.scan(all).read(1), other.scan(all).readAll()]);
    expect(idsOf(reports[0])).toHaveLength(450);
    expect(idsOf(reports[2])).toEqual(idsOf(reports[0]));
    expect(world.requests).toHaveLength(6);
    expect([one.figures.callCount, other.figures.callCount, other.figures.mergedReadCount]).toEqual([6, 0, 3]);
  });

  test('have one reading of all slices between them, however many answers rest on it', async () => {
    const scan = openWorld({ rows: threeDays }).operate().scan(all);
    expect(await scan.readAll()).toBe(await scan.readAll());
    const sight = { agentIds: new Set(['nobody']), queueIds: new Set<string>() };
    const { reading } = openWorld({ rows: threeDays });
    const patience = { signal: new AbortController().signal, deadlineAt: () => Number.POSITIVE_INFINITY };
    const limited = beginOperation(reading, { isAfresh: false, sight, patience }).scan(all);
    expect(await limited.readAll()).toBe(await limited.readAll());
  });

  test('let others have their turn before each day that is looked for', async () => {
    const { reading } = openWorld({ rows: [] });
    let sharedCount = 0;
    const turns = {
      share: async () => {
        sharedCount += 1;
      },
    };
    const patience = { signal: new AbortController().signal, deadlineAt: () => Number.POSITIVE_INFINITY };
    const operation = beginOperation({ ...reading, turns }, { isAfresh: false, sight: null, patience });
    await operation.scan(listOf(days(91))).readAll();
    expect(sharedCount).toBeGreaterThanOrEqual(91);
  });

  test('share days between windows, and parts of days between the fields of an operation', async () => {
    const world = openWorld({ rows: threeDays });
    await world
      .operate()
      .scan(listOf(days(2)))
      .readAll();
    const callsBefore = world.requests.length;
    await world.operate().scan(all).readAll();
    expect(world.requests.length - callsBefore).toBe(2);

    const fresh = openWorld({ rows: threeDays });
    const noon = dayStart + dayLength / 2;
    const [forenoon, whole] = [listOf({ from: dayStart, until: noon }), listOf(days(1))];
    const operation = fresh.operate();
    operation.expect([forenoon, whole].map((question) => ({ question, cuts: [] })));
    const [half, day] = await Promise.all([operation.scan(forenoon).readAll(), operation.scan(whole).readAll()]);
    expect(day[0]?.tiles.map(({ window }) => window)).toEqual([
      { from: dayStart, until: noon },
      { from: noon, until: dayStart + dayLength },
    ]);
    expect(idsOf(day)).toHaveLength(150);
    expect(idsOf(half).length).toBeGreaterThan(0);
    expect(fresh.requests.every(({ question: { window } }) => window.until - window.from === dayLength / 2)).toBe(true);
  });

  test('answer for one direction from both, where every row states its direction', async () => {
    const stated = threeDays.map((row, at) => ({
      ...row,
      facts: { contactDirection: at % 3 === 0 ? ('OUTBOUND' as const) : ('INBOUND' as const) },
    }));
    const outbound = { ...all, contactDirection: 'OUTBOUND' as const };
    const world = openWorld({ rows: stated });
    const operation = world.operate();
    operation.expect([
      { question: outbound, cuts: [] },
      { question: all, cuts: [], needsAll: true },
    ]);
    const [some, every] = await Promise.all([operation.scan(outbound).readAll(), operation.scan(all).readAll()]);
    expect([idsOf(some).length, idsOf(every).length, world.requests.length]).toEqual([150, 450, 6]);
    expect(some.map(({ total }) => total)).toEqual([50, 50, 50]);

    const unstated = openWorld({ rows: [...stated, { id: 'c-unstated', at: dayStart + 60, facts: {} }] });
    await unstated.operate().scan(all).readAll();
    const callsBefore = unstated.requests.length;
    const reports = await unstated.operate().scan(outbound).readAll();
    expect([idsOf(reports).length, unstated.requests.length - callsBefore]).toEqual([150, 1]);
  });
});

describe('an operation that can not have all in time', () => {
  test('answers what there is as soon as its next call lies past its deadline, and reading goes on', async () => {
    const world = openWorld({ rows: threeDays });
    world.manners.beforeCall = (callIndex) => {
      if (callIndex === 2) world.nextCallAtMs = world.nowMs + 42_000;
    };
    const operation = world.operate({ deadlineMs: world.nowMs + 15_000 });
    const reports = await operation.scan(all).readAll();
    expect(reports.some(({ isPending }) => isPending)).toBe(true);
    expect(reports.filter(({ isPending }) => isPending).map(({ retryAfterSeconds }) => retryAfterSeconds)).toContain(
      42,
    );
    await settle(world);
    world.nextCallAtMs = null;
    const again = await world.operate().scan(all).readAll();
    expect([idsOf(again).length, again.every(({ isWhole }) => isWhole), world.requests.length]).toEqual([450, true, 6]);
  });

  test('answers what there is when its calls are used up, and asking again converges', async () => {
    const world = openWorld({ rows: threeDays, limits: { callsPerOperationMax: 3 } });
    const operation = world.operate();
    const reports = await operation.scan(all).readAll();
    expect(operation.figures.callCount).toBe(3);
    expect(reports.every(({ isWhole }) => isWhole)).toBe(false);
    expect(reports.every(({ isWhole, isPending }) => isWhole || isPending)).toBe(true);
    await settle(world);
    const again = await world.operate().scan(all).readAll();
    expect([idsOf(again).length, world.requests.length]).toEqual([450, 6]);
  });

  test('reads no more in the background than it may, and nothing after the end', async () => {
    const world = openWorld({ rows: threeDays, limits: { callsPerOperationMax: 1, backgroundCallsMax: 2 } });
    await world.operate().scan(all).readAll();
    await settle(world);
    expect(world.requests).toHaveLength(3);
    await world.reading.scanner.close();
    world.reading.scanner.readBehind({ question: all, newerThan: 0 });
    await settle(world);
    expect(world.requests).toHaveLength(3);
  });

  test('goes on where it was after a restart, with the store that it had', async () => {
    const store = createMemoryStore({ bytesMax: 100_000_000, openedBytesMax: 10_000_000 });
    const rows = dayOfRows(0, 1000);
    const world = openWorld({ rows, store, limits: { callsPerOperationMax: 4, backgroundCallsMax: 0 } });
    await world
      .operate()
      .scan(listOf(days(1)))
      .readAll();
    await settle(world);
    await world.reading.scanner.close();
    const next = openWorld({ rows, store });
    const reports = await next
      .operate()
      .scan(listOf(days(1)))
      .readAll();
    expect([idsOf(reports).length, world.requests.length, next.requests.length]).toEqual([1000, 4, 7]);
  });
});

describe('what is held', () => {
  const day = listOf(days(1));
  const rows = dayOfRows(0, 80);

  test('is served without a call while it is fresh, and refreshed behind the answer until it is ten times as old', async () => {
    const world = openWorld({ rows });
    await world.operate().scan(day).readAll();
    const readAt = world.nowMs;
    world.nowMs += 86_400_000 - 1;
    await world.operate().scan(day).readAll();
    await settle(world);
    expect(world.requests).toHaveLength(1);
    world.nowMs += 1;
    world.rows.splice(0, 1);
    const [stale] = await world.operate().scan(day).readAll();
    expect([stale?.isWhole, stale?.tiles[0]?.readAt, stale?.total]).toEqual([true, readAt, 80]);
    await settle(world);
    expect(world.requests).toHaveLength(2);
    const [refreshed] = await world.operate().scan(day).readAll();
    expect([refreshed?.tiles[0]?.readAt, refreshed?.total, world.requests.length]).toEqual([world.nowMs, 79, 2]);
  });

  test('is not refreshed behind while no call is free', async () => {
    const world = openWorld({ rows });
    await world.operate().scan(day).readAll();
    world.nowMs += 2 * 86_400_000;
    world.nextCallAtMs = world.nowMs + 1;
    const [report] = await world.operate().scan(day).readAll();
    await settle(world);
    expect([report?.isWhole, world.requests.length]).toEqual([true, 1]);
  });

  test('is read first when it is older, and served as of then only if that fails', async () => {
    const world = openWorld({ rows });
    await world.operate().scan(day).readAll();
    const readAt = world.nowMs;
    world.nowMs += 10 * 86_400_000;
    world.manners.respond = () => {
      throw new Failure('UPSTREAM_UNAVAILABLE', 'gone');
    };
    const [old] = await world.operate().scan(day).readAll();
    expect([old?.isWhole, old?.tiles[0]?.readAt, world.requests.length]).toEqual([true, readAt, 2]);
    world.manners.respond = (page) => page;
    const [fresh] = await world.operate().scan(day).readAll();
    expect([fresh?.tiles[0]?.readAt, world.requests.length]).toEqual([world.nowMs, 3]);
  });

  test('is not good enough for an operation that reads afresh, which serves nothing older if it fails', async () => {
    const world = openWorld({ rows });
    await world.operate().scan(day).readAll();
    world.nowMs += 1000;
    await world.operate({ isAfresh: true }).scan(day).readAll();
    expect(world.requests).toHaveLength(2);
    world.nowMs += 1000;
    world.manners.respond = () => {
      throw new Failure('UPSTREAM_UNAVAILABLE', 'gone');
    };
    const [report] = await world.operate({ isAfresh: true }).scan(day).readAll();
    expect([report?.isWhole, report?.isPending, report?.tiles]).toEqual([false, true, []]);
  });
});
