import { LRUCache } from 'lru-cache';
import type { Clock, Log, Store } from '../model/ports.ts';
import type { Link } from '../redis/link.ts';
import { createAllowance, patience } from './allowance.ts';
import { type Codec, createCodec, labels } from './codec.ts';
import { createPending, type Write } from './pending.ts';
import { createPump } from './pump.ts';
import { createRedisEntries, type RedisEntries } from './redis-entries.ts';
import { createReadNote, createRedisReads, noteStamp } from './redis-reads.ts';
import { createTurns } from './turns.ts';
import { createVault } from './vault.ts';

export type RedisStoreOptions = {
  readonly link: Link;
  /** Entries are sealed and named with keys that are made of it. What another secret has sealed isn't found. */
  readonly secret: string;
  /** What all names of keys begin with, by `keyPrefixOf`: it has a hash tag, and says nothing of the scope. */
  readonly keyPrefix: string;
  /** For how many milliseconds what was written is kept; pages for a day at most. */
  readonly keptMs: number;
  /** For how many milliseconds the reads of one signal wait, together. */
  readonly waitMs: number;
  readonly clock: Clock;
  readonly log: Log;
};

/** What may wait to be written, by estimate: with the link down it is dropped at once, so this is for a burst. */
const pendingBytesMax = 64 << 20;
/** Entries whose last stamp is remembered. */
const stampsMax = 10_000;
/** No page is fresh for longer. */
const pageKeptMsMax = 86_400_000;

/**
 * Keeps pages, tiles and notes in a Redis or Valkey that replicas share. Of two readings the later one stays, whoever writes first. Writes are sent behind,
 * and are read meanwhile as if they were there; what can't be written is dropped. Whatever becomes of the server, reads find what they find in `waitMs`, and
 * nothing here throws. The link stays its owner's.
 */
export function openRedisStore({ link, secret, keyPrefix, keptMs, waitMs, clock, log }: RedisStoreOptions): Store {
  const vault = createVault(secret);
  const codec = createCodec(vault);
  const entries = createRedisEntries(link, keyPrefix, vault);
  const pending = createPending(pendingBytesMax);
  const means = { entries, pending, codec, clock };
  const pump = createPump({ pending, log, clock, send: createSend(entries, codec, keptMs, clock) });
  const reads = createRedisReads(means, createAllowance(waitMs, clock));
  // What waits to be written is near, for a moment; what was written is not.
  const near = createRedisReads(means, nothingFar);
  // What this process wrote lately: an older reading isn't sent after it, nor read in its place meanwhile.
  const stamps = new LRUCache<string, number>({ max: stampsMax });
  const add = (write: Write): void => {
    if (write.stamp < (stamps.get(write.label) ?? Number.NEGATIVE_INFINITY)) return;
    stamps.set(write.label, write.stamp);
    pump.add(write);
  };
  return {
    ...reads,
    near,
    patient: createRedisReads(means, patience),
    readNote: createReadNote(means),
    writePage: (key, page) => add({ kind: 'page', label: labels.page(key), stamp: page.sequence, used: 0, key, page }),
    writeTile: (list, tile) =>
      add({ kind: 'tile', label: labels.tile(list, tile.window), stamp: tile.readAt, used: 0, list, tile }),
    writeNote: (key, text) => add({ kind: 'note', label: labels.note(key), stamp: noteStamp, used: 0, key, text }),
    settled: () => pump.settled(),
    async close() {
      pump.stop();
      await pump.settled();
    },
  };
}

const nothingFar = { within: async <T>(_: AbortSignal, otherwise: T): Promise<T> => otherwise };

function createSend(entries: RedisEntries, codec: Codec, keptMs: number, clock: Clock) {
  const pageKeptMs = Math.min(keptMs, pageKeptMsMax);
  const { keys } = entries;
  return async (write: Write): Promise<void> => {
    switch (write.kind) {
      case 'page': {
        const sealed = await codec.encodePage(write.key, write.page);
        return await entries.put(keys.page(write.key), write.stamp, sealed, pageKeptMs);
      }
      case 'tile': {
        const sealed = await codec.encodeTile(write.list, write.tile, createTurns(clock));
        return await entries.putTile(write.list, write.tile, sealed, keptMs);
      }
      case 'note': {
        const sealed = await codec.encodeNote(write.key, write.text);
        return await entries.put(keys.note(write.key), write.stamp, sealed, keptMs);
      }
    }
  };
}
