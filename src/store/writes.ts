import type { Log, Store } from '../model/ports.ts';
import { labels } from './codec.ts';
import type { Drain } from './drain.ts';
import type { Keeper } from './keeper.ts';
import type { Pending, Write } from './pending.ts';
import { noteStamp } from './reads.ts';
import type { Vault } from './vault.ts';

export type Writes = Pick<Store, 'writePage' | 'writeTile' | 'writeNote'> & {
  /** What is written from now on is dropped. */
  stop(): void;
};

type Means = {
  readonly path: string;
  readonly keeper: Keeper;
  readonly pending: Pending;
  readonly vault: Vault;
  readonly drain: Drain;
  readonly nextUse: () => number;
  readonly log: Log;
};

/** The writes of one file: what is older than what is held is dropped at once, the rest waits for the drain. */
export function createWrites({ path, keeper, pending, vault, drain, nextUse, log }: Means): Writes {
  let isOpen = true;
  let isLosing = false;
  const add = (write: Write): void => {
    if (!isOpen) return;
    if (pending.size === 0) isLosing = false;
    const lostCount = pending.add(write);
    // One line for as long as it lasts.
    if (0 < lostCount && !isLosing) log.warn({ path }, 'writes to the store file come too fast: some are lost');
    isLosing ||= 0 < lostCount;
    drain.wake();
  };
  /** When what is held under a label was read, by its stamp. */
  const stampOf = (label: string): number =>
    pending.read(label)?.stamp ??
    keeper.use(undefined, (file) => file.stampOf(vault.idOf(label))) ??
    Number.NEGATIVE_INFINITY;

  return {
    writePage(key, page) {
      const [label, stamp] = [labels.page(key), page.sequence];
      if (stampOf(label) <= stamp) add({ kind: 'page', label, stamp, used: nextUse(), key, page });
    },
    writeTile(list, tile) {
      const [label, stamp] = [labels.tile(list, tile.window), tile.readAt];
      if (stampOf(label) <= stamp) add({ kind: 'tile', label, stamp, used: nextUse(), list, tile });
    },
    writeNote(key, text) {
      add({ kind: 'note', label: labels.note(key), stamp: noteStamp, used: nextUse(), key, text });
    },
    stop() {
      isOpen = false;
    },
  };
}
