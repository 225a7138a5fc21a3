import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Budget } from '../../src/kore/budget.ts';
import type { CallAsk, CallKind } from '../../src/model/sharing.ts';
import { createFakeClock, type FakeClock, settled } from './clock.ts';
import { createGate } from './gate.ts';

const windowMs = 60_000;
const quota = { callsMax: 60, windowMs, inFlightMax: 1_000, queueMax: 1_000, keptForDirect: 15 };

/** Asks for calls that end at once, each as long as somebody may wait; whom they were for, in the order in which they could begin. */
function openDesk(gate: Budget, clock: FakeClock) {
  const begun: CallAsk[] = [];
  const failures: unknown[] = [];
  const ask = (count: number, kind: CallKind, caller = '', patienceMs = 100 * windowMs): void => {
    const deadline = clock.elapsed() + patienceMs;
    const patience = {
      signal: new AbortController().signal,
      deadlineAt: () => deadline,
      isScan: () => kind === 'scan',
      isBackground: () => kind === 'background',
      caller: () => caller,
    };
    for (let each = 0; each < count; each++) {
      gate.take(patience).then(
        (slot) => {
          begun.push({ kind, caller });
          slot.end();
        },
        (error: unknown) => failures.push(error),
      );
    }
  };
  const countOf = (caller: string): number => begun.filter((each) => each.caller === caller).length;
  const countOfKind = (kind: CallKind): number => begun.filter((each) => each.kind === kind).length;
  return { ask, begun, failures, countOf, countOfKind };
}

test('scans leave fifteen calls of sixty to lists, and the background takes half', async () => {
  const clock = createFakeClock();
  const desk = openDesk(createGate(quota, clock), clock);
  desk.ask(100, 'background');
  await settled();
  expect(desk.begun.length).toBe(30);
  desk.ask(100, 'scan', 'somebody');
  await settled();
  expect(desk.begun.length).toBe(45);
  desk.ask(15, 'direct', 'another');
  await settled();
  expect(desk.begun.length).toBe(60);
  desk.ask(1, 'direct', 'another', windowMs - 1);
  await settled();
  expect(desk.failures).toMatchObject([{ code: 'UPSTREAM_BUDGET_EXHAUSTED', reason: 'QUOTA', retryAfterSeconds: 60 }]);
});

test('lists go before scans, and both before the background, whoever came first', async () => {
  const clock = createFakeClock();
  const desk = openDesk(createGate({ ...quota, callsMax: 8 }, clock), clock);
  desk.ask(8, 'direct', 'a');
  await settled();
  desk.ask(2, 'background');
  desk.ask(2, 'scan', 'b');
  desk.ask(2, 'direct', 'b');
  await clock.advance(windowMs);
  expect(desk.begun.slice(8).map(({ kind }) => kind)).toEqual([
    'direct',
    'direct',
    'scan',
    'scan',
    'background',
    'background',
  ]);
});

test('one who is alone has all of it', async () => {
  const clock = createFakeClock();
  const desk = openDesk(createGate(quota, clock), clock);
  desk.ask(100, 'direct', 'a');
  await settled();
  expect(desk.countOf('a')).toBe(60);
});

test('who asks for one call gets it in the next window, however many others wait for', async () => {
  const clock = createFakeClock();
  const desk = openDesk(createGate({ ...quota, queueMax: 2_000 }, clock), clock);
  desk.ask(500, 'direct', 'flood');
  await settled();
  desk.ask(1, 'scan', 'modest');
  await clock.advance(windowMs);
  expect(desk.countOf('modest')).toBe(1);
  expect(desk.countOf('flood')).toBe(119);
});

test('callers who wait all the time have equal shares in every window, whoever came first and for whatever', async () => {
  const floods = fc.array(fc.constantFrom<CallKind>('direct', 'scan'), { minLength: 2, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(floods, fc.integer({ min: 20, max: 60 }), async (kinds, callsMax) => {
      const clock = createFakeClock();
      const desk = openDesk(createGate({ ...quota, callsMax, keptForDirect: 0, queueMax: 10_000 }, clock), clock);
      for (const [at, kind] of kinds.entries()) desk.ask(callsMax * 4, kind, `caller ${at}`);
      await settled();
      for (let each = 0; each < 3; each++) {
        const before = kinds.map((_, at) => desk.countOf(`caller ${at}`));
        await clock.advance(windowMs);
        const had = kinds.map((_, at) => desk.countOf(`caller ${at}`) - (before[at] ?? 0));
        expect(had.reduce((sum, count) => sum + count, 0)).toBe(callsMax);
        expect(Math.min(...had)).toBeGreaterThanOrEqual(Math.floor(callsMax / kinds.length));
      }
    }),
    { numRuns: 60 },
  );
});

test('one caller may have so many waiting, and the others are told at once', async () => {
  const clock = createFakeClock();
  const desk = openDesk(createGate({ ...quota, callsMax: 1, queuedPerCallerMax: 3 }, clock), clock);
  desk.ask(6, 'direct', 'a');
  desk.ask(3, 'direct', 'b');
  await settled();
  expect(desk.failures).toHaveLength(2);
  expect(desk.failures).toMatchObject([{ reason: 'CALLER_QUEUE' }, { reason: 'CALLER_QUEUE' }]);
});

test('a refusal before the quota is used up shows that others use it; what is left is used, and grows back', async () => {
  const clock = createFakeClock();
  const gate = createGate(quota, clock);
  const desk = openDesk(gate, clock);
  desk.ask(20, 'direct', 'a');
  await settled();
  gate.close(1_000);
  expect(gate.state()).toMatchObject({ callsMax: 20, remaining: 0 });
  await clock.advance(windowMs);
  expect(gate.state()).toMatchObject({ callsMax: 26, remaining: 26, resetAt: null });
  await clock.advance(10 * windowMs);
  expect(gate.state()).toMatchObject({ callsMax: 60 });
  gate.close(1_000);
  expect(gate.state(), 'never below a tenth').toMatchObject({ callsMax: 6 });
});
