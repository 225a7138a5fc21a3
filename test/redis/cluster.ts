import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';
import { type RedisServer, startRedis } from './server.ts';

/** A cluster of three real servers; `await using` ends them. */
export type RedisCluster = {
  readonly url: string;
  readonly servers: readonly RedisServer[];
  [Symbol.asyncDispose](): Promise<void>;
};

const run = promisify(execFile);

/** Starts three servers and makes a cluster of them; ends when every slot is served. */
export async function startCluster(): Promise<RedisCluster> {
  const servers: RedisServer[] = [];
  for (let count = 0; count < 3; count++) {
    const busPort = String(await freePort());
    servers.push(await startRedis('--cluster-enabled', 'yes', '--cluster-port', busPort));
  }
  const nodes = servers.map(({ port }) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes']);
  const isWhole = async () => {
    const states = await Promise.all(servers.map((server) => server.command('CLUSTER', 'INFO')));
    return states.every((state) => state.includes('cluster_state:ok'));
  };
  while (!(await isWhole())); // Each asking is a way to a server and back.
  return {
    url: `redis-cluster://${nodes.slice(0, 2).join(',')}`,
    servers,
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server[Symbol.asyncDispose]();
    },
  };
}
