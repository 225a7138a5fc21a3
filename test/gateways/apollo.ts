import { readFileSync } from 'node:fs';
import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

// Apollo Gateway as it should ask us: knows the secret, hands the client's own headers on, waits for as long as we may take, asks once.

type Context = { readonly headers: Readonly<Record<string, string | string[] | undefined>> };

const { SUPERGRAPH = '', SCORES_ROUTER_SECRET = '' } = process.env;
/** A second more than OPERATION_DEADLINE_MS of ours, so that it is ours that says what was too slow. */
const timeoutMs = 16_000;

class Subgraph extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Context>): void {
    // The gateway asks subgraphs of its own at start too: then there is no client.
    if (!('headers' in context)) return;
    for (const name of ['authorization', 'x-request-id', 'apollographql-client-name']) {
      const value = context.headers[name];
      if (typeof value === 'string') request.http?.headers.set(name, value);
    }
  }
}

class Scores extends Subgraph {
  override willSendRequest(options: GraphQLDataSourceProcessOptions<Context>): void {
    super.willSendRequest(options);
    options.request.http?.headers.set('router-authorization', SCORES_ROUTER_SECRET);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(SUPERGRAPH, 'utf8'),
  buildService: ({ name, url = '' }) =>
    name === 'scores' ? new Scores({ url, fetcher: askOnce }) : new Subgraph({ url, fetcher: askOnce }),
});

const server = new ApolloServer<Context>({ gateway, includeStacktraceInErrorResponses: false });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => ({ headers: req.headers }),
});
process.stdout.write(`ready ${url}\n`);

function askOnce(
  url: string,
  { method = 'POST', headers = {}, body }: Parameters<RemoteGraphQLDataSource['fetcher']>[1] = {},
): ReturnType<typeof fetch> {
  return fetch(url, { method, headers, body: String(body), signal: AbortSignal.timeout(timeoutMs) });
}
