import type { ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { freePort } from '../free-port.ts';
import { startFlags } from '../start-flags.ts';
import { endChild, isGone, startNode } from './children.ts';
import type { Operation } from './operations.ts';
import { restQueries } from './rest-queries.ts';
import type { ContenderName } from './results.ts';
import type { Upstream } from './upstream.ts';

/** A contender in a process of its own. */
export type Contender = {
  readonly name: ContenderName;
  readonly pid: number;
  /** From its start to its first answer. */
  readonly startMs: number;
  /** The answer to a body. Throws for any but a good one. */
  ask(body: string, path?: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
};

const peersFolder = 'test/bench/peers';
const startWithinMs = 60_000;

/** The most requests that are under way at once. */
export const concurrency = 4;

/** How each is started: ours as `npm start` does it. */
const commands: Readonly<Record<ContenderName, (port: string) => readonly string[]>> = {
  ours: () => [...startFlags(), 'src/main.ts'],
  floor: () => [`${peersFolder}/floor.ts`],
  apollo: () => [`${peersFolder}/apollo.ts`],
  yoga: () => [`${peersFolder}/yoga.ts`],
  mercurius: () => [`${peersFolder}/mercurius.ts`],
  hive: (port) => [
    `${peersFolder}/node_modules/@graphql-hive/gateway/dist/bin.js`,
    'supergraph',
    ...['-c', `${peersFolder}/hive.ts`, '-h', '127.0.0.1', '-p', port],
  ],
};

/**
 * Starts a contender, and waits for its first answer. All have the same surroundings: the endpoint, NODE_ENV=production, no log of requests. Ours is told of no quota, and
 * turns nobody away however busy it is, for the others don't either; otherwise it is as it is by default.
 */
export async function startContender(
  name: ContenderName,
  upstream: Upstream,
  first: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const port = await freePort();
  const beganAt = performance.now();
  const child = startNode(commands[name](String(port)), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      PORT: String(port),
      ...upstream.settings,
      KORE_CALLS_PER_MINUTE: '1000000',
      OPERATION_BEGIN_WITHIN_MS: '15000',
      LOOP_LATE_MS_MAX: '10000',
      LOG_LEVEL: 'error',
      ...settings,
    },
  });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency });
  // Apollo's standalone server takes any path, and the floor all but one.
  const ask: Contender['ask'] = async (body, path = '/graphql') => {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.body.text();
    if (response.statusCode !== 200 || text.includes('"errors":[')) {
      throw new Error(`${name} answered ${response.statusCode}: ${text.slice(0, 500)}`);
    }
    return text;
  };
  await answered(() => ask(first), child);
  return {
    name,
    pid: child.pid ?? 0,
    startMs: performance.now() - beganAt,
    ask,
    async [Symbol.asyncDispose]() {
      await pool.destroy();
      await endChild(child);
    },
  };
}

/** The body by which a contender is asked; null: it can't be. The floor looks at the variables alone, and Hive Gateway knows the endpoint's words. */
export function bodyFor(
  name: ContenderName,
  { name: operation, query, variables }: Operation,
  index: number,
): string | null {
  if (name === 'floor' && (operation === 'filter' || operation === 'leaderboard' || operation === 'aliases'))
    return null;
  if (name !== 'hive') return JSON.stringify({ query, variables: variables(index) });
  const asked = restQueries[operation];
  return asked === null ? null : JSON.stringify({ query: asked.query, variables: asked.variables(variables(index)) });
}

async function answered(ask: () => Promise<string>, child: ChildProcess): Promise<void> {
  const giveUpAt = performance.now() + startWithinMs;
  for (;;) {
    const error = await ask().then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error === null) return;
    if (isGone(child) || giveUpAt < performance.now()) {
      await endChild(child);
      throw new Error('a contender did not start', { cause: error });
    }
    await setTimeout(10);
  }
}
