import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { freePort } from '../free-port.ts';
import { environmentOf } from '../gateway/environment.ts';
import type { Simulator } from '../simulator/simulator.ts';

/** The program as an operator runs it, with its log going wherever a test wants it. */
export type Program = {
  readonly url: string;
  readonly child: ChildProcess;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts it on a free port, and waits until it is ready. `logFile` is an open file of this process. */
export async function startProgram(kore: Simulator, logFile: number): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    stdio: ['ignore', logFile, 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      ...environmentOf(kore),
      PORT: String(port),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isReady, { timeout: 45_000 }).toBe(true);
  return {
    url,
    child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
