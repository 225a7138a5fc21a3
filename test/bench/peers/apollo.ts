import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { bodyOf, headers, origin, path, port, type Window } from './endpoint.ts';
import { type ListArguments, listConversations, type RankArguments, rankAgents } from './lists.ts';
import { typeDefs } from './sdl.ts';
import type { WirePage } from './wire.ts';

// Apollo Server with a data source for the endpoint, as its tutorials write it: one data source for each request, made in the context.

class ScoresAPI extends RESTDataSource {
  override baseURL = origin;

  readPage(window: Window, offset: number, limit: number): Promise<WirePage> {
    return this.post(path, { headers, body: bodyOf(window, offset, limit) });
  }
}

type Context = { readonly scores: ScoresAPI };

const resolvers = {
  Query: {
    conversations: (_: unknown, args: ListArguments, { scores }: Context) =>
      listConversations(args, (...page) => scores.readPage(...page)),
    agents: (_: unknown, args: RankArguments, { scores }: Context) =>
      rankAgents(args, (...page) => scores.readPage(...page)),
  },
};

const server = new ApolloServer<Context>({ typeDefs, resolvers });
await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port },
  context: async () => ({ scores: new ScoresAPI({ cache: server.cache }) }),
});
