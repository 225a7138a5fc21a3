import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const builtFolder = fileURLToPath(new URL('../../dist/graphiql/', import.meta.url));

/** Whether the page has been built, by `npm run build`. */
export function isGraphiqlBuilt(): boolean {
  return existsSync(`${builtFolder}index.html`);
}

/** Serves the built page, which asks nobody but this host, at /graphiql/. */
export async function serveGraphiql(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, { root: builtFolder, prefix: '/graphiql/', index: 'index.html' });
  for (const path of ['/', '/graphiql']) app.get(path, (_, reply) => reply.redirect('/graphiql/'));
}
