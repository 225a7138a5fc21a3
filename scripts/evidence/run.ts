import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = 'artifacts/evidence';
/** Where the tests of the part `tests` leave their report as JSON. */
export const reportPath = `${folder}/tests.json`;

/** What is run, each part by itself: what it prints is kept, so that one part can be measured anew without the others. */
export const parts: Readonly<Record<string, readonly string[]>> = {
  // But for the test of the page that this is written to.
  tests: [
    ...'npm test -- --exclude test/evidence.test.ts --reporter=default --reporter=json'.split(' '),
    `--outputFile.json=${reportPath}`,
  ],
  load: ['npm', 'run', 'test:load'],
  // Once more, for beside other tests they are late.
  times: ['npx', 'vitest', 'run', 'test/gateway/leaving.test.ts', 'test/gateway/start.test.ts'],
  rolling: ['npm', 'run', 'test:rolling'],
  soak: ['npm', 'run', 'test:soak', '--', process.env['SOAK_SECONDS'] ?? '600'],
};

/** Runs a part, shows what it prints, and keeps that. Throws where it fails: a figure of a run that went wrong is none. */
export async function runPart(name: string): Promise<void> {
  const [command, ...args] = parts[name] ?? [];
  if (command === undefined) throw new Error(`${name} is none of ${Object.keys(parts).join(', ')}`);
  mkdirSync(folder, { recursive: true });
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    process.stdout.write(chunk);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}`);
  writeFileSync(`${folder}/${name}.log`, output);
}

/** What all parts have printed, each when it was run last. */
export function keptOutput(): string {
  return Object.keys(parts)
    .map((name) => readFileSync(`${folder}/${name}.log`, 'utf8'))
    .join('\n');
}
