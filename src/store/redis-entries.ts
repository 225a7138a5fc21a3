import type { TileHead } from '../model/ports.ts';
import type { Window } from '../model/window.ts';
import type { Link, Reply } from '../redis/link.ts';
import { labels } from './codec.ts';
import { dropEntry, findHeads, mark, mendIndex, readEntries, writeEntry, writeTile } from './redis-scripts.ts';
import type { Vault } from './vault.ts';

/** Where entries of one scope are. Names of keys say nothing of what is held: they are made with the secret. */
export type RedisKeys = {
  page(key: string): string;
  tile(list: string, window: Window): string;
  index(list: string): string;
  note(key: string): string;
};

/** What stands under a key: nothing, an entry by its stamp, or something else, of which `beginning` tells it from what may come after it. */
export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'entry'; readonly stamp: number; readonly sealed: Buffer; readonly beginning: Buffer }
  | { readonly kind: 'waste'; readonly beginning: Buffer };

/** The entries of one scope, as the scripts know them. All of it rejects as the link does. */
export type RedisEntries = {
  readonly keys: RedisKeys;
  get(keys: readonly string[]): Promise<readonly Found[]>;
  put(key: string, stamp: number, sealed: Uint8Array, keptMs: number): Promise<void>;
  putTile(list: string, head: TileHead, sealed: Uint8Array, keptMs: number): Promise<void>;
  heads(list: string, within: Window): Promise<readonly TileHead[]>;
  /** Removes what was found to be of no use, unless something else has taken its place. */
  drop(key: string, beginning: Buffer): Promise<void>;
  /** The same of a tile; one that is gone (an empty beginning) loses its head. */
  dropTile(list: string, window: Window, beginning: Buffer): Promise<void>;
};

const stampBytes = 8;
const prefixBytes = mark.length + stampBytes;
/** So many bytes tell one entry from another: up to the tag that is made of all of it. */
const beginningBytes = prefixBytes + 36;
const headsPerFindMax = 4096;

/** All keys have the hash tag of their prefix, so that a cluster holds them in one slot and scripts can use them together. */
export function createRedisEntries(link: Link, keyPrefix: string, vault: Vault): RedisEntries {
  const name = (kind: string, label: string) => `${keyPrefix}:${kind}:${vault.idOf(label).toString(36)}`;
  const keys: RedisKeys = {
    page: (key) => name('page', labels.page(key)),
    tile: (list, window) => name('tile', labels.tile(list, window)),
    index: (list) => name('tiles', labels.list(list)),
    note: (key) => name('note', labels.note(key)),
  };
  return {
    keys,
    async get(wanted) {
      const replies = await link.run(readEntries, wanted, []);
      return wanted.map((_, at) => foundOf(Array.isArray(replies) ? replies[at] : undefined));
    },
    async put(key, stamp, sealed, keptMs) {
      await link.run(writeEntry, [key], [entryOf(stamp, sealed), keptMs]);
    },
    async putTile(list, { window, readAt }, sealed, keptMs) {
      const places = [keys.tile(list, window), keys.index(list)];
      const text = textOf(window);
      await link.run(writeTile, places, [entryOf(readAt, sealed), keptMs, window.from, text, `${text}${readAt}`]);
    },
    async heads(list, within) {
      const key = keys.index(list);
      const reply = await link.run(findHeads, [key], [within.from, within.until, headsPerFindMax]);
      const texts = Array.isArray(reply) ? reply.map(String) : [];
      const heads = texts.map(headOf);
      const strange = texts.filter((_, at) => heads[at] === null);
      if (!Array.isArray(reply) || strange.length > 0) await link.run(mendIndex, [key], strange);
      return heads.filter((head) => head !== null).filter(({ window }) => window.until <= within.until);
    },
    async drop(key, beginning) {
      await link.run(dropEntry, [key], [beginning]);
    },
    async dropTile(list, window, beginning) {
      const places = [keys.tile(list, window), keys.index(list)];
      await link.run(dropEntry, places, [beginning, window.from, textOf(window)]);
    },
  };
}

const textOf = ({ from, until }: Window): string => `${from} ${until} `;

function headOf(text: string): TileHead | null {
  const [, from, until, readAt] = /^(\d{1,15}) (\d{1,15}) (\d{1,15}(?:\.\d{1,9})?)$/.exec(text) ?? [];
  if (readAt === undefined) return null;
  const window = { from: Number(from), until: Number(until) };
  return window.from < window.until ? { window, readAt: Number(readAt) } : null;
}

/** How an entry stands in the store. */
export function entryOf(stamp: number, sealed: Uint8Array): Buffer {
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(mark, 'latin1');
  prefix.writeDoubleBE(stamp, mark.length);
  return Buffer.concat([prefix, sealed]);
}

/** What an answer of the store is. */
export function foundOf(reply: Reply | undefined): Found {
  if (reply === null || reply === undefined) return { kind: 'none' };
  if (!Buffer.isBuffer(reply)) return { kind: 'waste', beginning: Buffer.alloc(0) };
  const beginning = reply.subarray(0, beginningBytes);
  if (reply.length < prefixBytes || reply.toString('latin1', 0, mark.length) !== mark)
    return { kind: 'waste', beginning };
  return { kind: 'entry', stamp: reply.readDoubleBE(mark.length), sealed: reply.subarray(prefixBytes), beginning };
}
