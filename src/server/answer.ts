import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../graphql/context.ts';
import { plainAccept } from './accept.ts';
import type { GraphqlRequest } from './intake.ts';

/** Has Apollo answer a request that was taken in, and passes on what it says. */
export async function answerBy(
  apollo: ApolloServer<Context>,
  { method, query, operationName, variables }: GraphqlRequest,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  contextValue: Context,
): Promise<string> {
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
  for (const [name, value] of headers) reply.header(name, value);
  reply.status(status ?? 200);
  // Parts that come one by one are asked for by directives that the schema doesn't have.
  if (body.kind !== 'complete') throw new Error('an answer in parts');
  return body.string;
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
