import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../model/ports.ts';
import { allOrNone, createEntries, type Entries, tables } from './entries.ts';

/** What tells our file from that of another program ("kore" in ASCII), and its tables from those of another version. */
const applicationId = 0x6b6f7265;
const schemaVersion = 1;

/** Larger pages than usual: most of the file are entries of 10 to 500 kB. */
const pageBytes = 8192;
/** The log of writes is folded into the file when it has so many pages: more at once would hold up others. */
const walPagesMax = 256;
const walBytesMax = 4 << 20;
/** So many files are set aside beside a path before somebody must look at them. */
const asideCountMax = 100;

/** What SQLite's primary result codes say, as far as it matters here. */
const codes = { busy: 5, locked: 6, corrupt: 11, notDatabase: 26 } as const;

/**
 * Opens the file at a path for this process alone. A file that is damaged, of another program or another version is set aside, with a line of
 * log. Throws an Error that says why when the file is in use by another process, or can't be opened or written.
 */
export function openEntries(path: string, log: Log): Entries {
  const opened = tryOpen(path);
  if (opened.kind === 'entries') return opened.entries;
  setAside(path, opened.reason, log);
  const afresh = tryOpen(path);
  if (afresh.kind === 'entries') return afresh.entries;
  throw new Error(`The store at ${path} can't be made: ${afresh.reason}`);
}

/**
 * Renames a file, so that a new one can take its place. SQLite takes away what it keeps beside a file when that is closed; should it have failed to,
 * that goes along, and first: a log of writes must never meet another file.
 */
export function setAside(path: string, reason: string, log: Log): void {
  const numbers = Array.from({ length: asideCountMax }, (_, index) => index + 1);
  const aside = numbers.map((number) => `${path}.aside-${number}`).find((name) => !existsSync(name));
  if (aside === undefined) throw new Error(`${asideCountMax} files lie beside ${path}, set aside earlier: remove them`);
  for (const suffix of ['-wal', '-shm', '-journal', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  log.warn({ path, aside, reason }, 'the store file could not be used and was set aside');
}

/** Whether an error of SQLite says that the file itself is damaged. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code === codes.corrupt || code === codes.notDatabase;
}

type Opening =
  | { readonly kind: 'entries'; readonly entries: Entries }
  | { readonly kind: 'unusable'; readonly reason: string };

function tryOpen(path: string): Opening {
  let database: DatabaseSync | undefined;
  try {
    // Without a wait: who holds the file holds it as long as it lives.
    database = new DatabaseSync(path, { timeout: 0, allowExtension: false });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    const reason = prepare(database);
    if (reason === undefined) return { kind: 'entries', entries: createEntries(database) };
    database.close();
    return { kind: 'unusable', reason };
  } catch (error) {
    if (database?.isOpen === true) database.close();
    const code = codeOf(error);
    const why = error instanceof Error ? error.message : String(error);
    if (isDamage(error)) return { kind: 'unusable', reason: why };
    if (code === codes.busy || code === codes.locked) {
      throw new Error(`The store at ${path} is in use by another process`, { cause: error });
    }
    throw new Error(`The store at ${path} can't be opened for writing: ${why}`, { cause: error });
  }
}

/** Makes a database ours. Answers why it can't be, when it is something else. */
function prepare(database: DatabaseSync): string | undefined {
  const id = numberOf(database, 'application_id');
  const version = numberOf(database, 'user_version');
  const found = schemaOf(database);
  const isNew = id === 0 && version === 0 && found.length === 0;
  if (!isNew && id !== applicationId) return 'it belongs to another program';
  if (!isNew && version !== schemaVersion) return `it is of version ${version}, and this program's is ${schemaVersion}`;
  if (!isNew && found.join(';') !== tables.join(';')) return 'its tables are damaged';
  if (isNew) database.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA auto_vacuum = INCREMENTAL`);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = ${walPagesMax}; PRAGMA journal_size_limit = ${walBytesMax};
  `);
  // Writes even when nothing is to be made, so that a file that can't be written is known at once, and is locked.
  allOrNone(database, () => {
    if (isNew) database.exec(tables.join(';'));
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
  });
  return undefined;
}

function schemaOf(database: DatabaseSync): readonly unknown[] {
  return database
    .prepare('SELECT sql FROM sqlite_schema ORDER BY rowid')
    .all()
    .map(({ sql }) => sql);
}

function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}

/** The primary result code; undefined for what isn't SQLite's. */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}
