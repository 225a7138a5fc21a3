import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import type { Clock, Log, Store } from './model/ports.ts';
import type { Agenda, Learned, Leases } from './model/sharing.ts';
import { spanKeyOf } from './reading/proven.ts';
import { parseRedisAddress } from './redis/address.ts';
import { createLeadership, type Leadership } from './redis/leadership.ts';
import { createSharedLeases } from './redis/leases.ts';
import { createLink, type Link } from './redis/link.ts';
import { accountPrefixOf, keyPrefixOf, type Scope } from './redis/scope.ts';
import { openFileStore } from './store/file.ts';
import { createMemoryStore } from './store/memory.ts';
import { openRedisStore } from './store/redis.ts';
import { createRedisAgenda } from './store/redis-agenda.ts';
import { createRedisLearned } from './store/redis-learned.ts';
import { createTieredStore } from './store/tiered.ts';
import { traceStore } from './store/traced.ts';
import { type Telemetry, watchStore } from './telemetry.ts';

/** What replicas share: by one link of each. */
export type Shared = {
  readonly link: Link;
  /** What names of keys begin with that all gateways of the account share. */
  readonly accountPrefix: string;
  readonly store: Store;
  readonly learned: Learned;
  readonly leases: Leases;
  readonly agenda: Agenda;
  readonly leadership: Leadership;
  /** Leaves all of it to the others. The store is closed by its owner, before. */
  close(): Promise<void>;
};

/**
 * Opens what replicas share, where the settings name a Redis or Valkey; null: they don't. Waits for the connection no longer than one may take: whether it
 * comes or not, the gateway starts.
 */
export async function openShared(
  config: Config,
  scope: Scope,
  clock: Clock,
  { log, tracing, registry }: Telemetry,
): Promise<Shared | null> {
  const address = parseRedisAddress(config.STORE_URL);
  if (address === null) return null;
  const limits = { commandMs: config.STORE_COMMAND_MS, connectMs: config.STORE_CONNECT_MS };
  const accountPrefix = accountPrefixOf(scope);
  const link = createLink({ address, probeKey: `${accountPrefix}:probe`, ...limits }, clock, log);
  watchStore(registry, link.isUp);
  await link.ready(limits.connectMs);
  const common = {
    link,
    keyPrefix: keyPrefixOf(scope),
    owner: randomUUID(),
    secret: config.KORE_CLIENT_SECRET,
    keptMs: config.STORE_KEPT_MS,
    waitMs: config.STORE_WAIT_MS,
    clock,
    log,
  };
  const store = traceStore(openRedisStore(common), tracing);
  const leases = createSharedLeases({ ...common, settled: store.settled });
  const leadership = createLeadership(common);
  return {
    link,
    accountPrefix,
    store,
    learned: createRedisLearned(common),
    leases,
    agenda: createRedisAgenda({ ...common, areFree: (spans) => leases.areFree(spans.map(spanKeyOf)) }),
    leadership,
    async close() {
      await Promise.all([leases.close(), leadership.close()]);
      await link.close();
    },
  };
}

/** The store that the settings name, behind what this process holds. Throws when it can't be opened. */
export function openStore(config: Config, shared: Shared | null, clock: Clock, log: Log): Store {
  const memory = createMemoryStore({ bytesMax: config.STORE_BYTES_MAX, openedBytesMax: config.STORE_OPENED_BYTES_MAX });
  if (shared !== null) return createTieredStore(memory, shared.store, { isShared: true });
  if (config.STORE_URL === 'memory:') return memory;
  const file = openFileStore({
    path: pathOf(config.STORE_URL),
    bytesMax: config.STORE_FILE_BYTES_MAX,
    secret: config.KORE_CLIENT_SECRET,
    log,
    clock,
  });
  return createTieredStore(memory, file);
}

/** `file:PATH`, relative to where the program runs or absolute; also as a URL of three slashes. */
function pathOf(url: string): string {
  return url.startsWith('file:///') ? fileURLToPath(url) : url.slice('file:'.length);
}
