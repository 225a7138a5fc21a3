import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { Clock, Patience } from '../src/model/ports.ts';
import { createPatience } from '../src/patience.ts';

/** One client's patience of a second, beginning at 500, and what may end it. */
function openDesk() {
  const [gone, stopping] = [new AbortController(), new AbortController()];
  const { promise, resolve } = Promise.withResolvers<void>();
  const waits: { readonly waitMs: number; readonly signal: AbortSignal }[] = [];
  const clock: Clock = {
    now: () => 0,
    elapsed: () => 500,
    wait: (waitMs, signal) => {
      waits.push({ waitMs, signal });
      return promise;
    },
  };
  const begin = (): Patience => createPatience(1_000, clock, gone.signal, stopping.signal);
  return { gone, stopping, waits, begin, ring: resolve, rung: promise };
}

test('patience ends with the reason of whatever is first, and of nothing that comes later', () => {
  const { gone, stopping, begin, waits } = openDesk();
  const { signal, deadlineAt } = begin();
  expect([signal.aborted, deadlineAt()]).toEqual([false, 1_500]);
  expect(waits).toEqual([{ waitMs: 1_000, signal }]);
  stopping.abort('stopping');
  gone.abort('gone');
  expect(signal.reason).toBe('stopping');
});

test('patience ends when it is time', async () => {
  const { begin, ring, rung } = openDesk();
  const { signal } = begin();
  ring();
  await rung;
  expect(signal.reason).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
});

test('a client who is gone leaves nothing behind that listens to the end of the gateway', () => {
  const { gone, stopping, begin } = openDesk();
  const patience = [begin(), begin()];
  expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(2);
  gone.abort('gone');
  expect(patience.map(({ signal }) => signal.reason)).toEqual(['gone', 'gone']);
  expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
  expect(begin().signal.reason).toBe('gone');
  expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
});

test('patience with a gateway that stops already is over', () => {
  const { stopping, begin } = openDesk();
  stopping.abort('stopping');
  expect(begin().signal.reason).toBe('stopping');
});
