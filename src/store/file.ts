import type { Clock, Log, Store } from '../model/ports.ts';
import { createCodec, labels } from './codec.ts';
import { createDrain } from './drain.ts';
import { createKeeper } from './keeper.ts';
import { createPending } from './pending.ts';
import { createReads } from './reads.ts';
import type { Touches } from './tiered.ts';
import { createVault } from './vault.ts';
import { createWrites } from './writes.ts';

export type FileStoreOptions = {
  readonly path: string;
  /** Of the file; its log of writes takes a few megabytes more while it is open. */
  readonly bytesMax: number;
  /** Entries are sealed with keys that are made of it. What another secret has sealed isn't found. */
  readonly secret: string;
  readonly log: Log;
  readonly clock: Clock;
};

export type FileStore = Store &
  Touches & {
    /** Ends when all that was written so far is in the file. */
    flush(): Promise<void>;
  };

/** What may wait to be written, by estimate. */
const pendingBytesMax = 128 << 20;

/**
 * Keeps pages, tiles and notes in a file of this process alone, beyond its end and whatever its end is like. Writes wait for a quiet moment, and are
 * read meanwhile as if they were in the file. Throws an Error that says why when the path can't be written or another process uses the file.
 */
export function openFileStore({ path, bytesMax, secret, log, clock }: FileStoreOptions): FileStore {
  const vault = createVault(secret);
  const codec = createCodec(vault);
  const keeper = createKeeper(path, log);
  const pending = createPending(pendingBytesMax);
  const drain = createDrain({ keeper, pending, vault, codec, bytesMax, log, clock });
  // What is used later has a greater number, over restarts too.
  let used = keeper.use(0, (file) => file.lastUsed());
  const nextUse = (): number => ++used;
  const touch = (ids: readonly number[]): void => {
    for (const id of ids) drain.touch(id, nextUse());
  };
  const means = { path, keeper, pending, vault, codec, drain, nextUse, touch, log, clock };
  const { stop, ...writes } = createWrites(means);
  // The bound may be lower than it was.
  drain.wake();
  const reads = createReads(means);
  return {
    ...reads,
    near: reads,
    patient: reads,
    ...writes,
    settled: async () => {},
    touchPages: (keys) => touch(keys.map((key) => vault.idOf(labels.page(key)))),
    touchTiles: (list, windows) => touch(windows.map((window) => vault.idOf(labels.tile(list, window)))),
    touchNote: (key) => touch([vault.idOf(labels.note(key))]),
    flush: () => drain.flush(),
    async close() {
      stop();
      await drain.flush();
      keeper.close();
    },
  };
}
