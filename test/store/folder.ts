import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Log } from '../../src/model/ports.ts';
import { type FileStore, type FileStoreOptions, openFileStore } from '../../src/store/file.ts';
import { createFakeClock } from '../kore/clock.ts';
import { createLines, secret } from './samples.ts';

const folders: string[] = [];
const stores: FileStore[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A path of a file that doesn't exist yet; its folder goes with the test. */
export function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  folders.push(folder);
  return join(folder, 'store.db');
}

/** A store at a path, closed with the test at the latest. */
export function openAt(path: string, facts: Partial<FileStoreOptions> = {}): FileStore {
  const log: Log = createLines();
  const store = openFileStore({ path, bytesMax: 50_000_000, secret, log, clock: createFakeClock(), ...facts });
  stores.push(store);
  return store;
}
