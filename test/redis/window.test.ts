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
  // So long that none of the calls is over before the last.
  const settings = { callsMax: 20, keptForDirect: 5, windowMs: 20_000 };
  await using one = await openWindow(redis.port, settings);
  await using other = await openWindow(redis.port, settings);
  await until(isOpen(one));
  await until(isOpen(other));
  expect(await takeAll(one, 'background')).toHaveLength(10);
  expect(await takeAll(other, 'background')).toHaveLength(0);
  expect(await takeAll(other, 'scan')).toHaveLength(5);
  expect(await heard(one, { kind: 'scan', caller: '' })).toMatchObject({ because: 'kind' });
  expect(await takeAll(one, 'direct', '', 3)).toHaveLength(3);
  expect(await takeAll(other, 'direct')).toHaveLength(2);
  expect(await heard(one, list)).toMatchObject({ kind: 'later', because: 'full' });
});

test.concurrent('who asks again when he is told to gets a slot', async () => {
  await using redis = await startRedis();
  await using one = await openWindow(redis.port, { windowMs: 1_500, attemptMs: 30_000 });
  await until(isOpen(one));
  // While a call is under way it counts for an attempt more; the server is told of its end behind.
  const isToldOfEnds = async () => {
    const farUs = (Date.now() + 10_000) * 1_000;
    return (await redis.command('ZCOUNT', `${quick.keyPrefix}:slots`, String(farUs), '+inf')).includes(':0');
  };
  for (let round = 0; round < 3; round++) {
    for (const slot of await takeAll(one, 'direct')) slot.end();
    await until(isToldOfEnds);
    let answer = await heard(one, list);
    let toldCount = 0;
    while (answer.kind === 'later') {
      const before = clock.elapsed();
      const expectedAt = one.window.expectedAt('direct', 0);
      expect(expectedAt).toBeGreaterThanOrEqual(Math.max(answer.at, before));
      expect(expectedAt).toBeLessThanOrEqual(Math.max(answer.at, clock.elapsed()));
      toldCount += 1;
      await clock.wait(Math.ceil(answer.at - clock.elapsed()) + 1, request());
      answer = await heard(one, list);
    }
    answer.slot.end();
    expect(toldCount).toBe(1);
    await until(isOpen(one));
  }
});

test.concurrent('one who has his share yields to another who waits at another replica; alone he has all', async () => {
  await using redis = await startRedis();
  // Who waits is told to the others again and again: a busy machine has time for that.
  const settings = { callsMax: 10, windowMs: 20_000, lapseMs: 5_000 };
  await using one = await openWindow(redis.port, settings);
  await using other = await openWindow(redis.port, settings);
  await until(isOpen(one));
  await until(isOpen(other));
  expect(await takeAll(one, 'direct', 'flood', 6)).toHaveLength(6);
  other.window.waiting([{ kind: 'scan', caller: 'modest' }]);
  await until(async () => (await redis.command('HLEN', `${quick.keyPrefix}:waiting`)).includes(':1'));
  const flooding = { kind: 'direct', caller: 'flood' } as const;
  expect(await heard(one, flooding)).toMatchObject({ kind: 'later', because: 'share' });
  expect(await heard(one, { kind: 'background', caller: '' })).toMatchObject({ because: 'share' });
  expect(await takeAll(other, 'scan', 'modest', 2)).toHaveLength(2);
  other.window.waiting([]);
  await until(async () => (await one.window.take(flooding, request())).kind === 'granted');
});

test.concurrent('callers who wait all the time at different replicas have equal parts of every window', async () => {
  await using redis = await startRedis();
  const settings = { lapseMs: 5_000 };
  await using one = await openWindow(redis.port, settings);
  await using other = await openWindow(redis.port, settings);
  const load = createLoad();
  await until(isOpen(one));
  await until(isOpen(other));
  const callers = ['a', 'b', 'c'].map((caller) => ({ kind: 'direct', caller }) as const);
  for (const { window } of [one, other]) window.waiting(callers);
  // One of them asks ten times as often as each other.
  for (const [at, ask] of callers.entries())
    for (let each = 0; each < (at === 0 ? 10 : 1); each++)
      load.begin('', [one, other][each % 2]?.window ?? one.window, () => ask);
  await untilCalls(load, quick.callsMax * 12);
  await load.end();
  const counts = callers.map(({ caller }) => load.calls.filter((call) => call.caller === caller).length);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.max(...counts) * 0.8);
});

test.concurrent('a refusal of the upstream shuts the window for all, and teaches what it lets through', async () => {
  await using redis = await startRedis();
  const settings = { windowMs: 2_000 };
  await using one = await openWindow(redis.port, settings);
  await using other = await openWindow(redis.port, settings);
  await until(isOpen(one));
  // A whole window is known.
  const load = createLoad();
  load.begin('one', one.window, () => list);
  await untilCalls(load, quick.callsMax * 3);
  await load.end();
  await until(() => one.window.state().remaining === quick.callsMax);
  for (const slot of await takeAll(one, 'direct', '', 5)) slot.end();
  one.window.refused(3_000);
  expect(await one.window.take(list, request())).toMatchObject({ because: 'shut' });
  await until(async () => {
    const answer = await other.window.take(list, request());
    return answer.kind === 'later' && answer.because === 'shut';
  });
  await until(() => other.window.state().callsMax === 5);
  await until(() => other.window.state().callsMax === quick.callsMax, 30_000);
});

test.concurrent('a million calls a minute may be allowed: a slot costs about what it does where a thousand are', async () => {
  await using redis = await startRedis();
  const settings = { windowMs: 60_000, attemptMs: 100 };
  await using many = await openWindow(redis.port, { ...settings, callsMax: 1_000_000 });
  await using few = await openWindow(redis.port, { ...settings, callsMax: 1_000, keyPrefix: '{kore:few}' });
  for (const each of [many, few]) await until(isOpen(each));
  // In turns, so that whatever else the machine does slows both down.
  const tookMs = new Map([many, few].map((each) => [each, 0]));
  for (let count = 0; count < 500; count++) {
    for (const [each, before] of tookMs) {
      const began = clock.elapsed();
      expect(await takeAll(each, 'direct', 'a', 1)).toHaveLength(1);
      tookMs.set(each, before + clock.elapsed() - began);
    }
  }
  expect(tookMs.get(many)).toBeLessThan(5 * (tookMs.get(few) ?? 0));
});
