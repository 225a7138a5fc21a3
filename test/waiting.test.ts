import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitUnlessAborted } from '../src/waiting.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a wait ends when its time is over, and not before', async () => {
  const ended = vi.fn();
  const wait = waitUnlessAborted(1_000, new AbortController().signal).then(ended);
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await wait;
  expect(vi.getTimerCount()).toBe(0);
});

test('a wait that is aborted rejects with the reason at once, and leaves nothing behind', async () => {
  const controller = new AbortController();
  const wait = waitUnlessAborted(1_000, controller.signal);
  const reason = new Error('gone');
  controller.abort(reason);
  await expect(wait).rejects.toBe(reason);
  expect(vi.getTimerCount()).toBe(0);
  await expect(waitUnlessAborted(1_000, controller.signal)).rejects.toBe(reason);
  expect(vi.getTimerCount()).toBe(0);
});
