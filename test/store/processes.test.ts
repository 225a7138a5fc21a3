import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { newPath, openAt } from './folder.ts';
import { dayWindow, pageOf, tileOf } from './samples.ts';

const { signal } = new AbortController();

// A process takes its time to begin, above all on a busy machine.
const timeout = 60_000;

describe('a store file belongs to one process', { timeout }, () => {
  test('a second process is told at once that the file is in use, and the first goes on', async () => {
    const path = newPath();
    const store = openAt(path);
    store.writeNote('key', 'text');
    const child = startChild(path);
    expect(await child.nextLine()).toBe(`The store at ${path} is in use by another process`);
    await child.ended;
    await store.flush();
    expect(await store.readNote('key', signal)).toBe('text');
  });

  test('this process is told the same while another has the file, and may have it after that one', async () => {
    const path = newPath();
    const child = startChild(path);
    expect(await child.nextLine()).toBe('open');
    expect(() => openAt(path)).toThrow(`The store at ${path} is in use by another process`);
    child.kill();
    await child.ended;
    await openAt(path).close();
  });
});

describe('a process that is killed while it writes', { timeout }, () => {
  test.each([0, 1, 4, 9])(
    'loses nothing of what was in the file, and leaves nothing wrong, after round %i',
    async (lastRound) => {
      const path = newPath();
      const child = startChild(path);
      expect(await child.nextLine()).toBe('open');
      for (let round = 0; round <= lastRound; round++) expect(await child.nextLine()).toBe(String(round));
      // It goes on writing: the signal meets it somewhere in a later round.
      child.kill();
      await child.ended;

      const store = openAt(path);
      const windows = Array.from({ length: lastRound + 1 }, (_, round) => dayWindow(round));
      const tiles = await store.readTiles('list', windows, signal);
      expect(tiles).toEqual(windows.map((_, round) => tileOf(round, { rowCount: 500, readAt: round })));
      expect(Number(await store.readNote('round', signal))).toBeGreaterThanOrEqual(lastRound);
      const pages = await store.readPages(
        Array.from({ length: 10 }, (_, at) => `page ${at}`),
        signal,
      );
      for (const [at, page] of pages.entries()) {
        expect(page?.sequence).toBeGreaterThanOrEqual(lastRound);
        expect(page).toEqual(pageOf({ rowCount: 20, seed: at, sequence: page?.sequence ?? -1 }));
      }
      for (const { window, readAt } of await store.findTiles('list', dayWindow(0, 10_000), signal)) {
        expect(await store.readTiles('list', [window], signal)).toEqual([tileOf(readAt, { rowCount: 500, readAt })]);
      }
    },
    30_000,
  );
});

function startChild(path: string) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.resolve('./child.ts')), path],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    nextLine: async (): Promise<unknown> => (await lines.next()).value,
  };
}
