import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { topics } from '../../scripts/probe/finding.ts';
import { environmentOf } from '../gateway/environment.ts';
import { startSimulator } from '../simulator/simulator.ts';

type Ended = { readonly code: number; readonly out: string; readonly error: string };

/** Runs the command as an operator does. */
function run(environment: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['scripts/probe.ts', ...options],
      { env: { PATH: process.env['PATH'] ?? '', ...environment } },
      (_, out, error) => resolve({ code: child.exitCode ?? -1, out, error }),
    );
  });
}

test('it says how many calls it may make before it begins, reports, and exits with 0', async () => {
  await using kore = await startSimulator({ switches: { liveTail: true } });
  // Who may ask the gateway is no matter of the probe.
  const { AUTH: _, ...environment } = environmentOf(kore);
  const { code, out, error } = await run(environment, '--calls', '12');
  expect(code).toBe(0);
  expect(error).toMatch(/^At most 12 calls, one after another, and at most 60 in 60 s\.\n$/);
  expect(out).toContain('12 calls of at most 12.');
  expect(out).toContain('Order of rows: ascending');
  expect(out).toContain('Recommended settings');
  expect(kore.callCount).toBe(12);
});

test('with --json its output is JSON alone', async () => {
  await using kore = await startSimulator({ switches: { liveTail: true } });
  const { code, out } = await run(environmentOf(kore), '--json', '--coarse');
  expect(code).toBe(0);
  const report: { readonly findings: readonly { readonly topic: string }[] } = JSON.parse(out);
  expect(report.findings.map(({ topic }) => topic)).toEqual(Object.keys(topics));
});

test.for<[string, readonly string[], Record<string, string>, RegExp]>([
  ['settings are missing', [], { KORE_CLIENT_ID: '' }, /KORE_CLIENT_ID is missing/],
  ['the credential is refused', [], { KORE_CLIENT_SECRET: 'not-the-secret-of-the-account' }, /refuses the credential/],
  ['the key can not sign', [], { KORE_JWT_ALGORITHM: 'RS256' }, /can not sign/],
  ['the stream is unknown', [], { KORE_STREAM_ID: 'st-unknown' }, /does not know the stream/],
  ['the upstream is not there', [], { KORE_BASE_URL: 'http://127.0.0.1:9' }, /no answer that is one/],
  [
    'the window is empty',
    ['--from', '2020-01-01T00:00:00Z', '--until', '2020-01-02T00:00:00Z'],
    {},
    /no conversations in the window/,
  ],
  ['there are more calls than there may be', ['--calls', '31'], {}, /--calls must be from 1 to 30/],
  ['half of a window is given', ['--from', '2026-01-01T00:00:00Z'], {}, /must both be instants/],
  ['an option is unknown', ['--everything'], {}, /--everything/],
])('it exits with 1 and a sentence where %s', async ([, options, settings, sentence]) => {
  await using kore = await startSimulator();
  const { code, error } = await run({ ...environmentOf(kore), ...settings }, ...options);
  expect(code).toBe(1);
  expect(error).toMatch(sentence);
  expect(error).not.toMatch(/\n\s+at /);
});
