import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { environmentOf } from '../gateway/environment.ts';
import { expectDiscreet, expectWholeList, expectWholeScan, fromMs, openStand } from './stand.ts';
import { listOf, scanOf } from './truth.ts';

/** What goes wrong on our own side: the clock, and the settings. Stores and replicas (F63 to F67) are tried in test/redis, the ends of clients and programs (F68 to F70, F72 to F75, F78) in test/gateway and test/server. */
const hourMs = 3_600_000;
const afresh = { 'cache-control': 'no-cache' };

test.for([
  ['forward', [hourMs, 2 * hourMs]],
  ['back', [-hourMs, -2 * hourMs]],
  ['forward, and back again', [hourMs, 0]],
] as const)(
  'F76 the wall clock jumps an hour %s: nothing hangs, nothing is wrong, and afresh is afresh',
  async ([, jumps]) => {
    let aheadMs = 0;
    await using stand = await openStand({ gatewayNow: () => Date.now() + aheadMs });
    expectWholeList(stand, await stand.ask(listOf()));
    expectWholeScan(stand, await stand.ask(scanOf()));
    for (const [index, jump] of jumps.entries()) {
      aheadMs = jump;
      // Rows that what was held does not have.
      stand.kore.insert({ startMs: fromMs + (index + 1) * 10_000_000 });
      expectWholeList(stand, await stand.ask(listOf(), afresh));
      expectWholeScan(stand, await stand.ask(scanOf(), afresh));
      const date = `2026-03-0${index + 4}`;
      expectWholeScan(stand, await stand.ask(scanOf(date)), date);
      const { callCount } = stand.kore;
      for (const again of [scanOf(date), scanOf(), listOf()]) await stand.ask(again);
      expect(stand.kore.callCount, 'what was read since is held').toBe(callCount);
    }
    expect(stand.kore.calls.filter(({ status }) => status !== 200)).toEqual([]);
    expectDiscreet(stand);
  },
);

const right = environmentOf({
  url: 'https://platform.example.com',
  account: {
    accountId: 'a',
    orgId: 'o-1',
    streamId: 'st-1',
    clientId: 'cs-1',
    clientSecret: 'canary-secret-of-some-length',
  },
});

test.for([
  ['KORE_BASE_URL', 'http://canary.example.com'],
  ['KORE_STREAM_ID', '../../canary'],
  ['KORE_ACCOUNT_ID', 'canary\r\nx-header: 1'],
  ['CURSOR_SECRET', 'canary-short'],
  ['OPERATION_DEADLINE_MS', 'canary'],
] as const)('F77 a wrong %s: it does not start, and names the setting and not its value', async ([setting, value]) => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...right, [setting]: value },
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toContain(`  ${setting} `);
  expect(said).not.toContain('canary');
});
