import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/**
 * What stands before replicas: it asks each of them whether it is ready, sends each request to one that was, and tries nothing twice, so whatever a replica drops is seen. Keeps
 * connections on both sides.
 */
export type Balancer = {
  readonly url: string;
  /** Adds a replica, and waits until it is ready. */
  add(url: string): Promise<void>;
  /** Forgets a replica, which has ended. */
  remove(url: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

type Replica = { readonly url: string; readonly pool: Pool; isReady: boolean };

const askedEveryMs = 100;
const connectionsMax = 100;

/** Starts one without replicas, which answers 502. */
export async function startBalancer(): Promise<Balancer> {
  const replicas = new Map<string, Replica>();
  const ending = new AbortController();
  let turn = 0;
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const ready = [...replicas.values()].filter(({ isReady }) => isReady);
    turn += 1;
    void forward(ready[turn % ready.length], request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const look = async (replica: Replica): Promise<void> => {
    replica.isReady = await replica.pool.request({ method: 'GET', path: '/ready' }).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode === 200;
      },
      () => false,
    );
  };
  const watch = async (replica: Replica): Promise<void> => {
    while (replicas.has(replica.url) && !ending.signal.aborted) {
      await look(replica);
      await delay(askedEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async add(url) {
      const replica: Replica = { url, pool: new Pool(url, { connections: connectionsMax }), isReady: false };
      await look(replica);
      replicas.set(url, replica);
      void watch(replica);
    },
    async remove(url) {
      const replica = replicas.get(url);
      replicas.delete(url);
      await replica?.pool.destroy();
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await Promise.all([...replicas.values()].map(({ pool }) => pool.destroy()));
      server.closeAllConnections();
      server.close();
    },
  };
}

async function forward(
  replica: Replica | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (replica === undefined) throw new Error('no replica is ready');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, ...headers } = request.headers;
    const answer = await replica.pool.request({
      method: request.method === 'POST' ? 'POST' : 'GET',
      path: request.url ?? '/',
      headers,
      body: Buffer.concat(chunks),
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    response.writeHead(answer.statusCode, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  } catch (error) {
    const body = String(error);
    response.writeHead(502, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body) }).end(body);
  }
}
