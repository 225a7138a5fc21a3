import type { Link, Reply } from '../redis/link.ts';
import { entryOf, type Found, foundOf } from './redis-entries.ts';
import { readName, readTable, writeTable } from './redis-scripts.ts';

/** What stands in a table. */
export type TableEntry = { readonly name: string; readonly stamp: number; readonly bytes: Uint8Array };

/** A bounded table that replicas share, of which each can read what has changed. Rejects as the link does. */
export type RedisTable = {
  /** Writes entries down, unless there is one of a greater stamp or the same. */
  write(entries: readonly TableEntry[]): Promise<void>;
  /**
   * What has changed after a place of the table: names with what stands there, and from where to go on. `isReset`: the table isn't the one any more in which
   * that place was.
   */
  changes(after: number): Promise<Changes>;
  read(name: string): Promise<Found>;
};

export type Changes = {
  readonly entries: readonly { readonly name: string; readonly found: Found }[];
  readonly next: number;
  readonly isReset: boolean;
};

export type TableFacts = {
  readonly key: string;
  /** The oldest go beyond so many. */
  readonly entriesMax: number;
  /** After the last that was written. */
  readonly keptMs: number;
};

const entriesPerRunMax = 500;

/** A table under a key that has the scope's tag. */
export function createRedisTable(link: Link, { key, entriesMax, keptMs }: TableFacts): RedisTable {
  const keys = [key, `${key}:order`];
  return {
    async write(entries) {
      for (let from = 0; from < entries.length; from += entriesPerRunMax) {
        const some = entries.slice(from, from + entriesPerRunMax);
        const values = some.flatMap(({ name, stamp, bytes }) => [name, entryOf(stamp, bytes)]);
        await link.run(writeTable, keys, [entriesMax, keptMs, ...values]);
      }
    },
    async changes(after) {
      const reply = await link.run(readTable, keys, [after, entriesPerRunMax]);
      const [top, ...rest]: readonly (Reply | undefined)[] = Array.isArray(reply) ? reply : [0];
      const isReset = Number(top) < after;
      const entries = [];
      let next = isReset ? 0 : after;
      for (let at = 0; at + 2 < rest.length; at += 3) {
        entries.push({ name: String(rest[at]), found: foundOf(rest[at + 2]) });
        next = Number(rest[at + 1]);
      }
      return { entries, next: Number.isFinite(next) ? next : 0, isReset };
    },
    async read(name) {
      return foundOf(await link.run(readName, [key], [name]));
    },
  };
}
