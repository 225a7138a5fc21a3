import { setTimeout as delay } from 'node:timers/promises';
import { openFileStore } from '../../src/store/file.ts';
import { createLines, pageOf, secret, tileOf } from './samples.ts';

/**
 * Another process that uses a store's file: `node child.ts PATH`. It says `open`, or why it can't, then writes without end: in round n a tile, a note
 * and ten pages, and says `n` when all of that is in the file. It is ended by a signal.
 */
const [, , path = ''] = process.argv;
const clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  wait: async (waitMs: number, signal: AbortSignal) => await delay(waitMs, undefined, { signal }),
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const store = openFileStore({ path, bytesMax: 20_000_000, secret, log: createLines(), clock });
  say('open');
  for (let round = 0; ; round++) {
    store.writeTile('list', tileOf(round, { rowCount: 500, readAt: round }));
    store.writeNote('round', String(round));
    for (let at = 0; at < 10; at++) store.writePage(`page ${at}`, pageOf({ rowCount: 20, seed: at, sequence: round }));
    await store.flush();
    say(String(round));
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
}
