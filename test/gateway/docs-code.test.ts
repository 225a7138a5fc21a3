import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snippetsOf } from './docs-blocks.ts';
import { asShown, type DocsWorld, startDocsWorld } from './docs-world.ts';

const run = promisify(execFile);
const timeout = 30_000;
const demoUrl = 'http://127.0.0.1:4000';
const programs = snippetsOf('ts');
const commands = snippetsOf('sh').filter(({ code }) => code.startsWith('curl '));

let world: DocsWorld;
let folder: string;
beforeAll(async () => {
  world = await startDocsWorld();
  folder = mkdtempSync(join(tmpdir(), 'docs-'));
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test('there are programs and commands in the documents', () => {
  expect(programs.length).toBeGreaterThan(1);
  expect(commands.length).toBeGreaterThan(1);
});

test('programs in the documents pass the compiler of this tree, at its strictest', { timeout }, async () => {
  for (const [index, { code }] of programs.entries()) writeFileSync(join(folder, `program-${index}.mts`), code);
  const options = {
    extends: resolve('tsconfig.json'),
    compilerOptions: { typeRoots: [resolve('node_modules/@types')] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...options, include: ['*.mts'], exclude: [] }));
  const { stdout } = await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], {
    timeout,
  }).catch(({ stdout: errors }: { readonly stdout: string }) => ({ stdout: errors }));
  expect(stdout).toBe('');
});

describe('what the documents tell to run', () => {
  test.for(programs)('runs, and prints what they say: $title', { timeout }, async ({ code, output, callCount }) => {
    await using gateway = await world.startAnew();
    const path = join(folder, 'program.mts');
    writeFileSync(path, code.replaceAll(demoUrl, gateway.url));
    const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', path], { timeout });
    if (output !== null) expect(stdout).toBe(output);
    if (callCount !== null) expect(world.kore.callCount).toBe(callCount);
  });

  test.for(commands)('is answered as they say: $title', { timeout }, async ({ code, output, callCount }) => {
    await using gateway = await world.startAnew();
    const response = await asCurl(code.replaceAll(demoUrl, gateway.url));
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    expect(body).not.toHaveProperty('errors');
    if (output !== null) expect(body).toEqual(asShown(JSON.parse(output)));
    if (callCount !== null) expect(world.kore.callCount).toBe(callCount);
  });
});

/** Sends what a command with curl would send: the shell says what its words are, so that nobody needs curl to run this. */
async function asCurl(command: string): Promise<Response> {
  const { stdout } = await run('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], { timeout });
  const { values, positionals } = parseArgs({
    args: stdout.split('\0').slice(0, -1),
    allowPositionals: true,
    options: {
      silent: { type: 'boolean', short: 's' },
      get: { type: 'boolean', short: 'G' },
      header: { type: 'string', short: 'H', multiple: true },
      data: { type: 'string', short: 'd' },
      'data-urlencode': { type: 'string', multiple: true },
    },
  });
  const headers = (values.header ?? []).map((line): [string, string] => {
    const [name = '', ...rest] = line.split(': ');
    return [name, rest.join(': ')];
  });
  const [url = ''] = positionals;
  const search = (values['data-urlencode'] ?? []).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  if (values.get === true) return await fetch(`${url}?${new URLSearchParams(search)}`, { headers });
  return await fetch(url, { method: 'POST', headers, body: values.data ?? '' });
}
