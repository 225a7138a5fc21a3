import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createLeaving } from '../../src/reading/leaving.ts';
import {
  createWaiting,
  drop,
  end,
  letLeave,
  type SpanWaiter,
  standingOf,
  turnAway,
  waitFor,
} from '../../src/reading/waiters.ts';

function waiter(deadlineMs: number): SpanWaiter & { readonly left: number[] } {
  const leaving = new AbortController();
  const left: number[] = [];
  return {
    leaving: createLeaving(leaving.signal),
    patience: { signal: leaving.signal, deadlineAt: () => deadlineMs },
    hopes: new Set(),
    losses: new Set(),
    mayCall: () => true,
    caller: '',
    onCall: () => undefined,
    onSend: () => undefined,
    leave: (seconds) => {
      left.push(seconds);
      leaving.abort(new Error('left'));
    },
    left,
  };
}

const ignore = () => undefined;
const pending = () => new Promise<never>(() => undefined);

test('who was turned away leaves only when nothing is coming any more of all that it hopes for', async () => {
  const [coming, late] = [createWaiting(), createWaiting()];
  Object.assign(coming, { openCount: 1, calledCount: 1 });
  late.openCount = 1;
  const one = waiter(10);
  const waits = [coming, late].map((waiting) => waitFor(pending(), waiting, one, ignore));
  turnAway(late, 20);
  const turnedAway = new Set([one]);
  letLeave(turnedAway, () => 7);
  expect([one.left, standingOf(late), standingOf(coming)]).toEqual([[], 'behind', 'awaited']);
  end(coming);
  letLeave(turnedAway, () => 7);
  expect(one.left).toEqual([7]);
  const outcomes = await Promise.allSettled(waits);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  letLeave(turnedAway, () => 7);
  expect([turnedAway.size, one.hopes.size, one.left.length]).toEqual([0, 0, 1]);
});

test('only a reading that waits for calls, and that nobody waits for, is dropped, and only once', () => {
  const waiting = createWaiting();
  expect(drop(waiting)).toBe(false);
  waiting.openCount = 1;
  const one = waiter(10);
  waitFor(pending(), waiting, one, ignore).catch(() => undefined);
  expect(drop(waiting)).toBe(false);
  one.leave(1);
  waiting.calledCount = 1;
  expect(drop(waiting)).toBe(false);
  waiting.calledCount = 0;
  expect([drop(waiting), standingOf(waiting), drop(waiting)]).toEqual([true, 'dropped', false]);
});

/** How often it is asked how far readings are, while somebody is turned away from one after the other, and waits on for the last. */
function progressAsked(readingCount: number): number {
  let askedCount = 0;
  const one = waiter(10);
  const turnedAway = new Set([one]);
  const readings = Array.from({ length: readingCount }, (_, index) => {
    const waiting = createWaiting();
    const calledCount = index === readingCount - 1 ? 1 : 0;
    Object.defineProperty(waiting, 'calledCount', {
      get: () => {
        askedCount += 1;
        return calledCount;
      },
    });
    waiting.openCount = 1;
    waitFor(pending(), waiting, one, ignore).catch(() => undefined);
    return waiting;
  });
  for (const reading of readings) {
    turnAway(reading, 20);
    letLeave(turnedAway, () => 7);
  }
  expect(one.left).toEqual([]);
  return askedCount;
}

test('whether somebody may leave is known without looking at all that he waits for: the work grows as its number', () => {
  expect(progressAsked(400) / progressAsked(200)).toBeLessThan(2.2);
});

test('one listener leaves all that somebody waits for, however many readings; once there are none it is gone', async () => {
  const ending = new AbortController();
  const { signal } = ending;
  const added = vi.spyOn(signal, 'addEventListener');
  const one = { ...waiter(10), patience: { signal, deadlineAt: () => 10 }, leaving: createLeaving(signal) };
  const waitForMany = (work: Promise<unknown>) =>
    Array.from({ length: 100 }, () => waitFor(work, createWaiting(), one, ignore));
  await Promise.all(waitForMany(Promise.resolve()));
  expect([added.mock.calls.length, getEventListeners(signal, 'abort').length]).toEqual([1, 0]);
  const waits = waitForMany(pending());
  expect([added.mock.calls.length, getEventListeners(signal, 'abort').length]).toEqual([2, 1]);
  ending.abort(new Error('left'));
  const late = waitFor(pending(), createWaiting(), one, ignore);
  const ends = await Promise.allSettled([...waits, late]);
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(101);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
