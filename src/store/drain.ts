import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Log } from '../model/ports.ts';
import { type Codec, labels } from './codec.ts';
import type { Entry } from './entries.ts';
import type { Keeper } from './keeper.ts';
import { firstOf, type Pending, type Write } from './pending.ts';
import { createTurns, stretchMsMax } from './turns.ts';
import type { Vault } from './vault.ts';

/** Brings what was written into the file, a few milliseconds at a time, and keeps the file within its bound. */
export type Drain = {
  /** Says that there is something to do. */
  wake(): void;
  /** Says that an entry was used, and when in the order of use. */
  touch(id: number, used: number): void;
  /** Ends when nothing is left to do. */
  flush(): Promise<void>;
};

type Means = {
  readonly keeper: Keeper;
  readonly pending: Pending;
  readonly vault: Vault;
  readonly codec: Codec;
  readonly bytesMax: number;
  readonly log: Log;
  readonly clock: Clock;
};

/** Of one transaction. */
const batchCountMax = 64;
const batchBytesMax = 1 << 20;
const touchCountMax = 256;
/** So many uses are remembered before they are written down; a crash forgets them. */
const touchedCountMax = 2048;
/** So many entries go in one transaction. */
const evictCountMax = 32;
const shrinkBytesMax = 1 << 19;

/** The drain of one file. Nothing that happens in it is thrown. */
export function createDrain(means: Means): Drain {
  const { pending } = means;
  const touched = new Map<number, number>();
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    do {
      await nextTurn();
      await writeSome(means);
      if (touchedCountMax <= touched.size) await writeTouches(means.keeper, touched);
      await keepBound(means, touched);
    } while (0 < pending.size);
    running = undefined;
  };

  return {
    wake() {
      running ??= run();
    },
    touch(id, used) {
      touched.set(id, used);
      if (touchedCountMax <= touched.size) running ??= run();
    },
    async flush() {
      while (running !== undefined) await running;
      await writeTouches(means.keeper, touched);
    },
  };
}

/** Writes down some of what waits, the oldest first. What is larger than the whole file may be isn't held, nor what it would have replaced. */
async function writeSome(means: Means): Promise<void> {
  const { keeper, pending, bytesMax, clock, log } = means;
  const startedAt = clock.elapsed();
  const writes: Write[] = [];
  const entries: Entry[] = [];
  let bytes = 0;
  for (const write of pending.oldest(batchCountMax)) {
    writes.push(write);
    const entry = await entryOf(write, means).catch((error: unknown) => {
      log.error({ reason: String(error) }, 'a write to the store could not be encoded and is lost');
    });
    if (entry !== undefined) entries.push(entry);
    bytes += entry?.bytes.byteLength ?? 0;
    if (batchBytesMax <= bytes || stretchMsMax <= clock.elapsed() - startedAt) break;
  }
  await nextTurn();
  keeper.use(undefined, (file) => file.write(entries, bytesMax));
  for (const write of writes) pending.settle(write);
}

/** A write as it is held. */
async function entryOf(write: Write, { vault, codec, clock }: Means): Promise<Entry> {
  const { label, stamp, used } = write;
  const id = vault.idOf(label);
  switch (write.kind) {
    case 'page':
      return { id, place: null, stamp, used, bytes: await codec.encodePage(write.key, write.page) };
    case 'tile': {
      const place = { list: vault.idOf(labels.list(write.list)), window: write.tile.window };
      return { id, place, stamp, used, bytes: await codec.encodeTile(write.list, write.tile, createTurns(clock)) };
    }
    case 'note':
      return { id, place: null, stamp, used, bytes: await codec.encodeNote(write.key, write.text) };
  }
}

async function writeTouches(keeper: Keeper, touched: Map<number, number>): Promise<void> {
  while (0 < touched.size) {
    const uses = firstOf(touched, touchCountMax);
    for (const [id] of uses) touched.delete(id);
    keeper.use(undefined, (file) => file.touch(uses));
    await nextTurn();
  }
}

/** Removes the least recently used until the bound holds, then gives the room back. Ends when nothing more can be had. */
async function keepBound({ keeper, bytesMax, clock }: Means, touched: Map<number, number>): Promise<void> {
  const turns = createTurns(clock);
  const measure = () => keeper.use({ usedBytes: 0, fileBytes: 0 }, (file) => file.measure());
  let { usedBytes, fileBytes } = measure();
  if (bytesMax < usedBytes) await writeTouches(keeper, touched);
  for (let before = Number.POSITIVE_INFINITY; bytesMax < usedBytes && usedBytes < before; ) {
    keeper.use(undefined, (file) => file.evict(bytesMax, evictCountMax));
    await turns.share();
    before = usedBytes;
    ({ usedBytes, fileBytes } = measure());
  }
  for (let before = Number.POSITIVE_INFINITY; bytesMax < fileBytes && fileBytes < before; ) {
    keeper.use(undefined, (file) => file.shrink(shrinkBytesMax));
    await turns.share();
    before = fileBytes;
    fileBytes = measure().fileBytes;
  }
}
