import { expect, test } from 'vitest';
import type { CallAsk, CallKind, Slot, SlotAnswer } from '../../src/model/sharing.ts';
import { clock, request } from './desk.ts';
import {
  createLoad,
  list,
  mostInWindow,
  openWindow,
  quick,
  until,
  untilCalls,
  type WindowReplica,
} from './replicas.ts';
import { startRedis } from './server.ts';

/** What the server answers: an answer that came too late to be believed is asked for again. */
async function heard({ window }: WindowReplica, ask: CallAsk): Promise<SlotAnswer> {
  for (;;) {
    const answer = await window.take(ask, request());
    if (answer.kind === 'granted' || answer.because !== 'lost') return answer;
    await clock.wait(answer.at - clock.elapsed(), request());
  }
}

/** Slots that can be had now, up to so many. */
async function takeAll(replica: WindowReplica, kind: CallKind, caller = '', countMax = 100): Promise<Slot[]> {
  const slots: Slot[] = [];
  while (slots.length < countMax) {
    const answer = await heard(replica, { kind, caller });
    if (answer.kind === 'later') return slots;
    slots.push(answer.slot);
  }
  return slots;
}

const isOpen =
  ({ window }: WindowReplica) =>
  () =>
    0 < window.state().remaining;

test.concurrent('replicas together make no more calls than allowed in any window, and all of them are made', async () => {
  await using redis = await startRedis();
  await using one = await openWindow(redis.port);
  await using other = await openWindow(redis.port);
  const load = createLoad();
  for (const [at, { window }] of [one, other, one, other].entries())
    load.begin(at % 2 === 0 ? 'one' : 'other', window, () => list);
  await until(isOpen(one));
  await untilCalls(load, quick.callsMax * 5);
  await load.end();
  expect(mostInWindow(load.calls, quick.windowMs)).toBe(quick.callsMax);
  for (const replica of ['one', 'other'])
    expect(load.calls.filter((call) => call.replica === replica).length).toBeGreaterThan(quick.callsMax);
});

test.concurrent('kinds have the same bounds as in one process, whichever replicas take them', async () => {
  await using redis = await startRedis();
  const settings = { callsMax: 20, keptForDirect: 5, windowMs: 2_000 };
  await using one = await openWindow(redis.port, settings);
  await using other = await openWindow(redis.port, settings);
  await until(isOpen(one));
  await until(isOpen(other));
  expect(await takeAll(one, 'background')).toHaveLength(10);
  expect(await takeAll(other, 'background')).toHaveLength(0);
  expect(await takeAll(other, 'scan')).toHaveLength(5);
  expect(await one.window.take({ kind: 'scan', caller: '' }, request())).toMatchObject({ because: 'kind' });
  expect(await takeAll(one, 'direct', '', 3)).toHaveLength(3);
  expect(await takeAll(other, 'direct')).toHaveLength(2);
  expect(await one.window.take(list, request())).toMatchObject({ kind: 'later', because: 'full' });
});

test.concurrent('who asks again when he is told to gets a slot, the second time at the latest', async () => {
  await using redis = await startRedis();
  await using one = await openWindow(redis.port);
  await until(isOpen(one));
  for (let round = 0; round < 3; round++) {
    for (const slot of await takeAll(one, 'direct')) slot.end();
    let answer = await heard(one, list);
    const told: number[] = [];
    while (answer.kind === 'later') {
      expect(one.window.expectedAt('direct', 0)).toBeCloseTo(answer.at, -1.5);
      told.push(answer.at);
      await clock.wait(Math.ceil(answer.at - clock.elapsed()) + 1, request());
      answer = await heard(one, list);
    }
    // The first time is a guess where the server hasn't been told yet that the calls ended.
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThanOrEqual(2);
    expect(told).toEqual(told.toSorted((left, right) => left - right));
    await until(isOpen(one));
  }
});

test.concurrent('one who has his share yields to another who waits at another replica; alone he has all', async () => {
  await using redis = await startRedis();
  const settings = { callsMax: 10, windowMs: 2_000 };
  await using one = await openWindow(redis.port, settings);
  await using other = await openWindow(redis.port, settings);
  await until(isOpen(one));
  await until(isOpen(other));
  expect(await takeAll(one, 'direct', 'flood', 6)).toHaveLength(6);
  other.window.waiting([{ kind: 'scan', caller: 'modest' }]);
  await until(async () => (await redis.command('HLEN', `${quick.keyPrefix}:waiting`)).includes(':1'));
  const flooding = { kind: 'direct', caller: 'flood' } as const;
  expect(await one.window.take(flooding, request())).toMatchObject({ kind: 'later', because: 'share' });
  expect(await one.window.take({ kind: 'background', caller: '' }, request())).toMatchObject({ because: 'share' });
  expect(await takeAll(other, 'scan', 'modest', 2)).toHaveLength(2);
  other.window.waiting([]);
  await until(async () => (await one.window.take(flooding, request())).kind === 'granted');
});

test.concurrent('callers who wait all the time at different replicas have equal parts of every window', async () => {
  await using redis = await startRedis();
  await using one = await openWindow(redis.port);
  await using other = await openWindow(redis.port);
  const load = createLoad();
  await until(isOpen(one));
  await until(isOpen(other));
  const callers = ['a', 'b', 'c'].map((caller) => ({ kind: 'direct', caller }) as const);
  for (const { window } of [one, other]) window.waiting(callers);
  // One of them asks ten times as often as each other.
  for (const [at, ask] of callers.entries())
    for (let each = 0; each < (at === 0 ? 10 : 1); each++)
      load.begin('', [one, other][each % 2]?.window ?? one.window, () => ask);
  await untilCalls(load, quick.callsMax * 6);
  await load.end();
  const counts = callers.map(({ caller }) => load.calls.filter((call) => call.caller === caller).length);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.max(...counts) * 0.8);
});

test.concurrent('a refusal of the upstream shuts the window for all, and teaches what it lets through', async () => {
  await using redis = await startRedis();
  await using one = await openWindow(redis.port);
  await using other = await openWindow(redis.port);
  await until(isOpen(one));
  // A whole window is known.
  const load = createLoad();
  load.begin('one', one.window, () => list);
  await untilCalls(load, quick.callsMax * 4);
  await load.end();
  await until(() => one.window.state().remaining === quick.callsMax);
  for (const slot of await takeAll(one, 'direct', '', 5)) slot.end();
  one.window.refused(300);
  expect(await one.window.take(list, request())).toMatchObject({ because: 'shut' });
  await until(async () => {
    const answer = await other.window.take(list, request());
    return answer.kind === 'later' && answer.because === 'shut';
  });
  await until(() => other.window.state().callsMax === 5);
  await until(() => other.window.state().callsMax === quick.callsMax, 8_000);
});

test.concurrent('a million calls a minute may be allowed', async () => {
  await using redis = await startRedis();
  const settings = { callsMax: 1_000_000, windowMs: 60_000, attemptMs: 100 };
  await using first = await openWindow(redis.port, { ...settings, windowMs: 300 });
  await until(isOpen(first));
  await using one = await openWindow(redis.port, settings);
  await until(async () => (await one.window.take(list, request())).kind === 'granted');
  const began = clock.elapsed();
  expect(await takeAll(one, 'direct', 'a', 500)).toHaveLength(500);
  expect((clock.elapsed() - began) / 500).toBeLessThan(20);
});
