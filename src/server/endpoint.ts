import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ClientGone, type Failure } from '../errors.ts';
import type { Context } from '../graphql/context.ts';
import type { Caller } from '../model/access.ts';
import { answerBy } from './answer.ts';
import type { HttpSettings } from './app.ts';
import { refuseForeignBody } from './body.ts';
import type { Callers } from './caller.ts';
import { welcomeBody } from './framing.ts';
import { serveGraphiql } from './graphiql.ts';
import type { Intake } from './intake.ts';
import { forbidKeeping } from './keeping.ts';
import type { Overload } from './overload.ts';
import type { Refused } from './refusal.ts';
import { sendFailure, sendHttpFailure, sendStranger } from './send.ts';

export type GraphqlParts = {
  readonly intake: Intake;
  readonly apollo: ApolloServer<Context>;
  readonly identify: Callers['identify'];
  readonly overload: Overload;
  readonly reports: EndpointReports;
};

export type EndpointReports = {
  /** Answers a request in the span of its operation. */
  traced<T>(request: object, work: () => Promise<T>): Promise<T>;
  /** Whoever asks isn't known. */
  refused(refused: Refused, request: object): void;
  /** There is too much to do: nothing was done for this request. */
  turnedAway(request: object): void;
};

type ContextOf = (request: FastifyRequest, caller: Caller, gone: AbortSignal) => Context;

/** Adds what needs awaiting: headers, CORS, GraphQL, GraphiQL. */
export async function mountGraphql(
  app: FastifyInstance,
  parts: GraphqlParts,
  settings: HttpSettings,
  contextOf: ContextOf,
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
  forbidKeepingRefusals(app);
  mountRoute(app, parts, settings, contextOf);
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', ...(settings.corsOrigins.length > 0 ? [] : ['OPTIONS'])],
    url: '/graphql',
    onRequest: async (request, reply) => sendHttpFailure(reply.header('allow', 'GET, POST'), request, 405),
    handler: async () => undefined,
  });
  if (settings.isGraphiqlServed) await serveGraphiql(app);
}

/** The way of a request for GraphQL, with what may refuse it in this order: who asks, whether there is time for it, how it is written, what it asks. */
function mountRoute(
  app: FastifyInstance,
  { intake, apollo, identify, overload, reports }: GraphqlParts,
  { keptSecondsMax }: Pick<HttpSettings, 'keptSecondsMax'>,
  contextOf: ContextOf,
): void {
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
        if (identity.kind === 'refused') {
          reports.refused(identity.failure, request);
          return sendStranger(reply, request, identity);
        }
        callers.set(request, identity.caller);
      },
      (request, reply, begin) => {
        const refuse = (failure: Failure) => {
          reports.turnedAway(request);
          sendFailure(reply, request, failure);
        };
        overload.enter(callers.get(request)?.id ?? '', reply.raw, { begin, refuse });
      },
    ],
    preParsing: async (request, reply) => {
      refuseForeignBody(request);
      welcomeBody(request, reply);
    },
    handler: async (request, reply) => {
      const asked = intake(request);
      return await reports.traced(request, async () =>
        answerBy(apollo, asked, { request, reply }, await context(request, reply), keptSecondsMax),
      );
    },
  });
}

/** What was refused before it was answered says nothing of keeping it. */
function forbidKeepingRefusals(app: FastifyInstance): void {
  app.addHook('onSend', async ({ routeOptions }, reply) => {
    if (routeOptions.url === '/graphql' && !reply.hasHeader('cache-control')) forbidKeeping(reply);
  });
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

/** Made once: every request ends with it. */
const nobodyWaits = new ClientGone('nobody waits for this answer');

/** Aborts when nobody waits any more: the client has left, or has its answer. */
function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const leave = () => gone.abort(nobodyWaits);
  if (reply.raw.closed) leave();
  else reply.raw.once('close', leave);
  return gone.signal;
}
