import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Clock } from '../model/ports.ts';
import type { RedisAddress } from './address.ts';
import { readArrivals } from './arrivals.ts';
import type { Reply } from './link.ts';

/** A connection that fails at once when it is not there, and comes back by itself. */
export type Connection = {
  call(command: string, values: readonly (string | number | Buffer)[]): Promise<Reply>;
  /** Gives the connection up for a new one. */
  reconnect(): void;
  end(): void;
};

const retryMsMax = 1_000;
/** A server that takes a connection says something in that time. */
const greetingMsMax = 2_000;
const noDatabase = /DB index is out of range/;

const retryMs = (times: number): number => Math.min(retryMsMax, 50 * 2 ** Math.min(times, 10));

/** Connects to one server or to a cluster. What it says of its own troubles is heard by each command. */
export function connect(
  { address, connectMs }: { readonly address: RedisAddress; readonly connectMs: number },
  clock: Clock,
): Connection {
  const { nodes, isCluster, isTls, username, password, database } = address;
  const options: RedisOptions = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: connectMs,
    retryStrategy: retryMs,
    // After a failover the old primary says so.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isTls ? { tls: {} } : {}),
  };
  const [first] = nodes;
  const client = isCluster
    ? new Cluster([...nodes], {
        redisOptions: options,
        enableOfflineQueue: false,
        // Certificates are of names, not of addresses.
        dnsLookup: (name, callback) => callback(null, name),
        clusterRetryStrategy: retryMs,
        slotsRefreshTimeout: connectMs,
      })
    : new Redis({ ...options, ...first, db: database });
  if (client instanceof Redis) giveUpUngreeted(client, clock);
  else client.on('+node', (node: Redis) => giveUpUngreeted(node, clock));
  // A database that isn't there is told once, and then the first would be used.
  let unusable: Error | null = null;
  client.on('error', (error: Error) => {
    if (noDatabase.test(error.message)) unusable = error;
  });
  return {
    call: async (command, values) => {
      if (unusable !== null) throw unusable;
      return (await client.callBuffer(command, ...values)) as Reply;
    },
    reconnect: () => {
      if (client instanceof Redis) client.disconnect(true);
      else for (const node of client.nodes()) node.disconnect(true);
    },
    end: () => client.disconnect(),
  };
}

/**
 * The other end may be gone without a word before anything could be asked: then there is another attempt. A silence that comes later is the link's to judge: the
 * client's own `socketTimeout` judges it too, and throws away a connection, with all that is under way on it, whenever this process was busy for so long.
 */
function giveUpUngreeted(client: Redis, clock: Clock): void {
  let greeting = new AbortController();
  client.on('connect', () => {
    greeting.abort();
    greeting = new AbortController();
    const { signal } = greeting;
    const giveUp = async (): Promise<void> => {
      await clock.wait(greetingMsMax, signal);
      await readArrivals();
      if (!signal.aborted) client.disconnect(true);
    };
    giveUp().catch(() => undefined);
  });
  client.on('ready', () => greeting.abort());
  client.on('close', () => greeting.abort());
}
