import fastify from 'fastify';
import mercurius from 'mercurius';
import { Pool } from 'undici';
import { bodyOf, headers, origin, path, port } from './endpoint.ts';
import { type ListArguments, listConversations, type RankArguments, type ReadPage, rankAgents } from './lists.ts';
import { typeDefs } from './sdl.ts';

// Mercurius on Fastify, its compiler on from the first request of an operation. The endpoint is asked with undici.

const pool = new Pool(origin);

const readPage: ReadPage = async (window, offset, limit) => {
  const body = JSON.stringify(bodyOf(window, offset, limit));
  const response = await pool.request({ path, method: 'POST', headers, body });
  if (response.statusCode !== 200) throw new Error(`the upstream answered ${response.statusCode}`);
  return JSON.parse(await response.body.text());
};

const app = fastify();
app.register(mercurius, {
  schema: typeDefs,
  jit: 1,
  resolvers: {
    Query: {
      conversations: (_: unknown, args: ListArguments) => listConversations(args, readPage),
      agents: (_: unknown, args: RankArguments) => rankAgents(args, readPage),
    },
  },
});
await app.listen({ host: '127.0.0.1', port });
