import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { exchange } from './letter.ts';
import { type Program, startProgram } from './program.ts';

const query = `{ conversations(${dayWindow('2026-03-02')}) { totalCount } }`;
const answered = { data: { conversations: { totalCount: 40 } } };
const over = { data: { conversations: null }, errors: [{ extensions: { code: 'SHUTTING_DOWN', retryable: true } }] };

async function ask({ url }: Program, text = query): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: text }) });
  return await response.json();
}

async function readiness({ url }: Program): Promise<number> {
  return (await fetch(`${url}/ready`)).status;
}

function messages({ logLines }: Program): readonly string[] {
  return logLines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

test('F69 told to stop it says at once that it is not ready, serves on while that is noticed, and then ends', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 40 });
  await using program = await startProgram(kore, { STOP_WAIT_MS: '1500' });
  expect(await ask(program)).toEqual(answered);
  const stopped = program.stop();
  await expect.poll(() => readiness(program), { interval: 10, timeout: 10_000 }).toBe(503);
  for (let time = 0; time < 5; time++) expect(await ask(program)).toEqual(answered);
  const { end, tookMs } = await stopped;
  expect(end).toBe(0);
  expect(tookMs).toBeGreaterThan(1_500);
  expect(tookMs).toBeLessThan(10_000);
  await expect(ask(program)).rejects.toThrow();
  expect(messages(program).slice(-1)).toEqual(['stopped']);
});

test('F69 what cannot be finished in time is told that it is over, and it ends in the time that it has', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'hang-before-headers', times: 'all' }] });
  await using program = await startProgram(kore, {
    // Longer than it has to stop, less what it keeps for the end.
    OPERATION_DEADLINE_MS: '7900',
    OPERATION_ANSWER_RESERVE_MS: '0',
    STOP_WITHIN_MS: '8000',
    STOP_WAIT_MS: '0',
  });
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  kore.beforeCall(() => resolve());
  const answer = fetch(`${program.url}/live`).then(() => ask(program));
  await isAsked;
  const { end, tookMs } = await program.stop();
  expect(await answer).toMatchObject(over);
  expect(end).toBe(0);
  expect(tookMs).toBeLessThan(8_000);
});

test('F69 what is in flight is finished, whatever its client expects of us', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 40, faults: [{ kind: 'delay', ms: 1_000 }] });
  await using program = await startProgram(kore, { STOP_WAIT_MS: '0' });
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  kore.beforeCall(() => resolve());
  const headers = { 'content-type': 'application/json', expect: 'the impossible' };
  const letter = { method: 'POST', path: '/graphql', headers, body: JSON.stringify({ query }) };
  const answer = exchange(program.url, letter).catch(() => ({ text: '"cut off"' }));
  await isAsked;
  const { end } = await program.stop();
  expect([end, JSON.parse((await answer).text)]).toEqual([0, answered]);
});

test('F69 a connection that never carried anything holds up nothing', async () => {
  await using kore = await startSimulator();
  await using program = await startProgram(kore, {
    STOP_WAIT_MS: '0',
    HTTP_HEADERS_TIMEOUT_MS: '60000',
    HTTP_REQUEST_TIMEOUT_MS: '60000',
  });
  const { hostname, port } = new URL(program.url);
  const sockets = Array.from({ length: 3 }, () => connect({ host: hostname, port: Number(port) }));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect(await readiness(program)).toBe(200);
  const { end, tookMs } = await program.stop();
  expect(end).toBe(0);
  expect(tookMs).toBeLessThan(5_000);
  for (const socket of sockets) socket.destroy();
});

test('F69 told a second time it ends at once', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'hang-before-headers', times: 'all' }] });
  await using program = await startProgram(kore);
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  kore.beforeCall(() => resolve());
  const answer = ask(program).catch(() => 'cut off');
  await isAsked;
  const first = program.stop();
  await expect.poll(() => messages(program).includes('stopping'), { timeout: 10_000 }).toBe(true);
  const { end, tookMs } = await program.stop();
  expect([end, await answer]).toEqual([1, 'cut off']);
  expect(tookMs).toBeLessThan(2_000);
  await first;
});

test('F78 an error that nobody caught is logged without secrets, what is in flight is finished, and it ends with 1', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 40, faults: [{ kind: 'delay', ms: 500 }] });
  const secrets = [kore.account.clientSecret, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmVk'];
  const throwing = `process.once('SIGCONT', () => { Promise.reject(new Error('lost: ${secrets.join(' ')}')); });`;
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(throwing)}`];
  await using program = await startProgram(kore, { STOP_WAIT_MS: '0' }, flags);
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  kore.beforeCall(() => resolve());
  const answer = ask(program);
  await isAsked;
  expect((await program.stop('SIGCONT')).end).toBe(1);
  expect(await answer).toEqual(answered);
  const line = program.logLines.find((each) => each.includes('stopping after an error')) ?? '';
  expect(JSON.parse(line)).toMatchObject({ error: { type: 'Error', message: 'lost: [redacted] [redacted]' } });
  for (const secret of secrets) expect(program.logLines.join('\n')).not.toContain(secret);
});

test('F69 told to stop in the middle of a scan it keeps what was read, and the next one goes on from there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-stopping-'));
  const week = `{ scoreSummary(${dayWindow('2026-03-02', 7)}) { conversationCount coverage { complete } } }`;
  // Seven days of 1,000 conversations, 11 calls each. Of eight places one is kept for lists.
  const [callsOfTheWeek, callsBefore, callsUnderWay] = [77, 40, 7];
  try {
    await using kore = await startSimulator({
      switches: { quotaLimit: 0 },
      faults: [{ kind: 'hang-before-headers', after: callsBefore, times: 'all' }],
    });
    const settings = {
      STORE_URL: `file:${join(folder, 'store.db')}`,
      OPERATION_DEADLINE_MS: '2000',
      STOP_WITHIN_MS: '2500',
      STOP_WAIT_MS: '0',
    };
    await using first = await startProgram(kore, settings);
    const answer = ask(first, week);
    await expect.poll(() => kore.callCount, { timeout: 20_000 }).toBe(callsBefore + callsUnderWay);
    expect((await first.stop()).end).toBe(0);
    expect(JSON.stringify(await answer)).toMatch(/SHUTTING_DOWN|"complete":false/);
    kore.clearFaults();
    await using second = await startProgram(kore, {
      ...settings,
      OPERATION_DEADLINE_MS: '20000',
      STOP_WITHIN_MS: '21000',
    });
    expect(await ask(second, week)).toEqual({
      data: { scoreSummary: { conversationCount: 7_000, coverage: { complete: true } } },
    });
    expect(kore.callCount).toBe(callsOfTheWeek + callsUnderWay);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
