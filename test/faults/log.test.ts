import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createTelemetry } from '../../src/telemetry.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startProgram } from './program.ts';

/** A log that nobody takes: it is worth no request, and no end. */
const timeout = 120_000;

const ask = (url: string) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });

test('F79 nobody reads the log, and its pipe is full: requests are answered, and it stops when it is told to', {
  timeout,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-log-'));
  await promisify(execFile)('mkfifo', [join(folder, 'log')]);
  // Open for reading too, so that writers don't wait for a reader: it never reads.
  const pipe = openSync(join(folder, 'log'), 'r+');
  try {
    await using kore = await startSimulator({ conversationsPerDay: 10 });
    await using program = await startProgram(kore, pipe);
    // A line is some 250 bytes, and a pipe holds 64 KB.
    for (let round = 0; round < 50; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(program.url)));
      for (const answer of answers) expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
    }
    const ended = once(program.child, 'exit');
    program.child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    closeSync(pipe);
    rmSync(folder, { recursive: true });
  }
});

test('F79 the disk of the log is full: requests are answered, and lines that were lost are counted', {
  timeout,
}, async () => {
  const full = openSync('/dev/full', 'w');
  try {
    await using kore = await startSimulator({ conversationsPerDay: 10 });
    await using program = await startProgram(kore, full);
    for (let round = 0; round < 20; round++) expect((await ask(program.url)).status).toBe(200);
    const figures = await (await fetch(`${program.url}/metrics`)).text();
    expect(Number(/^gateway_log_lines_dropped_total (\d+)$/m.exec(figures)?.[1])).toBeGreaterThan(20);
    const ended = once(program.child, 'exit');
    program.child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    closeSync(full);
  }
});

test('F79 what waits to be written has a bound: lines beyond it are dropped and counted, until there is room again', async () => {
  const written: string[] = [];
  const output = { writableLength: 0, write: (line: string) => written.push(line), on: () => undefined };
  const { log, registry } = createTelemetry({ level: 'info', output });
  log.info({}, 'first');
  output.writableLength = 2_000_000;
  log.info({}, 'second');
  output.writableLength = 0;
  log.info({}, 'third');
  expect(written.map((line) => Object(JSON.parse(line)).msg)).toEqual(['first', 'third']);
  expect(await registry.metrics()).toContain('gateway_log_lines_dropped_total 1\n');
  registry.clear();
});
