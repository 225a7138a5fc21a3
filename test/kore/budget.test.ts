import { expect, test } from 'vitest';
import type { Budget } from '../../src/kore/budget.ts';
import type { Patience } from '../../src/model/ports.ts';
import { createFakeClock, type FakeClock, settled } from './clock.ts';
import { createGate } from './gate.ts';

const windowMs = 60_000;
const ample = { callsMax: 60, windowMs, inFlightMax: 100, queueMax: 1000 };

test('calls of a full quota start at once, and the next one a window after the first ended', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, callsMax: 2 }, clock);
  const first = await budget.take(patient(clock, 200_000));
  const second = await budget.take(patient(clock, 200_000));
  await clock.advance(10_000);
  first.end();
  await clock.advance(5_000);
  second.end();
  const third = watch(budget.take(patient(clock, 200_000)));
  await clock.advance(54_999);
  expect(third.state()).toBe('waiting');
  await clock.advance(1);
  expect(third.state()).toBe('admitted');
});

test('a call counts until a window after it ended, not after it began', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, callsMax: 1 }, clock);
  const slot = await budget.take(patient(clock, 1_000_000));
  await clock.advance(100_000);
  const next = watch(budget.take(patient(clock, 1_000_000)));
  await clock.advance(100_000);
  expect(next.state()).toBe('waiting');
  slot.end();
  await clock.advance(windowMs - 1);
  expect(next.state()).toBe('waiting');
  await clock.advance(1);
  expect(next.state()).toBe('admitted');
});

test('the end of a call is noted once', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, callsMax: 2 }, clock);
  const slot = await budget.take(patient(clock, 0));
  slot.end();
  slot.end();
  expect(budget.state()).toMatchObject({ remaining: 1, queuedCalls: 0, inFlightCalls: 0 });
});

test('no more calls than allowed are under way at once, and the end of one lets in the next, first come first served', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, inFlightMax: 2 }, clock);
  const slots = [await budget.take(patient(clock, 9_000)), await budget.take(patient(clock, 9_000))];
  const order: string[] = [];
  const waiting = ['one', 'two', 'three'].map((name) =>
    budget.take(patient(clock, 9_000)).then(() => order.push(name)),
  );
  slots[0]?.end();
  await settled();
  expect(order).toStrictEqual(['one']);
  expect(budget.state()).toMatchObject({ remaining: 57, queuedCalls: 2, inFlightCalls: 2 });
  slots[1]?.end();
  await settled();
  expect(order).toStrictEqual(['one', 'two']);
  expect(waiting).toHaveLength(3);
});

test.for<[string, number, number, number]>([
  ['a window away, for all slots are under way', 0, 60_000, 60],
  ['what is left of the window', 20_000, 40_000, 40],
  ['at least a second', 59_990, 10, 1],
])('it fails at once when no slot can be had before the deadline: %s', async ([, endedAgoMs, deadlineMs, seconds]) => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, callsMax: 1 }, clock);
  const slot = await budget.take(patient(clock, 0));
  if (endedAgoMs > 0) slot.end();
  await clock.advance(endedAgoMs);
  await expect(budget.take(patient(clock, deadlineMs))).rejects.toMatchObject(exhausted(seconds));
  expect(budget.state().queuedCalls).toBe(0);
});

test('the wait of those ahead counts: with one call a window, the third in the queue waits three windows', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, callsMax: 1 }, clock);
  (await budget.take(patient(clock, 0))).end();
  const waiting = [budget.take(patient(clock, 500_000)), budget.take(patient(clock, 500_000))].map(watch);
  await expect(budget.take(patient(clock, 180_000))).rejects.toMatchObject(exhausted(180));
  const third = watch(budget.take(patient(clock, 180_001)));
  expect([...waiting, third].map(({ state }) => state())).toStrictEqual(['waiting', 'waiting', 'waiting']);
});

test('a queue that is full takes nobody', async () => {
  const clock = createFakeClock();
  const budget = createGate({ callsMax: 60, windowMs, inFlightMax: 1, queueMax: 1 }, clock);
  await budget.take(patient(clock, 9_000));
  const queued = watch(budget.take(patient(clock, 9_000)));
  await expect(budget.take(patient(clock, 9_000))).rejects.toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED' });
  expect(queued.state()).toBe('waiting');
});

test('a waiter whose deadline passes while calls go on is sent away at that very moment', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, inFlightMax: 1 }, clock);
  await budget.take(patient(clock, 9_000));
  const waiter = watch(budget.take(patient(clock, 500)));
  await clock.advance(499);
  expect(waiter.state()).toBe('waiting');
  await clock.advance(1);
  expect(waiter.failure()).toMatchObject(exhausted(1));
  expect(budget.state().queuedCalls).toBe(0);
});

test('a deadline that is put off while waiting is kept as it is put off', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, inFlightMax: 1 }, clock);
  const slot = await budget.take(patient(clock, 9_000));
  let deadline = 500;
  const waiter = watch(budget.take({ signal: new AbortController().signal, deadlineAt: () => deadline }));
  await clock.advance(400);
  deadline = 5_000;
  await clock.advance(4_000);
  expect(waiter.state()).toBe('waiting');
  slot.end();
  await settled();
  expect(waiter.state()).toBe('admitted');
});

test('a waiter that leaves rejects with its own reason at once, and leaves no trace', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, callsMax: 1 }, clock);
  (await budget.take(patient(clock, 0))).end();
  const controller = new AbortController();
  const reason = new Error('gone');
  const leaver = watch(budget.take({ signal: controller.signal, deadlineAt: () => 90_000 }));
  await settled();
  expect(clock.sleeperCount).toBe(1);
  controller.abort(reason);
  await settled();
  expect(leaver.failure()).toBe(reason);
  expect(budget.state()).toMatchObject({ remaining: 0, queuedCalls: 0, inFlightCalls: 0 });
  expect(clock.sleeperCount).toBe(0);
  await clock.advance(windowMs);
  expect(budget.state().remaining).toBe(1);
});

test('those behind a waiter that leaves move up', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, callsMax: 1 }, clock);
  (await budget.take(patient(clock, 0))).end();
  const controller = new AbortController();
  const leaver = watch(budget.take({ signal: controller.signal, deadlineAt: () => 900_000 }));
  const stayer = watch(budget.take(patient(clock, 900_000)));
  controller.abort();
  await clock.advance(windowMs);
  expect(leaver.state()).toBe('refused');
  expect(stayer.state()).toBe('admitted');
});

test('whoever has left already is not let in', async () => {
  const budget = createGate(ample, createFakeClock());
  const reason = new Error('gone');
  await expect(budget.take({ signal: AbortSignal.abort(reason), deadlineAt: () => 9_000 })).rejects.toBe(reason);
  expect(budget.state().remaining).toBe(60);
});

test('a refusal closes the gate: those who can wait for it stay, the others go at once, and so does whoever comes', async () => {
  const clock = createFakeClock();
  const budget = createGate({ ...ample, inFlightMax: 1 }, clock);
  const slot = await budget.take(patient(clock, 0));
  const patientOne = watch(budget.take(patient(clock, 30_001)));
  const hastyOne = watch(budget.take(patient(clock, 30_000)));
  expect(budget.close(30_000)).toBe(30_000);
  slot.end();
  await settled();
  expect(hastyOne.failure()).toMatchObject(exhausted(30));
  await expect(budget.take(patient(clock, 10_000))).rejects.toMatchObject(exhausted(30));
  expect(budget.state()).toMatchObject({ remaining: 0, queuedCalls: 1, inFlightCalls: 0 });
  await clock.advance(29_999);
  expect(patientOne.state()).toBe('waiting');
  await clock.advance(1);
  expect(patientOne.state()).toBe('admitted');
});

test('a refusal that names no time closes the gate for a window', async () => {
  const clock = createFakeClock();
  const budget = createGate(ample, clock);
  expect(budget.close(undefined)).toBe(windowMs);
  await expect(budget.take(patient(clock, windowMs))).rejects.toMatchObject(exhausted(60));
  await clock.advance(windowMs);
  await expect(budget.take(patient(clock, 1))).resolves.toBeDefined();
});

test('of two refusals the later end holds', () => {
  const clock = createFakeClock();
  const budget = createGate(ample, clock);
  budget.close(90_000);
  expect(budget.close(1_000)).toBe(90_000);
});

function patient(clock: FakeClock, patienceMs: number): Patience {
  const deadline = clock.elapsed() + patienceMs;
  return { signal: new AbortController().signal, deadlineAt: () => deadline };
}

function exhausted(retryAfterSeconds: number): object {
  return { code: 'UPSTREAM_BUDGET_EXHAUSTED', reason: 'QUOTA', retryAfterSeconds };
}

function watch(taken: ReturnType<Budget['take']>) {
  let state: 'waiting' | 'admitted' | 'refused' = 'waiting';
  let failure: unknown;
  taken.then(
    () => {
      state = 'admitted';
    },
    (error: unknown) => {
      state = 'refused';
      failure = error;
    },
  );
  return { state: () => state, failure: () => failure };
}
