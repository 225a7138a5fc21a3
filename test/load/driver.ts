import { type Connection, openConnection, type Reply } from './connection.ts';

/** Requests by the clock, whether or not earlier ones were answered. */
export type Load = {
  readonly url: string;
  readonly query: string;
  /** Who asks, and how often a second. */
  readonly callers: readonly { readonly name: string; readonly perSecond: number }[];
  readonly seconds: number;
  /** Ends it before. */
  readonly until?: AbortSignal;
  /** Connections that are kept, 400 unless given. */
  readonly connectionCount?: number;
};

/**
 * One request. It took from the moment when it was due until it was answered, so what a late sender adds counts too; `sentMs` is how late it was sent: if that is much, it is
 * the sender that was measured.
 */
export type Sample = {
  readonly caller: string;
  readonly status: number;
  /** What it was answered, where that isn't 200. */
  readonly says: string;
  readonly dueAt: number;
  readonly sentMs: number;
  readonly tookMs: number;
};

const tickMs = 1;
/** A gateway takes one new connection in each turn of its event loop, so to open them would be what is measured: they stand beforehand, as those of a balancer do. */
const connectionsUsual = 400;

/** Sends the load by exponential gaps, as independent people do, and waits for all answers. Each request has a connection to itself. */
export async function drive(load: Load, random: () => number): Promise<readonly Sample[]> {
  const { url, query, callers, seconds, until, connectionCount = connectionsUsual } = load;
  const samples: Sample[] = [];
  const open: Promise<void>[] = [];
  const pool = await createPool(url, connectionCount);
  const beganAt = performance.now();
  const endAt = beganAt + seconds * 1000;
  const lines = callers.map(({ name, perSecond }) => {
    const gap = () => (-Math.log(1 - random()) / perSecond) * 1000;
    return { name, gap, request: requestOf(url, query, name), at: beganAt + gap() };
  });
  const send = async ({ name, request }: (typeof lines)[number], dueAt: number): Promise<void> => {
    const sentMs = performance.now() - dueAt;
    const { status, says } = await pool.send(request);
    samples.push({ caller: name, status, says, dueAt: dueAt - beganAt, sentMs, tookMs: performance.now() - dueAt });
  };
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now();
      for (const line of lines)
        for (; line.at <= now && line.at < endAt; line.at += line.gap()) open.push(send(line, line.at));
      if (now < endAt && until?.aborted !== true) return;
      clearInterval(timer);
      resolve();
    }, tickMs);
  });
  await Promise.all(open);
  pool.close();
  return samples;
}

/** Connections that are kept, and no others: what they can't carry waits for one, and its time runs. */
async function createPool(
  url: string,
  connectionCount: number,
): Promise<{ send(request: Buffer): Promise<Reply>; close(): void }> {
  const { hostname, port } = new URL(url);
  const open = () => openConnection(hostname, Number(port));
  const idle = Array.from({ length: connectionCount }, open);
  const queue: ((connection: Connection) => void)[] = [];
  // Only an answer shows that a connection was taken: the kernel has them wait for the gateway.
  const live = Buffer.from(`GET /live HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  await Promise.all(idle.map((connection) => connection.send(live)));
  return {
    async send(request) {
      const connection = idle.pop() ?? (await new Promise<Connection>((resolve) => queue.push(resolve)));
      const reply = await connection.send(request);
      const kept = connection.isOpen() ? connection : open();
      const next = queue.shift();
      if (next === undefined) idle.push(kept);
      else next(kept);
      return reply;
    },
    close() {
      for (const connection of idle) connection.close();
    },
  };
}

/** A request for GraphQL as it is sent, of a client of this name. */
export function requestOf(url: string, query: string, name: string): Buffer {
  const body = JSON.stringify({ query });
  const head = [
    'POST /graphql HTTP/1.1',
    `host: ${new URL(url).host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `apollographql-client-name: ${name}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The value that this share of the numbers doesn't exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
