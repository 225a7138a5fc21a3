import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { environmentOf } from './environment.ts';

const week = dayWindow('2026-03-02', 7);
const query = `{ scoreSummary(${week}) { conversationCount coverage { complete } } }`;
/** Seven days of 1,000 conversations, 11 calls each. */
const callsOfTheWeek = 77;
const callsBeforeTheKill = 50;
/** What a kill costs once what had come is written: the calls that were under way. Of eight places one is kept for lists. */
const callsUnderWayMax = 7;
/** Requests that are answered meanwhile: the program has its turns, and writes. */
const requestsMeanwhile = 200;

/** The program as an operator runs it, with a file to keep what was read. */
async function start(kore: Simulator, file: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      STORE_URL: `file:${file}`,
      ...environmentOf(kore),
      KORE_CALLS_PER_MINUTE: '100000',
      OPERATION_DEADLINE_MS: '60000',
      STOP_WITHIN_MS: '61000',
    },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
    if (msg === 'ready' && url !== undefined) {
      child.stdout?.resume();
      return { url, child };
    }
  }
  throw new Error('the program ended before it was ready');
}

async function ask(url: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return await response.json();
}

test('F70 killed in the middle of a scan it goes on where it was, and no row is lost or doubled', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-killed-'));
  const file = join(folder, 'store.db');
  try {
    await using kore = await startSimulator({
      switches: { quotaLimit: 0 },
      faults: [{ kind: 'hang-before-headers', after: callsBeforeTheKill, times: 'all' }],
    });
    const first = await start(kore, file);
    const { promise: isUnderWay, resolve } = Promise.withResolvers<void>();
    kore.beforeCall((callIndex) => {
      if (callIndex === callsBeforeTheKill + callsUnderWayMax - 1) resolve();
    });
    const answer = ask(first.url).catch(() => 'cut off');
    await isUnderWay;
    const ready = first.url.replace('/graphql', '/ready');
    for (let each = 0; each < requestsMeanwhile; each++) await (await fetch(ready)).text();
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(await answer).toBe('cut off');
    expect(kore.callCount).toBe(callsBeforeTheKill + callsUnderWayMax);
    kore.clearFaults();
    const second = await start(kore, file);
    expect(await ask(second.url)).toEqual({
      data: { scoreSummary: { conversationCount: 7_000, coverage: { complete: true } } },
    });
    expect(kore.callCount).toBe(callsOfTheWeek + callsUnderWayMax);
    second.child.kill('SIGKILL');
    await once(second.child, 'exit');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
