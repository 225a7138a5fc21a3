import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Turns } from './model/ports.ts';

/** Work that has gone on for so long lets others have their turn. */
const stretchMs = 12;

/**
 * Counts all work of the process as one, whoever does it: by the clock, from the last turn that was given. Who shares goes on one after the other, those that have waited longest
 * first: so however many there are, no more is done between two turns than a stretch and one step.
 */
export function createTurns(clock: Clock): Turns {
  let waiting: (() => void)[] = [];
  let since = clock.elapsed();
  let isLetting = false;

  const letGoOn = async (): Promise<void> => {
    isLetting = true;
    while (waiting.length > 0) {
      const next = waiting;
      waiting = [];
      for (const goOn of next) {
        if (stretchMs <= clock.elapsed() - since) {
          await nextTurn();
          since = clock.elapsed();
        }
        goOn();
        // Who goes on works until he shares again.
        await undefined;
      }
    }
    isLetting = false;
  };
  return {
    share: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (!isLetting) void letGoOn();
      }),
  };
}
