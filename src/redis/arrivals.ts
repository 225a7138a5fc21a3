import { setImmediate as nextTurn } from 'node:timers/promises';

const turnsToRead = 3;

/**
 * Lets this process read what has arrived. Where it was busy for longer than somebody wanted to wait, the answer may be there all the same, and not be read yet:
 * timers come before what has arrived.
 */
export async function readArrivals(): Promise<void> {
  for (let turn = 0; turn < turnsToRead; turn++) await nextTurn();
}
