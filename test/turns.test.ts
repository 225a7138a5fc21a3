import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../src/turns.ts';

/** Works in so many steps of a millisecond each, by a clock that only work moves, and counts how much is done between two turns of the process. */
async function work(workerCount: number, stepCount: number) {
  let elapsed = 0;
  const turns = createTurns({
    now: () => elapsed,
    elapsed: () => elapsed,
    wait: async () => undefined,
  });
  const done: string[] = [];
  const perTurn: number[] = [];
  let isOver = false;
  const watching = (async () => {
    for (let before = 0; !isOver; before = done.length) {
      await nextTurn();
      perTurn.push(done.length - before);
    }
  })();
  const workers = Array.from({ length: workerCount }, async (_, worker) => {
    for (let step = 0; step < stepCount; step++) {
      await turns.share();
      elapsed += 1;
      done.push(`${step} ${worker}`);
    }
  });
  await Promise.all(workers);
  isOver = true;
  await watching;
  return { done, most: Math.max(...perTurn) };
}

test.for([
  [1, 100],
  [40, 5],
  [3_000, 2],
] as const)(
  '%s who work at once get on in %s steps, and others have their turn in between',
  async ([workerCount, stepCount]) => {
    const { done, most } = await work(workerCount, stepCount);
    expect(done).toHaveLength(workerCount * stepCount);
    // A stretch of 12 ms, the step that is over it, and what was begun before the first turn.
    expect(most).toBeLessThanOrEqual(2 * 13);
  },
);

test('who has waited longest goes on first', async () => {
  const { done } = await work(100, 1);
  expect(done).toEqual(Array.from({ length: 100 }, (_, worker) => `0 ${worker}`));
});
