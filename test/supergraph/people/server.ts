import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { GraphQLSchema } from 'graphql';

/** The second subgraph over HTTP, on a free port of loopback. */
export async function servePeople(
  schema: GraphQLSchema,
): Promise<{ readonly url: string; [Symbol.asyncDispose](): Promise<void> }> {
  const server = new ApolloServer({
    schema,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return { url: `${url}graphql`, [Symbol.asyncDispose]: () => server.stop() };
}
