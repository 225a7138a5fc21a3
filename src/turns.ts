import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Turns } from './model/ports.ts';

/** Work that has gone on for so long lets others have their turn. */
const stretchMs = 12;

/** Counts all work of the process as one, whoever does it: by the clock, from the last turn that was given. */
export function createTurns(clock: Clock): Turns {
  let since = clock.elapsed();
  return {
    async share() {
      if (clock.elapsed() - since < stretchMs) return;
      await nextTurn();
      since = clock.elapsed();
    },
  };
}
