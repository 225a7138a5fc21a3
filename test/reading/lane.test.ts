import { expect, test } from 'vitest';
import { createLane, type Standing } from '../../src/reading/lane.ts';

/** Tasks in a lane for two, by name: which have begun, in order, and how they are ended. */
function openLane() {
  const lane = createLane(2);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, rank: number, standing: () => Standing, caller = 'somebody'): void => {
    const { promise, resolve } = Promise.withResolvers<void>();
    ends.set(name, resolve);
    void lane.run({ rank, standing, caller: () => caller }, async () => {
      begun.push(name);
      await promise;
    });
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await settle();
  };
  return { lane, begun, run, end };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

const awaited = (): Standing => 'awaited';
const behind = (): Standing => 'behind';

test('those of the lowest rank go first, of equal rank the first that came, and no more than have a place', async () => {
  const { begun, run, end } = openLane();
  for (const [name, rank] of [
    ['a', 5],
    ['b', 5],
    ['late', 9],
    ['c', 2],
    ['d', 2],
  ] as const)
    run(name, rank, awaited);
  await settle();
  expect(begun).toEqual(['a', 'b']);
  for (const name of ['a', 'b', 'c', 'd']) await end(name);
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'late']);
});

test('a caller with fewer places goes first, however early the others came', async () => {
  const { begun, run, end } = openLane();
  for (const name of ['a1', 'a2', 'a3', 'a4']) run(name, 1, awaited, 'a');
  for (const name of ['b1', 'b2']) run(name, 9, awaited, 'b');
  await settle();
  expect(begun).toEqual(['a1', 'a2']);
  await end('a1');
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  await end('b1');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2']);
  for (const name of ['a2', 'b2', 'a3', 'a4']) await end(name);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2', 'a3', 'a4']);
});

test('what nobody waits for takes no place from those that somebody waits for, and goes after them', async () => {
  const { begun, run, end } = openLane();
  for (const name of ['old', 'older', 'oldest']) run(name, 1, behind);
  for (const name of ['a', 'b', 'c']) run(name, 7, awaited);
  await settle();
  expect(begun).toEqual(['old', 'older', 'a', 'b']);
  await end('a');
  expect(begun).toEqual(['old', 'older', 'a', 'b', 'c']);
  for (const name of ['old', 'b', 'c']) await end(name);
  expect(begun.at(-1)).toBe('oldest');
});

test('who is waited for by now goes in at the next look, and who was dropped is let go at once', async () => {
  const { lane, begun, run } = openLane();
  const standings: Record<string, Standing> = { joined: 'behind', dropped: 'behind' };
  for (const name of ['a', 'b']) run(name, 1, behind);
  for (const name of ['joined', 'dropped', 'other']) run(name, 2, () => standings[name] ?? 'behind');
  await settle();
  expect(begun).toEqual(['a', 'b']);
  Object.assign(standings, { joined: 'awaited', dropped: 'dropped' });
  lane.look();
  await settle();
  expect(begun).toEqual(['a', 'b', 'dropped', 'joined']);
});

/** How often it is asked how tasks stand, until all of so many are done. Half-way nobody waits for them any more. */
async function standingsAsked(taskCount: number): Promise<number> {
  const lane = createLane(8);
  let [askedCount, doneCount] = [0, 0];
  const standing = (): Standing => {
    askedCount += 1;
    return doneCount < taskCount / 2 ? 'awaited' : 'behind';
  };
  const tasks = Array.from({ length: taskCount }, (_, rank) =>
    lane.run({ rank, standing, caller: () => 'somebody' }, async () => {
      doneCount += 1;
    }),
  );
  await Promise.all(tasks);
  return askedCount;
}

test('who goes next is found without looking at all who wait: the work grows as their number', async () => {
  const [once, twice] = [await standingsAsked(1_000), await standingsAsked(2_000)];
  expect(twice / once).toBeLessThan(2.2);
});
