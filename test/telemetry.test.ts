import { expect, test } from 'vitest';
import { createTelemetry } from '../src/telemetry.ts';

test.for(['auth', 'authorization', 'token', 'secret', 'auditor', 'name', 'cookie'])(
  'whatever hands it over, no line tells what stands under the name %s, in its fields or in an object among them',
  (key) => {
    const lines: string[] = [];
    const { log, registry } = createTelemetry({ level: 'info', write: (line) => lines.push(line) });
    const told = { [key]: 'canary', type: 'Error', message: 'what else there is' };
    log.info({ ...told, error: told }, 'first');
    log.error({ error: told, [key]: { within: 'canary' } }, 'second');
    registry.clear();
    const left = { [key]: '[redacted]', type: 'Error', message: 'what else there is' };
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'first', ...left, error: left },
      { msg: 'second', [key]: '[redacted]', error: left },
    ]);
    expect(lines.join()).not.toContain('canary');
  },
);
