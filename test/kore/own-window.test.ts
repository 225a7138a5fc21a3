import { describe, expect, test } from 'vitest';
import { createOwnWindow } from '../../src/kore/own-window.ts';
import type { CallAsk, CallKind, Slot } from '../../src/model/sharing.ts';
import { createFakeClock } from './clock.ts';

const windowMs = 60_000;
const never = new AbortController().signal;

/** A window with takes that are granted, and why they aren't. */
function openWindow(settings: { readonly callsMax: number; readonly keptForDirect?: number }) {
  const clock = createFakeClock();
  const window = createOwnWindow({ windowMs, keptForDirect: 0, ...settings }, clock);
  const ask = (kind: CallKind, caller = 'a'): CallAsk => ({ kind, caller });
  const take = async (kind: CallKind, caller?: string) => await window.take(ask(kind, caller), never);
  const granted = async (kind: CallKind, caller?: string): Promise<Slot> => {
    const answer = await take(kind, caller);
    if (answer.kind !== 'granted') throw new Error(`later, for ${answer.because}`);
    return answer.slot;
  };
  return { clock, window, ask, take, granted };
}

describe('a call that is not granted is told why, and when to ask again', () => {
  test('there is none for anybody', async () => {
    const { take, granted, clock } = openWindow({ callsMax: 1 });
    const slot = await granted('direct');
    expect(await take('direct')).toEqual({ kind: 'later', because: 'full', at: windowMs });
    slot.end();
    await clock.advance(1_000);
    expect(await take('scan')).toEqual({ kind: 'later', because: 'full', at: windowMs });
  });

  test('there is none for its kind: scans leave some, and what nobody waits for leaves half', async () => {
    const { take, granted } = openWindow({ callsMax: 8, keptForDirect: 2 });
    for (let each = 0; each < 4; each++) (await granted('background', '')).end();
    expect(await take('background', '')).toEqual({ kind: 'later', because: 'kind', at: windowMs });
    for (let each = 0; each < 2; each++) (await granted('scan')).end();
    expect(await take('scan')).toEqual({ kind: 'later', because: 'kind', at: windowMs });
    for (let each = 0; each < 2; each++) (await granted('direct')).end();
    expect(await take('direct')).toMatchObject({ because: 'full' });
  });

  test('others wait who had less, and could be served', async () => {
    const { window, take, granted, ask, clock } = openWindow({ callsMax: 8, keptForDirect: 2 });
    for (let each = 0; each < 4; each++) (await granted('direct', 'a')).end();
    window.waiting([ask('direct', 'b')]);
    expect(await take('direct', 'a')).toEqual({ kind: 'later', because: 'share', at: 0 });
    expect(await take('background', '')).toMatchObject({ because: 'share' });
    expect(await take('direct', 'b')).toMatchObject({ kind: 'granted' });
    // What nobody waits for is waited for by nobody, and who waits for himself lets no other go first.
    window.waiting([ask('background', '')]);
    expect(await take('direct', 'a')).toMatchObject({ kind: 'granted' });
    window.waiting([ask('direct', 'a')]);
    expect(await take('direct', 'a')).toMatchObject({ kind: 'granted' });
    // Six count for scans by now: who waits for one can't be served, and holds up nobody.
    await clock.advance(0);
    window.waiting([ask('scan', 'c')]);
    expect(await take('direct', 'a')).toMatchObject({ kind: 'later', because: 'share' });
    window.waiting([]);
    expect(await take('direct', 'a')).toMatchObject({ kind: 'granted' });
  });

  test('the upstream has refused', async () => {
    const { window, take, clock } = openWindow({ callsMax: 4 });
    window.refused(5_000);
    window.refused(3_000);
    expect(await take('direct')).toEqual({ kind: 'later', because: 'shut', at: 5_000 });
    expect(window.state()).toMatchObject({ remaining: 0, wholeAt: 5_000 });
    await clock.advance(5_000);
    expect(await take('direct')).toMatchObject({ kind: 'granted' });
  });

  test('whoever asks has left', async () => {
    const { window, ask } = openWindow({ callsMax: 4 });
    const reason = new Error('left');
    await expect(window.take(ask('direct'), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(window.state().remaining).toBe(4);
  });
});

test('it says when it is whole again: a window after the last call has ended, and null from then on', async () => {
  const { window, granted, clock } = openWindow({ callsMax: 4 });
  expect(window.state()).toEqual({ callsMax: 4, remaining: 4, wholeAt: null });
  const [first, second] = [await granted('direct'), await granted('direct')];
  await clock.advance(1_000);
  expect(window.state()).toEqual({ callsMax: 4, remaining: 2, wholeAt: 1_000 + windowMs });
  first.end();
  second.end();
  await clock.advance(1_000);
  expect(window.state()).toEqual({ callsMax: 4, remaining: 2, wholeAt: 1_000 + windowMs });
  await clock.advance(windowMs - 1_001);
  expect(window.state().wholeAt).toBe(1_000 + windowMs);
  await clock.advance(1);
  expect(window.state()).toEqual({ callsMax: 4, remaining: 4, wholeAt: null });
});

test('what a call could expect behind others, as far as calls that have ended tell', async () => {
  const { window, granted, clock } = openWindow({ callsMax: 2 });
  const [first, second] = [await granted('direct'), await granted('direct')];
  first.end();
  await clock.advance(500);
  second.end();
  expect([0, 1, 2, 3, 4].map((ahead) => window.expectedAt('direct', ahead))).toEqual([
    windowMs,
    windowMs + 500,
    2 * windowMs,
    2 * windowMs + 500,
    3 * windowMs,
  ]);
});

test('a refusal teaches how many are let through, by those that were answered; one while it is shut teaches nothing', async () => {
  const { window, granted, clock } = openWindow({ callsMax: 20 });
  for (let each = 0; each < 9; each++) (await granted('direct')).end();
  // Under way when it came: refused too.
  const underWay = [await granted('direct'), await granted('direct')];
  window.refused(1_000);
  expect(window.state().callsMax).toBe(9);
  for (const slot of underWay) slot.end();
  window.refused(1_000);
  expect(window.state().callsMax).toBe(9);
  await clock.advance(1_000);
  window.refused(1_000);
  expect(window.state().callsMax).toBe(9);
  await clock.advance(windowMs);
  expect(window.state().callsMax).toBe(11);
});
