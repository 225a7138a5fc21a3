import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** The requests of a server that are under way. */
export type Requests = {
  /** Ends when none is under way; at once where that is so. */
  settled(): Promise<void>;
};

/** Counts from now on. */
export function watchRequests(server: Server): Requests {
  let count = 0;
  let waiting: (() => void)[] = [];
  server.on('request', (_, response) => {
    count += 1;
    response.once('close', () => {
      count -= 1;
      if (count > 0) return;
      for (const tell of waiting) tell();
      waiting = [];
    });
  });
  return {
    settled: () =>
      new Promise((resolve) => {
        if (count === 0) resolve();
        else waiting.push(resolve);
      }),
  };
}

/** What a connection may still bring once nothing is under way: a request that was on its way when the door was shut. */
const lingerMs = 200;
/** What it takes to answer those that are told that it is over. */
const lastAnswersMs = 1_000;

export type LeavingParts = {
  readonly requests: Requests;
  readonly wait: (waitMs: number, signal: AbortSignal) => Promise<void>;
  /** Aborts when operations under way are told that it is over. */
  readonly late: AbortSignal;
};

/**
 * Takes no more connections, closes those that are idle, and the others with their answers. A connection that carries nothing and isn't idle either, for it has never carried
 * anything, would be waited for in vain: it is cut. Never rejects.
 */
export async function closeDoor(app: FastifyInstance, { requests, wait, late }: LeavingParts): Promise<void> {
  const closed = app.close().catch(() => undefined);
  const done = new AbortController();
  const pass = (waitMs: number) => wait(waitMs, done.signal).catch(() => undefined);
  const isLate = new Promise<void>((resolve) => {
    if (late.aborted) resolve();
    else late.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([closed, requests.settled(), isLate]);
  if (late.aborted) await Promise.race([closed, requests.settled(), pass(lastAnswersMs)]);
  await Promise.race([closed, pass(lingerMs)]);
  done.abort();
  app.server.closeAllConnections();
  await closed;
}
