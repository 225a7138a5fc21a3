import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Control } from './control.ts';
import type { Desk } from './desk.ts';

/** A listening server that can be ended at once. */
export type Listening = { readonly url: string; readonly end: () => Promise<void> };

/** Starts the HTTP server: the scorereporting path to the desk, /control to the control, all else 404. */
export async function listen(options: {
  readonly host: string;
  readonly port: number;
  readonly desk: Desk;
  readonly control: Control;
}): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, (request, response) => {
    route(request, response, options).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that resets is an ordinary event here.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { url: urlOf(server), end: () => endAtOnce(server, sockets) };
}

const scorereporting = /^\/qualityai\/api\/v1\/public\/qualitymanagement\/app\/([^/]+)\/scorereporting$/;

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, control }: { readonly desk: Desk; readonly control: Control },
): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const text = await readText(request);
  const streamId = scorereporting.exec(path)?.[1];
  if (streamId !== undefined) return desk(request, response, decodeURIComponent(streamId), text);
  const found = path === '/control' ? control(request.method ?? '', text) : { status: 404, body: notFound };
  response.writeHead(found.status, { 'content-type': 'application/json' }).end(found.body);
}

const notFound = JSON.stringify({ errors: [{ msg: 'Not Found', code: 404 }] });

const bodySizeMax = 1024 * 1024;

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bodySizeMax) throw new RangeError('the request body is too large');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function urlOf(server: Server): string {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

async function endAtOnce(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) socket.destroy();
  await closed;
}
