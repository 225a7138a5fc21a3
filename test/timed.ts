import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';

/**
 * What `work` answers, and whether it was done within so many milliseconds. A timer of this process tells it: where the machine gives this process no turn, what
 * `work` waits for is late by as much.
 */
export async function timed<T>(
  withinMs: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly isInTime: boolean }> {
  const done = new AbortController();
  const working = work().finally(() => done.abort());
  await delay(withinMs, undefined, { signal: done.signal }).catch(() => undefined);
  // Both may have been late.
  for (let turn = 0; turn < turnsToEnd && !done.signal.aborted; turn++) await nextTurn();
  const isInTime = done.signal.aborted;
  return { value: await working, isInTime };
}

const turnsToEnd = 3;
