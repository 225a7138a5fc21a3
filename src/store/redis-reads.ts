import type { Clock, HeldPage, Store, StoreReads, Tile, TileHead } from '../model/ports.ts';
import { isSameWindow, type Window } from '../model/window.ts';
import { type Allowance, patience } from './allowance.ts';
import { type Codec, labels } from './codec.ts';
import type { Pending } from './pending.ts';
import type { Found, RedisEntries } from './redis-entries.ts';
import { createTurns } from './turns.ts';

type Means = {
  readonly entries: RedisEntries;
  readonly pending: Pending;
  readonly codec: Codec;
  readonly clock: Clock;
};

/** Pages are small: so many come in one answer. */
const pagesPerReadMax = 16;
/** Tiles may be large: each comes by itself, so many at a time. */
const tilesAtOnceMax = 4;
/** Notes have no age: the last counts. */
export const noteStamp = 0;

/**
 * Reads of what replicas share, and of what waits to be written there; those who have waited as long as `allowance` says find nothing more. What can't be
 * opened, or says something else of itself than what stands in front of it, is removed and as if it had never been held.
 */
export function createRedisReads(means: Means, allowance: Allowance): StoreReads {
  const { entries, pending, clock } = means;
  const readPages: StoreReads['readPages'] = async (keys, signal) => {
    const waiting = keys.map((key) => pending.read(labels.page(key)));
    const missing = [...new Set(keys.filter((_, at) => waiting[at] === undefined))];
    const found = new Map<string, HeldPage | undefined>();
    for (const group of groupsOf(missing, pagesPerReadMax)) {
      const get = () => entries.get(group.map(entries.keys.page));
      const raw = await allowance.within(signal, [], get);
      for (const [at, key] of group.entries()) found.set(key, await openPage(means, key, raw[at]));
    }
    return keys.map((key, at) => {
      const write = waiting[at];
      return write?.kind === 'page' ? write.page : found.get(key);
    });
  };

  const readTile = async (list: string, window: Window, signal: AbortSignal): Promise<Tile | undefined> => {
    const write = pending.read(labels.tile(list, window));
    if (write?.kind === 'tile') return write.tile;
    const get = () => entries.get([entries.keys.tile(list, window)]);
    const [raw] = await allowance.within<readonly Found[]>(signal, [], get);
    return await openTile(means, list, window, raw, signal);
  };

  return {
    readPages,
    async findTiles(list, within, signal) {
      const waiting = pending.heads(list, within);
      const held = await allowance.within<readonly TileHead[]>(signal, [], () => entries.heads(list, within));
      const isWaiting = ({ window }: TileHead) => waiting.some((head) => isSameWindow(head.window, window));
      return [...waiting, ...held.filter((head) => !isWaiting(head))];
    },
    async readTiles(list, windows, signal) {
      const turns = createTurns(clock);
      const found: (Tile | undefined)[] = [];
      for (const group of groupsOf(windows, tilesAtOnceMax)) {
        found.push(...(await Promise.all(group.map((window) => readTile(list, window, signal)))));
        await turns.share();
      }
      return found;
    },
  };
}

/** A note is waited for: no answer waits for one. */
export function createReadNote({ entries, pending, codec }: Means): Store['readNote'] {
  return async (key, signal) => {
    const write = pending.read(labels.note(key));
    if (write?.kind === 'note') return write.text;
    const place = entries.keys.note(key);
    const [raw] = await patience.within<readonly Found[]>(signal, [], () => entries.get([place]));
    if (raw === undefined || raw.kind === 'none') return undefined;
    const text = raw.kind === 'entry' ? await codec.decodeNote(key, raw.sealed) : undefined;
    if (text === undefined) leave(entries.drop(place, raw.beginning));
    return text;
  };
}

async function openPage({ entries, codec }: Means, key: string, raw: Found | undefined): Promise<HeldPage | undefined> {
  if (raw === undefined || raw.kind === 'none') return undefined;
  const page = raw.kind === 'entry' ? await codec.decodePage(key, raw.sealed) : undefined;
  if (page !== undefined && raw.kind === 'entry' && page.sequence === raw.stamp) return page;
  leave(entries.drop(entries.keys.page(key), raw.beginning));
  return undefined;
}

async function openTile(
  { entries, codec, clock }: Means,
  list: string,
  window: Window,
  raw: Found | undefined,
  signal: AbortSignal,
): Promise<Tile | undefined> {
  if (raw === undefined) return undefined;
  if (raw.kind === 'entry') {
    const tile = await codec.decodeTile(list, window, raw.sealed, createTurns(clock, signal));
    if (tile?.readAt === raw.stamp) return tile;
    // Who has left didn't see what it is.
    if (signal.aborted) return undefined;
  }
  leave(entries.dropTile(list, window, raw.kind === 'none' ? Buffer.alloc(0) : raw.beginning));
  return undefined;
}

/** What is tidied up by the way may fail: whoever comes next does it. */
function leave(work: Promise<void>): void {
  work.catch(() => undefined);
}

function groupsOf<T>(items: readonly T[], sizeMax: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / sizeMax);
  return Array.from({ length: count }, (_, at) => items.slice(at * sizeMax, (at + 1) * sizeMax));
}
