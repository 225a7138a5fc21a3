import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { freePort } from '../free-port.ts';

/** A real redis-server of the test's own, on a free port of loopback; `await using` ends it. */
export type RedisServer = {
  readonly port: number;
  readonly url: string;
  /** Sends one command by a socket of its own, and answers the raw reply. */
  command(...words: readonly string[]): Promise<string>;
  /** As a machine that hangs: it takes connections and answers nothing. */
  hang(): void;
  goOn(): void;
  /** As a machine that goes: at once, and with all that it held. */
  kill(): Promise<void>;
  /** Starts anew on the same port, empty. */
  restart(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts a server with some further arguments of redis-server. Holds nothing on disk. */
export async function startRedis(...more: readonly string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-redis-'));
  const port = await freePort();
  let child = await spawnServer(port, folder, more);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: (...words) => send(port, words),
    hang: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    kill,
    async restart() {
      await kill();
      child = await spawnServer(port, folder, more);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Settings of a gateway over this server that gives up nothing because a busy machine brings it late, and takes part as soon as another would. */
export function unhurried({ url }: Pick<RedisServer, 'url'>) {
  return {
    STORE_URL: url,
    STORE_WAIT_MS: '10000',
    STORE_COMMAND_MS: '10000',
    STORE_CONNECT_MS: '10000',
    REPLICA_LAPSE_MS: '2500',
    KORE_ATTEMPT_TIMEOUT_MS: '30000',
    KORE_HEADERS_TIMEOUT_MS: '30000',
    KORE_BODY_IDLE_TIMEOUT_MS: '30000',
    KORE_CONNECT_TIMEOUT_MS: '30000',
  };
}

/** Until a gateway takes part in the window that all share: one that a busy machine starts slowly refuses what it is asked before. */
export async function untilOpen(query: (text: string) => Promise<{ readonly data?: unknown }>): Promise<void> {
  const remaining = async () => {
    const { data } = await query('{ upstream { quota { remaining } } }');
    return (data as { upstream: { quota: { remaining: number } } }).upstream.quota.remaining;
  };
  await expect.poll(remaining, { timeout: 30_000 }).toBeGreaterThan(0);
}

async function spawnServer(port: number, folder: string, more: readonly string[]): Promise<ChildProcess> {
  const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = spawn('redis-server', [...fixed, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('Ready to accept connections')) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`redis-server ended before it was ready: ${said}`);
}

async function send(port: number, words: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  socket.end(`*${words.length}\r\n${parts.join('')}*1\r\n$4\r\nQUIT\r\n`);
  let reply = '';
  for await (const chunk of socket) reply += String(chunk);
  return reply.replace(/\+OK\r\n$/, '');
}
