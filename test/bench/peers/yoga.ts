import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { bodyOf, headers, origin, path, port } from './endpoint.ts';
import { type ListArguments, listConversations, type RankArguments, type ReadPage, rankAgents } from './lists.ts';
import { typeDefs } from './sdl.ts';

// GraphQL Yoga on node:http. The endpoint is asked with Node's own fetch.

const readPage: ReadPage = async (window, offset, limit) => {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(bodyOf(window, offset, limit)),
  });
  if (!response.ok) throw new Error(`the upstream answered ${response.status}`);
  return await response.json();
};

const schema = createSchema({
  typeDefs,
  resolvers: {
    Query: {
      conversations: (_: unknown, args: ListArguments) => listConversations(args, readPage),
      agents: (_: unknown, args: RankArguments) => rankAgents(args, readPage),
    },
  },
});

createServer(createYoga({ schema, logging: false, graphiql: false })).listen(port, '127.0.0.1');
