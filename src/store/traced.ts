import type { Store, StoreReads, Tracing } from '../model/ports.ts';

/**
 * A store whose reads and writes are traced: for one that is asked outside of this process. What is near is not. Says how many were asked for and found, and
 * none of the keys.
 */
export function traceStore(store: Store, tracing: Tracing): Store {
  const bursts = createBursts(store, tracing);
  return {
    ...store,
    ...traceReads(store, tracing),
    patient: traceReads(store.patient, tracing),
    readNote: (key, signal) =>
      traceRead(tracing, 'read_note', 1, countDefined, async () => [await store.readNote(key, signal)]).then(
        ([note]) => note,
      ),
    writePage(key, page) {
      store.writePage(key, page);
      bursts.add();
    },
    writeTile(list, tile) {
      store.writeTile(list, tile);
      bursts.add();
    },
    writeNote(key, text) {
      store.writeNote(key, text);
      bursts.add();
    },
  };
}

function traceReads(reads: StoreReads, tracing: Tracing): StoreReads {
  return {
    readPages: (keys, signal) =>
      traceRead(tracing, 'read_pages', keys.length, countDefined, () => reads.readPages(keys, signal)),
    findTiles: (list, within, signal) =>
      traceRead(
        tracing,
        'find_tiles',
        1,
        (heads) => heads.length,
        () => reads.findTiles(list, within, signal),
      ),
    readTiles: (list, windows, signal) =>
      traceRead(tracing, 'read_tiles', windows.length, countDefined, () => reads.readTiles(list, windows, signal)),
  };
}

/** Asking for nothing asks nobody. */
function traceRead<T>(
  tracing: Tracing,
  command: string,
  askedCount: number,
  count: (found: T) => number,
  read: () => Promise<T>,
): Promise<T> {
  if (askedCount === 0) return read();
  return tracing.span('gateway.store', async (span) => {
    const found = await read();
    span.note({
      'gateway.store.command': command,
      'gateway.store.asked': askedCount,
      'gateway.store.found': count(found),
    });
    return found;
  });
}

function countDefined(found: readonly unknown[]): number {
  return found.filter((each) => each !== undefined).length;
}

/** Writes are sent behind, for nobody in particular: what is written in one go has one span, until others can see it. */
function createBursts(store: Store, tracing: Tracing): { add(): void } {
  let waitingCount = 0;
  let isSending = false;
  const send = async (): Promise<void> => {
    isSending = true;
    await tracing.apart('gateway.store').run(async (span) => {
      // What is written in the same go belongs to it.
      await Promise.resolve();
      span.note({ 'gateway.store.command': 'write', 'gateway.store.asked': waitingCount });
      waitingCount = 0;
      await store.settled();
    });
    isSending = false;
    if (waitingCount > 0) void send();
  };
  return {
    add() {
      waitingCount += 1;
      if (!isSending) void send();
    },
  };
}
