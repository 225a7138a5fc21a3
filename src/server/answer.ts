import type { Readable } from 'node:stream';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../errors.ts';
import { answerPieces, dataIn, hasErrors } from '../graphql/answer-bytes.ts';
import type { Context } from '../graphql/context.ts';
import { plainAccept } from './accept.ts';
import { httpFailure } from './http-failures.ts';
import type { GraphqlRequest } from './intake.ts';
import { sayKeeping } from './keeping.ts';
import { failureBody } from './send.ts';
import { inPieces } from './taking.ts';

/**
 * Has Apollo answer a request that was taken in, and passes on what it says, its data as the executor wrote them. A browser may keep it for `keptSecondsMax` at most. Throws what is a bug of this
 * gateway's own.
 */
export async function answerBy(
  apollo: ApolloServer<Context>,
  { method, query, operationName, variables }: GraphqlRequest,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  contextValue: Context,
  keptSecondsMax: number,
): Promise<string | Buffer | Readable> {
  // What isn't there must not be named either.
  const asked = {
    query,
    ...(operationName === undefined ? {} : { operationName }),
    ...(variables === undefined ? {} : { variables }),
  };
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method,
      headers: headersOf(request),
      body: method === 'POST' ? asked : undefined,
      search: method === 'GET' ? searchOf(asked) : '',
    },
    context: async () => contextValue,
  });
  // What Apollo says of keeping an answer knows nothing of what it rests on.
  for (const [name, value] of headers) if (name !== 'cache-control') reply.header(name, value);
  reply.status(status ?? 200);
  // Parts that come one by one are asked for by directives that the schema doesn't have.
  if (body.kind !== 'complete') throw new Error('an answer in parts');
  const data = dataIn(body.string, contextValue.written.data);
  const isWithoutErrors = data !== null && !hasErrors(body.string);
  sayKeeping(reply, { isGet: method === 'GET', isWithoutErrors }, contextValue, keptSecondsMax);
  if (data === null && 400 <= (status ?? 200)) return inShape(body.string, status ?? 200, request.id);
  return inPieces(reply, answerPieces(body.string, data));
}

type ForeignBody = {
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly requestId?: string } }[];
};

/**
 * Shapes what Apollo refuses before it has an operation, such as a mutation by GET: its messages are fixed texts, its codes are none of ours. A body that already is in
 * shape stays as it is.
 */
function inShape(body: string, status: number, requestId: string): string {
  const { errors: [first] = [] } = JSON.parse(body) as ForeignBody;
  if (first === undefined || first.extensions?.requestId !== undefined) return body;
  const { failure } = httpFailure(status);
  // A bug of this gateway's own: nothing that was thrown is told.
  if (500 <= status) return failureBody(httpFailure(500).failure, requestId);
  const { reason } = failure;
  return failureBody(new Failure('BAD_USER_INPUT', first.message, reason === undefined ? {} : { reason }), requestId);
}

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && name !== 'accept') map.set(name, Array.isArray(value) ? value.join(', ') : value);
  const accept = plainAccept(headers.accept);
  if (accept !== undefined) map.set('accept', accept);
  return map;
}

function searchOf({
  variables,
  ...texts
}: {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: object;
}): string {
  const search = new URLSearchParams(texts);
  if (variables !== undefined) search.set('variables', JSON.stringify(variables));
  return `?${search}`;
}
