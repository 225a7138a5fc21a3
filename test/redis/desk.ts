import { setTimeout as delay } from 'node:timers/promises';
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
