import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { ClientGone, type Failure, statusOf } from '../errors.ts';
import type { Context } from '../graphql/context.ts';
import type { Caller } from '../model/access.ts';
import { answerBy } from './answer.ts';
import { refuseForeignBody, takeJson } from './body.ts';
import type { Callers, Identity } from './caller.ts';
import { bodyOf, errorBody, refusalOf, shapedRefusal } from './errors.ts';
import { serveGraphiql } from './graphiql.ts';
import type { Intake } from './intake.ts';
import { createListener, type ListenerSettings } from './listener.ts';
import type { Overload } from './overload.ts';
import { isRefusal, type Refused, sendRefused, wordsOf } from './refuse.ts';

export type HttpSettings = ListenerSettings & {
  readonly bodyBytesMax: number;
  readonly bodyDepthMax: number;
  readonly corsOrigins: readonly string[];
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
  readonly onBug: (error: unknown, requestId: string) => void;
};

/** One line of the log for each request. */
export type RequestLine = {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly tookMs: number;
  /** Told to come again: nothing was done for it. */
  readonly isTurnedAway: boolean;
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
  onBug,
}: AppParts): FastifyInstance {
  const app = fastify({
    logger: false,
    serverFactory: (handler) => createListener(settings, handler),
    bodyLimit: settings.bodyBytesMax,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
    frameworkErrors: (error, request, reply) => {
      sendRefusal(reply, request, error.statusCode ?? 400);
    },
    clientErrorHandler: refuseConnection,
  });
  takeJson(app, settings.bodyDepthMax);
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      return sendRefusal(reply, request, 400);
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // A connection that is kept would hold up stopping.
    if (isClosing()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const path = (request.url.split('?', 1)[0] ?? '').slice(0, pathLengthMax);
    const tookMs = Math.round(reply.elapsedTime);
    const isTurnedAway = reply.statusCode === 503 && reply.hasHeader('retry-after');
    const { id: requestId, method } = request;
    onRequest({ requestId, method, path, status: reply.statusCode, tookMs, isTurnedAway }, request);
  });
  app.setErrorHandler((error, request, reply) => {
    if (isRefusal(error)) {
      onRefusal(wordsOf(error), request);
      return sendRefused(reply, request, error);
    }
    const { statusCode = 500 } = error as { readonly statusCode?: number };
    if (500 <= statusCode) onBug(error, request.id);
    return sendRefusal(reply, request, statusCode);
  });
  app.setNotFoundHandler((request, reply) => sendRefusal(reply, request, 404));
  mountHealth(app, isReady, settings.isMetricsServed ? metrics : null);
  return app;
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

export type GraphqlParts = {
  readonly intake: Intake;
  readonly apollo: ApolloServer<Context>;
  /** Answers a request in the span of its operation. */
  readonly traced: <T>(request: object, work: () => Promise<T>) => Promise<T>;
  readonly identify: Callers['identify'];
  readonly overload: Overload;
};

/** Adds what needs awaiting: headers, CORS, GraphQL, GraphiQL. */
export async function mountGraphql(
  app: FastifyInstance,
  { intake, apollo, traced, identify, overload }: GraphqlParts,
  settings: HttpSettings,
  contextOf: (request: FastifyRequest, caller: Caller, gone: AbortSignal) => Context,
): Promise<void> {
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy } });
  if (settings.corsOrigins.length > 0) {
    await app.register(cors, {
      origin: [...settings.corsOrigins],
      methods: ['GET', 'POST'],
      maxAge: 600,
      strictPreflight: false,
    });
  }
  const callers = new WeakMap<FastifyRequest, Caller>();
  const context = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = callers.get(request);
    if (caller === undefined) throw new Error('nobody was told who asks');
    return contextOf(request, caller, whenGone(reply));
  };
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    // Before the body is read: strangers don't get to send one, and what is too much costs next to nothing.
    onRequest: [
      async (request, reply) => {
        const identity = await identify(request);
        if (identity.kind === 'refused') return sendStranger(reply, request, identity);
        callers.set(request, identity.caller);
      },
      (request, reply, begin) => {
        const refuse = (failure: Failure) => sendFailure(reply, request, failure);
        overload.enter(callers.get(request)?.id ?? '', reply.raw, { begin, refuse });
      },
    ],
    preParsing: async (request) => refuseForeignBody(request),
    handler: async (request, reply) => {
      const asked = intake(request);
      return await traced(request, async () =>
        answerBy(apollo, asked, { request, reply }, await context(request, reply)),
      );
    },
    onSend: async (request, { statusCode }, payload) =>
      400 <= statusCode && typeof payload === 'string' ? shapedRefusal(payload, statusCode, request.id) : payload,
  });
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', ...(settings.corsOrigins.length > 0 ? [] : ['OPTIONS'])],
    url: '/graphql',
    onRequest: async (request, reply) => sendRefusal(reply.header('allow', 'GET, POST'), request, 405),
    handler: async () => undefined,
  });
  if (settings.isGraphiqlServed) await serveGraphiql(app);
}

/** GraphiQL's editor styles its own elements; everything else comes from this very host. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Aborts when nobody waits any more: the client has left, or has its answer. */
function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const leave = () => gone.abort(new ClientGone('nobody waits for this answer'));
  if (reply.raw.closed) leave();
  else reply.raw.once('close', leave);
  return gone.signal;
}

function sendRefusal(reply: FastifyReply, request: FastifyRequest, statusCode: number): FastifyReply {
  const { status, code, message, reason } = refusalOf(statusCode);
  return reply
    .status(status)
    .type('application/json; charset=utf-8')
    .send(errorBody(code, message, request.id, reason));
}

function sendStranger(
  reply: FastifyReply,
  request: FastifyRequest,
  { failure, challenge }: Extract<Identity, { readonly kind: 'refused' }>,
): FastifyReply {
  if (challenge !== null) reply.header('www-authenticate', challenge);
  return sendFailure(reply, request, failure);
}

function sendFailure(reply: FastifyReply, request: FastifyRequest, failure: Failure): FastifyReply {
  if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', failure.retryAfterSeconds);
  return reply.status(statusOf(failure.code)).type('application/json; charset=utf-8').send(bodyOf(failure, request.id));
}

/** What isn't even HTTP, or is too long or too slow for it, has no request to answer to: it is told on the bare socket. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
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
  const { status, code, message, reason } = refusalOf(statuses[error.code ?? ''] ?? 400);
  const body = errorBody(code, message, randomUUID(), reason);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
  ];
  socket.end(`${[...head, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`);
}
