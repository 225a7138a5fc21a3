import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Window } from '../model/window.ts';

/** One thing held, sealed. */
export type Entry = {
  readonly id: number;
  /** A tile's list, as a number, and its window. Null for what can't be found by its list. */
  readonly place: { readonly list: number; readonly window: Window } | null;
  /** What tells a later reading from an earlier one. */
  readonly stamp: number;
  /** Its place in the order of use; greater is later. */
  readonly used: number;
  readonly bytes: Uint8Array;
};

export type Head = { readonly id: number; readonly window: Window; readonly stamp: number };

/** The statements of an open database, each one short. All of them throw what SQLite throws. */
export type Entries = {
  stampOf(id: number): number | undefined;
  read(id: number): Pick<Entry, 'stamp' | 'bytes'> | undefined;
  find(list: number, within: Window): readonly Head[];
  /** Puts entries in the place of those of the same ids, all or none. Of one larger than `bytesMax` nothing is held. */
  write(entries: readonly Entry[], bytesMax: number): void;
  /** Removes an entry, unless another has taken its place meanwhile. */
  remove(id: number, stamp: number): void;
  /** Says when these were last used, by their ids. */
  touch(uses: Iterable<readonly [id: number, used: number]>): void;
  /** The latest use of all. */
  lastUsed(): number;
  /** Removes the least recently used, one by one, until no more than `bytesMax` are in use; at most so many. */
  evict(bytesMax: number, countMax: number): void;
  /** How many bytes of the file are in use, and how many it has. */
  measure(): { readonly usedBytes: number; readonly fileBytes: number };
  /** Gives unused room at the end of the file back, at most so many bytes of it. */
  shrink(bytesMax: number): void;
  close(): void;
};

/**
 * Tables of the file. What is small stands apart from the sealed bytes, for it changes with each use. Numbers other than ids are REAL: whatever a
 * damaged file holds there can be read.
 */
export const tables = [
  'CREATE TABLE entry (id INTEGER PRIMARY KEY, list REAL, start REAL, until REAL, stamp REAL NOT NULL, used REAL NOT NULL) STRICT',
  'CREATE INDEX entry_place ON entry (list, start, until, stamp) WHERE list IS NOT NULL',
  'CREATE INDEX entry_used ON entry (used)',
  'CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT',
] as const;

/** Prepares the statements. The tables must be there. */
export function createEntries(database: DatabaseSync): Entries {
  const { readStamp, readEntry, findHeads, readLast, readSize, ...changes } = prepareAll(database);
  const { insertEntry, insertBody, removeBody, removeEntry, updateUsed, evictBody, evictEntry, evictRest } = changes;
  const together = (work: () => void): void => allOrNone(database, work);
  const removeOne = (id: number, stamp: number): void => {
    removeBody.run(id, stamp);
    removeEntry.run(id, stamp);
  };
  return {
    stampOf: (id) => optionalNumber(readStamp.get(id)?.['stamp']),
    read: (id) => foundOf(readEntry.get(id)),
    find: (list, within) => findHeads.all(list, within.from, within.until).map(headOf),
    write: (entries, bytesMax) =>
      together(() => {
        for (const { id, place, stamp, used, bytes } of entries) {
          const [list, from, until] = [place?.list ?? null, place?.window.from ?? null, place?.window.until ?? null];
          insertEntry.run(id, list, from, until, stamp, used);
          insertBody.run(id, bytes);
          if (bytesMax < bytes.byteLength) removeOne(id, stamp);
        }
      }),
    remove: (id, stamp) => together(() => removeOne(id, stamp)),
    touch: (uses) =>
      together(() => {
        for (const [id, used] of uses) updateUsed.run(used, id);
      }),
    lastUsed: () => numberOf(readLast.get()?.['used']),
    evict: (bytesMax, countMax) =>
      together(() => {
        for (let count = 0; count < countMax && bytesMax < sizeOf(readSize.get()).usedBytes; count++) {
          for (const statement of [evictBody, evictEntry, evictRest]) statement.run();
        }
      }),
    measure: () => sizeOf(readSize.get()),
    shrink(bytesMax) {
      const pageBytes = numberOf(readSize.get()?.['page_size']);
      database.exec(`PRAGMA incremental_vacuum(${Math.ceil(bytesMax / Math.max(pageBytes, 1))})`);
    },
    close: () => database.close(),
  };
}

const leastUsed = 'SELECT id FROM entry ORDER BY used, id LIMIT 1';

function prepareAll(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    readStamp: prepare('SELECT stamp FROM entry WHERE id = ?'),
    readEntry: prepare('SELECT stamp, bytes FROM entry LEFT JOIN body USING (id) WHERE id = ?'),
    findHeads: prepare(
      'SELECT CAST(id AS REAL) AS id, start, until, stamp FROM entry WHERE list = ? AND ? <= start AND until <= ?',
    ),
    readLast: prepare('SELECT max(used) AS used FROM entry'),
    readSize: prepare(
      'SELECT page_size, page_count, freelist_count FROM pragma_page_size, pragma_page_count, pragma_freelist_count',
    ),
    insertEntry: prepare('INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?)'),
    insertBody: prepare('INSERT OR REPLACE INTO body VALUES (?, ?)'),
    removeBody: prepare('DELETE FROM body WHERE id = (SELECT id FROM entry WHERE id = ? AND stamp = ?)'),
    removeEntry: prepare('DELETE FROM entry WHERE id = ? AND stamp = ?'),
    updateUsed: prepare('UPDATE entry SET used = ? WHERE id = ?'),
    evictBody: prepare(`DELETE FROM body WHERE id = (${leastUsed})`),
    evictEntry: prepare(`DELETE FROM entry WHERE id = (${leastUsed})`),
    // Damage may leave bytes that belong to nothing.
    evictRest: prepare('DELETE FROM body WHERE NOT EXISTS (SELECT 1 FROM entry)'),
  };
}

/** Does work in one transaction, or none of it. */
export function allOrNone(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // What SQLite has ended by itself can't be ended once more.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

type Found = Record<string, SQLOutputValue> | undefined;

const optionalNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const numberOf = (value: unknown): number => optionalNumber(value) ?? 0;

/** What isn't there, or isn't bytes, is as if it were damaged. */
function foundOf(found: Found): Pick<Entry, 'stamp' | 'bytes'> | undefined {
  const [stamp, bytes] = [found?.['stamp'], found?.['bytes']];
  if (typeof stamp !== 'number') return undefined;
  return { stamp, bytes: bytes instanceof Uint8Array ? bytes : new Uint8Array() };
}

function headOf(found: Found): Head {
  const window = { from: numberOf(found?.['start']), until: numberOf(found?.['until']) };
  return { id: numberOf(found?.['id']), window, stamp: numberOf(found?.['stamp']) };
}

function sizeOf(found: Found): { readonly usedBytes: number; readonly fileBytes: number } {
  const pageBytes = numberOf(found?.['page_size']);
  const pageCount = numberOf(found?.['page_count']);
  return { usedBytes: pageBytes * (pageCount - numberOf(found?.['freelist_count'])), fileBytes: pageBytes * pageCount };
}
