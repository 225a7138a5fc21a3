import { describe, expect, test } from 'vitest';
import { createBudget } from '../../src/kore/budget.ts';
import type { Patience } from '../../src/model/ports.ts';
import type { CallAsk, CallKind, CallWindow, Slot, SlotAnswer } from '../../src/model/sharing.ts';
import { createFakeClock, type FakeClock, settled } from './clock.ts';
import { createGate } from './gate.ts';

const windowMs = 60_000;
const ample = { callsMax: 100, windowMs, inFlightMax: 100, queueMax: 1_000 };

function patient(
  clock: FakeClock,
  kind: CallKind = 'direct',
  caller = 'a',
  signal = new AbortController().signal,
): Patience {
  const deadline = clock.elapsed() + 10 * windowMs;
  return {
    signal,
    deadlineAt: () => deadline,
    isScan: () => kind === 'scan',
    isBackground: () => kind === 'background',
    caller: () => caller,
  };
}

describe('of the calls that may be under way at once', () => {
  test('scans leave one to lists, whoever asks first, and what nobody waits for is like a scan', async () => {
    const clock = createFakeClock();
    const gate = createGate({ ...ample, inFlightMax: 3 }, clock);
    const begun: string[] = [];
    const begin = (kind: CallKind) =>
      gate.take(patient(clock, kind)).then((slot) => {
        begun.push(kind);
        return slot;
      });
    const [scan] = [begin('scan'), begin('scan'), begin('background')];
    await settled();
    expect(begun).toEqual(['scan', 'scan']);
    expect(gate.state()).toMatchObject({ inFlightCalls: 2, queuedCalls: 1 });
    const list = begin('direct');
    await settled();
    expect(begun).toEqual(['scan', 'scan', 'direct']);
    // The place of a list is none for what works in the background; that of a scan is.
    (await list).end();
    await settled();
    expect(begun).toHaveLength(3);
    (await scan).end();
    await settled();
    expect(begun).toEqual(['scan', 'scan', 'direct', 'background']);
  });

  test('the only one is for all', async () => {
    const clock = createFakeClock();
    const gate = createGate({ ...ample, inFlightMax: 1 }, clock);
    const slot = await gate.take(patient(clock, 'scan'));
    slot.end();
    await gate.take(patient(clock, 'background'));
    expect(gate.state().inFlightCalls).toBe(1);
  });
});

test('it says who waits, by what for, and when all calls can be had again', async () => {
  const clock = createFakeClock();
  const gate = createGate({ ...ample, callsMax: 1 }, clock);
  expect(gate.state().resetAt).toBeNull();
  const slot = await gate.take(patient(clock));
  for (const kind of ['direct', 'direct', 'direct', 'scan', 'scan', 'background'] as const)
    gate.take(patient(clock, kind)).catch(() => undefined);
  await settled();
  expect(gate.state()).toMatchObject({
    queuedCalls: 6,
    queuedByKind: { direct: 3, scan: 2, background: 1 },
    remaining: 0,
  });
  await clock.advance(1_000);
  slot.end();
  await settled();
  expect(gate.state().resetAt).toBe(clock.now() + windowMs);
});

test('a call that is asked for now comes behind those that go before its kind', async () => {
  const clock = createFakeClock();
  const gate = createGate({ ...ample, callsMax: 1 }, clock);
  (await gate.take(patient(clock))).end();
  const expected = () => (['direct', 'scan', 'background'] as const).map((kind) => gate.nextAt(kind) / windowMs);
  expect(expected()).toEqual([1, 1, 1]);
  gate.take(patient(clock, 'scan')).catch(() => undefined);
  await settled();
  expect(expected()).toEqual([1, 2, 2]);
  gate.take(patient(clock, 'direct')).catch(() => undefined);
  await settled();
  expect(expected()).toEqual([2, 3, 3]);
  gate.take(patient(clock, 'background')).catch(() => undefined);
  await settled();
  expect(expected()).toEqual([2, 3, 4]);
});

/** A window that answers when it is told to, as one that others share does. */
function openSlowWindow() {
  const asked: { readonly ask: CallAsk; readonly answer: (answer: SlotAnswer) => void }[] = [];
  const waits: (readonly CallAsk[])[] = [];
  const ends: string[] = [];
  const window: CallWindow = {
    take: (ask) => {
      const { promise, resolve } = Promise.withResolvers<SlotAnswer>();
      asked.push({ ask, answer: resolve });
      return promise;
    },
    waiting: (asks) => waits.push(asks),
    expectedAt: (_, ahead) => ahead,
    refused: () => undefined,
    state: () => ({ callsMax: 10, remaining: 10, wholeAt: null }),
    close: async () => undefined,
  };
  const slot = (name: string): Slot => ({ end: () => void ends.push(name) });
  return { window, asked, waits, ends, slot };
}

describe('over a window that takes its time', () => {
  const open = (inFlightMax = 100) => {
    const clock = createFakeClock();
    const slow = openSlowWindow();
    const settings = { windowMs, inFlightMax, queueMax: 100, queuedPerCallerMax: 100 };
    return { clock, ...slow, gate: createBudget(settings, slow.window, clock) };
  };

  test('a slot for somebody who has left goes to the next who asks for its kind', async () => {
    const { clock, gate, asked, ends, slot } = open();
    const leaving = new AbortController();
    const left = gate.take(patient(clock, 'scan', 'a', leaving.signal)).catch(() => 'left');
    const list = gate.take(patient(clock, 'direct', 'b'));
    const scan = gate.take(patient(clock, 'scan', 'c'));
    await settled();
    // Who came first was asked for before the others were there.
    expect(asked.map(({ ask }) => ask.caller)).toEqual(['a']);
    leaving.abort();
    expect(await left).toBe('left');
    asked[0]?.answer({ kind: 'granted', slot: slot('first') });
    (await scan).end();
    expect(ends).toEqual(['first']);
    await settled();
    expect(asked.map(({ ask }) => ask.caller)).toEqual(['a', 'b']);
    asked[1]?.answer({ kind: 'granted', slot: slot('second') });
    (await list).end();
    expect(ends).toEqual(['first', 'second']);
  });

  test('where nobody asks for its kind any more it is given back', async () => {
    const { clock, gate, asked, ends, slot } = open();
    const leaving = new AbortController();
    const left = gate.take(patient(clock, 'scan', 'a', leaving.signal)).catch(() => 'left');
    const list = gate.take(patient(clock, 'direct', 'b'));
    await settled();
    leaving.abort();
    await left;
    asked[0]?.answer({ kind: 'granted', slot: slot('first') });
    await settled();
    expect(ends).toEqual(['first']);
    asked[1]?.answer({ kind: 'granted', slot: slot('second') });
    await list;
    expect(gate.state()).toMatchObject({ inFlightCalls: 1, queuedCalls: 0 });
  });

  test('who is asked for is not ahead of others, for the window may count him already', async () => {
    const { clock, gate, asked, slot } = open();
    const first = gate.take(patient(clock));
    await settled();
    expect([gate.nextAt('direct'), gate.nextAt('background')]).toEqual([0, 0]);
    gate.take(patient(clock, 'scan')).catch(() => undefined);
    await settled();
    expect([gate.nextAt('direct'), gate.nextAt('scan')]).toEqual([0, 1]);
    asked[0]?.answer({ kind: 'granted', slot: slot('first') });
    await first;
    await settled();
    expect([gate.nextAt('direct'), gate.nextAt('scan')]).toEqual([0, 0]);
  });

  test('others are told of those alone who could go', async () => {
    const { clock, gate, asked, waits, slot } = open(2);
    const scan = gate.take(patient(clock, 'scan', 'a'));
    await settled();
    asked[0]?.answer({ kind: 'granted', slot: slot('first') });
    await scan;
    gate.take(patient(clock, 'scan', 'b')).catch(() => undefined);
    await settled();
    expect(waits.at(-1)).toEqual([]);
    gate.take(patient(clock, 'direct', 'c')).catch(() => undefined);
    await settled();
    asked[1]?.answer({ kind: 'later', at: 1_000, because: 'full' });
    await settled();
    expect(waits.at(-1)).toEqual([{ kind: 'direct', caller: 'c' }]);
  });

  test('who can’t go is passed by those who can: by others where he had his share, by other kinds where his has none', async () => {
    const { clock, gate, asked, slot } = open();
    const told = () => asked.map(({ ask: { caller, kind } }) => `${caller} ${kind}`);
    const begun = gate.take(patient(clock, 'direct', 'z'));
    for (const caller of ['a', 'b'])
      for (const kind of ['scan', 'direct'] as const) gate.take(patient(clock, kind, caller)).catch(() => undefined);
    await settled();
    asked[0]?.answer({ kind: 'granted', slot: slot('first') });
    await begun;
    await settled();
    expect(told()).toEqual(['z direct', 'a direct']);
    asked[1]?.answer({ kind: 'later', at: 3_000, because: 'share' });
    await settled();
    expect(told().slice(2)).toEqual(['b direct']);
    asked[2]?.answer({ kind: 'later', at: 1_000, because: 'kind' });
    await settled();
    expect(told().slice(3)).toEqual(['b scan']);
    asked[3]?.answer({ kind: 'later', at: 2_000, because: 'full' });
    await settled();
    // Others came while it was asked for the first time: so it looks once more.
    asked[4]?.answer({ kind: 'later', at: 1_500, because: 'full' });
    await settled();
    const { length } = asked;
    // It asks again when the window has said, and not before.
    await clock.advance(999);
    expect(asked).toHaveLength(length);
    await clock.advance(501);
    await settled();
    expect(asked.length).toBeGreaterThan(length);
  });

  test('what the window said of long ago is asked again in a moment', async () => {
    const { clock, gate, asked } = open();
    await clock.advance(10_000);
    gate.take(patient(clock)).catch(() => undefined);
    await settled();
    asked[0]?.answer({ kind: 'later', at: 3, because: 'full' });
    await settled();
    await clock.advance(4);
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    await settled();
    expect(asked).toHaveLength(2);
  });
});
