import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Log, Store } from '../../src/model/ports.ts';
import { parseRedisAddress } from '../../src/redis/address.ts';
import { createLink, type Link } from '../../src/redis/link.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { createLines, secret } from '../store/samples.ts';

/** Time as the program has it. */
export const clock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  wait: (waitMs, signal) => delay(waitMs, undefined, { signal }),
};

/** A link and a store over it, as one replica has them; `await using` ends both. */
export type Replica = {
  readonly link: Link;
  readonly store: Store;
  readonly log: Log & { readonly lines: readonly string[] };
  [Symbol.asyncDispose](): Promise<void>;
};

export type ReplicaFacts = {
  readonly secret?: string;
  readonly scopeKey?: string;
  readonly waitMs?: number;
  readonly keptMs?: number;
  readonly commandMs?: number;
  readonly readyMs?: number;
};

/** Opens a replica's store at this address; ends when it can be reached, or after `readyMs`. It gives up no answer that a busy machine brings late. */
export async function openReplica(url: string, facts: ReplicaFacts = {}): Promise<Replica> {
  const { scopeKey = 'scope', waitMs = 50, keptMs = 60_000, commandMs = 10_000, readyMs = 10_000 } = facts;
  const address = parseRedisAddress(url);
  if (address === null) throw new Error(`no address: ${url}`);
  const log = createLines();
  const keyPrefix = `{kore:${scopeKey}}`;
  const probeKey = `${keyPrefix}:probe`;
  const link = createLink({ address, probeKey, commandMs, connectMs: 5_000 }, clock, log);
  await link.ready(readyMs);
  const store = openRedisStore({ link, secret: facts.secret ?? secret, keyPrefix, keptMs, waitMs, clock, log });
  return {
    link,
    store,
    log,
    async [Symbol.asyncDispose]() {
      await store.close();
      await link.close();
    },
  };
}

/** A signal of a request of its own. */
export function request(): AbortSignal {
  return new AbortController().signal;
}

/**
 * What `work` answers, and whether it was done within so many milliseconds. A timer of this process tells it: where the machine gives this process no turn, what
 * `work` waits for is late by as much.
 */
export async function timed<T>(
  withinMs: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly isInTime: boolean }> {
  const done = new AbortController();
  const working = work().finally(() => done.abort());
  await clock.wait(withinMs, done.signal).catch(() => undefined);
  // Both may have been late.
  for (let turn = 0; turn < turnsToEnd && !done.signal.aborted; turn++) await nextTurn();
  const isInTime = done.signal.aborted;
  return { value: await working, isInTime };
}

const turnsToEnd = 3;
