import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';

const week = dayWindow('2026-03-02', 7);
const query = `{ scoreSummary(${week}) { conversationCount coverage { complete } } }`;
/** Seven days of 1,000 conversations, 11 calls each. */
const callsOfTheWeek = 77;
/** What a kill may cost: the calls that were under way, and those whose pages were not yet written. */
const callsLostMax = 40;
const callsBeforeTheKill = 50;

/** The program as an operator runs it, with a file to keep what was read. */
async function start(kore: Simulator, file: string): Promise<{ url: string; child: ChildProcess }> {
  const { accountId, orgId, streamId, clientId, clientSecret } = kore.account;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      AUTH: 'none',
      PORT: '0',
      STORE_URL: `file:${file}`,
      KORE_BASE_URL: kore.url,
      KORE_ALLOW_INSECURE: 'true',
      KORE_ACCOUNT_ID: accountId,
      KORE_ORG_ID: orgId,
      KORE_STREAM_ID: streamId,
      KORE_CLIENT_ID: clientId,
      KORE_CLIENT_SECRET: clientSecret,
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

test('killed in the middle of a scan it goes on where it was, and no row is lost or doubled', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-killed-'));
  const file = join(folder, 'store.db');
  try {
    await using kore = await startSimulator({ switches: { quotaLimit: 0, latencyMs: 20 } });
    const first = await start(kore, file);
    const { promise: isUnderWay, resolve } = Promise.withResolvers<void>();
    kore.beforeCall((callIndex) => {
      if (callIndex === callsBeforeTheKill) resolve();
    });
    const answer = ask(first.url).catch(() => 'cut off');
    await isUnderWay;
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(await answer).toBe('cut off');
    const callsOfTheFirst = kore.callCount;
    const second = await start(kore, file);
    expect(await ask(second.url)).toEqual({
      data: { scoreSummary: { conversationCount: 7_000, coverage: { complete: true } } },
    });
    expect(callsOfTheFirst).toBeGreaterThanOrEqual(callsBeforeTheKill);
    expect(kore.callCount).toBeLessThanOrEqual(callsOfTheWeek + callsLostMax);
    second.child.kill('SIGKILL');
    await once(second.child, 'exit');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
