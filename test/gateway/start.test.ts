import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { environmentOf } from './environment.ts';

const command = ['--disable-warning=ExperimentalWarning', 'src/main.ts'];
const base = { PATH: process.env['PATH'] ?? '' };

/** Runs the program to its end, or another. */
async function run(
  environment: Readonly<Record<string, string>>,
  what: readonly string[] = command,
): Promise<{ code: number | null; errors: string; tookMs: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, what, {
    env: { ...base, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors, tookMs: performance.now() - began };
}

test('without credentials it ends within a second, naming every missing setting and the demo', async () => {
  const { code, errors, tookMs } = await run({});
  expect(code).toBe(1);
  for (const setting of [
    'AUTH',
    'KORE_BASE_URL',
    'KORE_ACCOUNT_ID',
    'KORE_ORG_ID',
    'KORE_STREAM_ID',
    'KORE_CLIENT_ID',
    'KORE_CLIENT_SECRET',
  ]) {
    expect(errors).toContain(`${setting} is missing`);
  }
  expect(errors).toContain('npm run demo');
  // Where the machine is busy, even a program of nothing takes long.
  const empty = await run({}, ['--eval', '0']);
  expect(tookMs).toBeLessThan(Math.max(1_000, 20 * empty.tookMs));
  sayFigures('start', { refusedMs: tookMs });
});

test('with the settings of an operator it serves, and a signal stops it once what is in flight is done', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 40, faults: [{ kind: 'delay', ms: 300 }] });
  const child = spawn(process.execPath, command, {
    env: {
      ...base,
      PORT: '0',
      STOP_WAIT_MS: '0',
      ...environmentOf(kore),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { url, msg } = JSON.parse(line) as { url: string; msg: string };
  expect(msg).toBe('ready');
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  kore.beforeCall(() => resolve());
  const query =
    '{ conversations(window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }) { totalCount } }';
  const asking = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  await isAsked;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await (await asking).json()).toEqual({ data: { conversations: { totalCount: 40 } } });
  expect(await exited).toEqual([0, null]);
});

test('why it does not start is said without secrets', async () => {
  await using kore = await startSimulator();
  const { clientSecret } = kore.account;
  const settings = { PORT: '0', TRUSTED_DOCUMENTS_FILE: `/nowhere/${clientSecret}` };
  const { code, errors } = await run({ ...environmentOf(kore), ...settings });
  expect(code).toBe(1);
  expect(errors).toMatch(/^The gateway can't start on 127\.0\.0\.1:0: \/nowhere\/\[redacted\] can't be read/);
});

test('a port that is taken is said in one line', async () => {
  await using kore = await startSimulator();
  const { code, errors } = await run({ ...environmentOf(kore), PORT: new URL(kore.url).port });
  expect(code).toBe(1);
  expect(errors).toMatch(/^The gateway can't start on 127\.0\.0\.1:\d+: .*EADDRINUSE.*\n$/);
});
