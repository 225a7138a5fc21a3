import { expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import type { Store, StoreReads } from '../../src/model/ports.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { dayLength, dayOfRows, dayStart, days, idsOf, listOf, openWorld } from './world.ts';

const day = listOf(days(1));
const rows = dayOfRows(0, 80);

test('a span that is held serves no question that is cut within it: its rows could be of either side', async () => {
  const world = openWorld({ rows });
  await world.operate().scan(day).readAll();
  const cut = dayStart + dayLength / 4;
  const operation = world.operate();
  operation.expect([{ question: day, cuts: [cut], needsAll: true }]);
  const [report] = await operation.scan(day).readAll();
  expect(report?.tiles.map(({ window }) => [window.from, window.until])).toEqual([
    [dayStart, cut],
    [cut, dayStart + dayLength],
  ]);
  expect([idsOf(report === undefined ? [] : [report]).length, world.requests.length]).toEqual([80, 3]);
  const again = world.operate();
  again.expect([{ question: day, cuts: [cut], needsAll: true }]);
  await again.scan(day).readAll();
  expect(world.requests).toHaveLength(3);
});

test('what is held of a day that was still running is at no age the whole of it once that is over', async () => {
  const world = openWorld({ rows });
  world.nowMs = (dayStart + dayLength / 2) * 1000;
  await world.operate().scan(day).readAll();
  world.manners.respond = () => {
    throw new Failure('UPSTREAM_UNAVAILABLE', 'gone');
  };
  world.nowMs += 3_600_000;
  const [running] = await world.operate().scan(day).readAll();
  expect([running?.isWhole, running?.total]).toEqual([true, 80]);
  world.nowMs = (dayStart + dayLength) * 1000;
  const [over] = await world.operate().scan(day).readAll();
  expect([over?.isWhole, over?.isPending, over?.tiles.length]).toEqual([false, true, 0]);
});

test('a span that is held is found once an operation, however many conversations are looked for in it', async () => {
  const memory = createMemoryStore({ bytesMax: 100_000_000, openedBytesMax: 10_000_000 });
  let findCount = 0;
  const counting: StoreReads = {
    ...memory.near,
    findTiles: (...asked) => {
      findCount += 1;
      return memory.findTiles(...asked);
    },
  };
  const store: Store = { ...memory, ...counting, near: counting, patient: counting };
  const world = openWorld({ rows, store });
  await world.operate().scan(day).readAll();
  findCount = 0;
  const operation = world.operate();
  const window = days(1);
  const found = await Promise.all(
    rows.slice(0, 50).map(({ id }) => operation.find({ by: 'conversationId', id }, null, window)),
  );
  expect(found.every(({ kind }) => kind === 'found')).toBe(true);
  expect([findCount, world.requests.length]).toEqual([1, 1]);
});
