import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { freePort } from '../free-port.ts';
import type { Answered } from '../supergraph/asked.ts';
import { routerSecret } from '../supergraph/sides.ts';

/** A gateway of somebody else's in a process of its own. */
export type Program = {
  ask(query: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  [Symbol.asyncDispose](): Promise<void>;
};

const folder = fileURLToPath(new URL('.', import.meta.url));
const startWithinMs = 60_000;

/** How each is started, and by which words it says that it is ready. */
const commands = {
  apollo: () => ({ args: ['apollo.ts'], readyUrl: null }),
  hive: (port: number) => ({
    args: [
      'node_modules/@graphql-hive/gateway/dist/bin.js',
      'supergraph',
      '-c',
      'hive.ts',
      '-h',
      '127.0.0.1',
      '-p',
      `${port}`,
    ],
    readyUrl: `http://127.0.0.1:${port}/readiness`,
  }),
} as const;

/** The gateways that are tried. */
export const programNames = ['apollo', 'hive'] as const;

/** Starts a gateway over a supergraph's file; it asks the subgraphs at the addresses that stand there. */
export async function startProgram(name: (typeof programNames)[number], supergraphPath: string): Promise<Program> {
  const { args, readyUrl } = commands[name](await freePort());
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], SUPERGRAPH: supergraphPath, SCORES_ROUTER_SECRET: routerSecret },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => said.push(String(data)));
  const url = await urlOf(child, said, readyUrl);
  return {
    ask: async (query, headers = {}) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as Answered;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The address that a program says, or that answers. */
async function urlOf(child: ChildProcess, said: readonly string[], readyUrl: string | null): Promise<string> {
  return await vi.waitFor(
    async () => {
      const url = /^ready (\S+)$/m.exec(said.join(''))?.[1];
      if (readyUrl === null && url !== undefined) return url;
      if (readyUrl !== null && (await fetch(readyUrl)).ok) return new URL('/graphql', readyUrl).href;
      throw new Error(`not ready, exit code ${child.exitCode}: ${said.join('')}`);
    },
    { timeout: startWithinMs, interval: 100 },
  );
}
