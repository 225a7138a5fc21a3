import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Simulator } from '../simulator/simulator.ts';
import { startFlags } from '../start-flags.ts';
import { environmentOf } from './environment.ts';

/** The program as an operator runs it: a process of its own. */
export type Program = {
  /** Where it listens, such as http://127.0.0.1:4000. */
  readonly url: string;
  readonly child: ChildProcess;
  /** Every line that it logged so far. */
  readonly logLines: readonly string[];
  /** Sends a signal, and waits for the end: its code, or the signal that ended it, and how long that took. */
  stop(signal?: NodeJS.Signals): Promise<{ readonly end: number | string | null; readonly tookMs: number }>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts the program over a simulator with the flags of `npm start`, and waits until it is ready. It waits for no balancer when it stops, unless told. */
export async function startProgram(
  { url, account }: Pick<Simulator, 'url' | 'account'>,
  settings: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Program> {
  const child = spawn(process.execPath, [...startFlags(), ...flags, 'src/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      ...environmentOf({ url, account }),
      KORE_CALLS_PER_MINUTE: '1000000',
      ...settings,
    },
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const logLines: string[] = [];
  let isReady = false;
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    logLines.push(line);
    if (isReady) return;
    const { msg, url: at } = JSON.parse(line) as { msg: string; url?: string };
    isReady = msg === 'ready';
    if (isReady && at !== undefined) resolve(at.replace('/graphql', ''));
  });
  exited.then(() => reject(new Error('the program ended before it was ready')), reject);
  const stop: Program['stop'] = async (signal = 'SIGTERM') => {
    const beganAt = performance.now();
    child.kill(signal);
    const [code, by] = await exited;
    return { end: code ?? by, tookMs: performance.now() - beganAt };
  };
  return {
    url: await ready,
    child,
    logLines,
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
    },
  };
}
