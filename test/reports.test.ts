import { expect, test } from 'vitest';
import { createReports } from '../src/reports.ts';
import { createTelemetry } from '../src/telemetry.ts';
import { settingsFor } from './gateway/harness.ts';

const account = {
  accountId: 'account',
  orgId: 'o-1',
  streamId: 'st-1',
  clientId: 'cs-1',
  clientSecret: 'canary-of-a-client-secret',
};

test.for([
  ['an error', (text: string) => new TypeError(text), { type: 'TypeError' }],
  ['what is no error', (text: string) => text, {}],
] as const)('a bug is logged without the secrets of the settings, and without tokens: %s', ([, thrown, more]) => {
  const lines: string[] = [];
  const config = settingsFor({ url: 'http://127.0.0.1:1', account }, { CURSOR_SECRET: 'canary-of-a-cursor-secret' });
  const telemetry = createTelemetry({ level: 'info', write: (line) => lines.push(line) });
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmVk';
  createReports(telemetry, config).bug(
    thrown(`lost: ${account.clientSecret} ${config.CURSOR_SECRET[0]} ${token}`),
    'id',
  );
  telemetry.registry.clear();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'bug', requestId: 'id', error: { message: 'lost: [redacted] [redacted] [redacted]', ...more } },
  ]);
  expect(lines.join()).not.toMatch(/canary|eyJ/);
});
