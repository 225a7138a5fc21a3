import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Turns } from '../model/ports.ts';

/** Work of this room that has gone on so long lets others have their turn. */
export const stretchMsMax = 6;

/** The turns of one piece of work, which begins now. With a signal, a turn ends in its reason once it has aborted. */
export function createTurns(clock: Clock, signal?: AbortSignal): Turns {
  let startedAt = clock.elapsed();
  return {
    async share() {
      if (clock.elapsed() - startedAt < stretchMsMax) return;
      await nextTurn();
      signal?.throwIfAborted();
      startedAt = clock.elapsed();
    },
  };
}
