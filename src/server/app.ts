import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import { takeJson } from './body.ts';
import { judgeFraming } from './framing.ts';
import { httpFailure } from './http-failures.ts';
import { createListener, type ListenerSettings } from './listener.ts';
import { isRefusal, type Refused, wordsOf } from './refusal.ts';
import { failureBody, sendHttpFailure, sendRefusal } from './send.ts';

export type HttpSettings = ListenerSettings & {
  readonly bodyBytesMax: number;
  readonly bodyDepthMax: number;
  readonly corsOrigins: readonly string[];
  /** Seconds that a browser may keep an answer to a GET, at most; 0: it keeps none. */
  readonly keptSecondsMax: number;
  readonly isGraphiqlServed: boolean;
  /** Whether /metrics is at this port. */
  readonly isMetricsServed: boolean;
};

export type AppParts = {
  readonly settings: HttpSettings;
  /** Whether new requests are welcome. Never asks the upstream. */
  readonly isReady: () => boolean;
  /** Whether it is about to stop, and every connection with it. */
  readonly isClosing: () => boolean;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Told of each request that was answered; `request` is the same object that the context was made from. */
  readonly onRequest: (line: RequestLine, request: object) => void;
  /** Told of each request that was refused before GraphQL heard of it. */
  readonly onRefusal: (refused: Refused, request: object) => void;
  /** Told of each connection that was cut because its client didn't take his answer. */
  readonly onUntaken: () => void;
  readonly onBug: (error: unknown, requestId: string) => void;
};

/** One line of the log for each request. What couldn't be read as HTTP has no method and no path, and nobody knows when it began. */
export type RequestLine = {
  readonly requestId: string;
  readonly method: string | null;
  readonly path: string | null;
  readonly status: number;
  readonly tookMs: number | null;
};

/** As much of an address as the log needs. */
const pathLengthMax = 200;

const requestIdPattern = /^[A-Za-z0-9._-]{1,64}$/;

/** The HTTP host. */
export function createApp({
  settings,
  isReady,
  isClosing,
  metrics,
  onRequest,
  onRefusal,
  onUntaken,
  onBug,
}: AppParts): FastifyInstance {
  const app = fastify({
    logger: false,
    serverFactory: (handler) => createListener(settings, handler, onUntaken),
    bodyLimit: settings.bodyBytesMax,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
    frameworkErrors: (error, request, reply) => {
      sendHttpFailure(reply, request, error.statusCode ?? 400);
    },
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, { onRequest, onRefusal }),
  });
  takeJson(app, settings.bodyDepthMax);
  judgeFraming(app);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // A connection that is kept would hold up stopping.
    if (isClosing()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const path = (request.url.split('?', 1)[0] ?? '').slice(0, pathLengthMax);
    const tookMs = Math.round(reply.elapsedTime);
    const { id: requestId, method } = request;
    onRequest({ requestId, method, path, status: reply.statusCode, tookMs }, request);
  });
  refuseWhatFails(app, { onRefusal, onBug });
  app.setNotFoundHandler((request, reply) => sendHttpFailure(reply, request, 404));
  mountHealth(app, isReady, settings.isMetricsServed ? metrics : null);
  return app;
}

/** Answers what was thrown before GraphQL heard of a request: a refusal in its words, everything else masked. */
function refuseWhatFails(app: FastifyInstance, { onRefusal, onBug }: Pick<AppParts, 'onRefusal' | 'onBug'>): void {
  app.setErrorHandler((error, request, reply) => {
    if (isRefusal(error)) {
      onRefusal(wordsOf(error), request);
      return sendRefusal(reply, request, error);
    }
    const { statusCode = 500 } = error as { readonly statusCode?: number };
    if (500 <= statusCode) onBug(error, request.id);
    return sendHttpFailure(reply, request, statusCode);
  });
}

/** What an orchestrator asks: none of it asks the upstream. */
function mountHealth(app: FastifyInstance, isReady: AppParts['isReady'], metrics: AppParts['metrics'] | null): void {
  app.get('/live', async () => ({ status: 'live' }));
  app.get('/ready', async (_, reply) => {
    reply.status(isReady() ? 200 : 503);
    return { status: isReady() ? 'ready' : 'not ready' };
  });
  if (metrics === null) return;
  app.get('/metrics', async (_, reply) => {
    const { contentType, text } = await metrics();
    return await reply.type(contentType).send(text);
  });
}

/** What isn't even HTTP, or is too long or too slow for it, has no request to answer to: it is told on the bare socket. */
function refuseConnection(
  error: NodeJS.ErrnoException,
  socket: Socket,
  { onRequest, onRefusal }: Pick<AppParts, 'onRequest' | 'onRefusal'>,
): void {
  // Whose TLS was no good, or never came, can't be told anything.
  if (!socket.writable || !/^(HPE|ERR_HTTP)_/.test(error.code ?? '')) {
    socket.destroy();
    return;
  }
  const statuses: Readonly<Record<string, number>> = {
    HPE_HEADER_OVERFLOW: 431,
    HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
    ERR_HTTP_REQUEST_TIMEOUT: 408,
  };
  const { status, failure } = httpFailure(statuses[error.code ?? ''] ?? 400);
  const requestId = randomUUID();
  onRefusal(failure, socket);
  onRequest({ requestId, method: null, path: null, status, tookMs: null }, socket);
  const body = failureBody(failure, requestId);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `x-request-id: ${requestId}`,
  ];
  socket.end(`${[...head, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`);
}
