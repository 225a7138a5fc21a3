import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'undici';
import { bodyOf, headers, origin, path, port } from './endpoint.ts';
import { type ListArguments, listConversations, type ReadPage, readWindow } from './lists.ts';

// The floor: no GraphQL at all. It asks, decodes every field, and writes the answer that the others write. `/scan` reads all rows of a window and answers with their count.

const pool = new Pool(origin);

const readPage: ReadPage = async (window, offset, limit) => {
  const body = JSON.stringify(bodyOf(window, offset, limit));
  const response = await pool.request({ path, method: 'POST', headers, body });
  const text = await response.body.text();
  if (response.statusCode !== 200) throw new Error(`the upstream answered ${response.statusCode}`);
  return JSON.parse(text);
};

const server = createServer(async (request, response) => {
  const { variables } = JSON.parse(await textOf(request)) as { variables: ListArguments };
  const answer =
    request.url === '/scan'
      ? { rowCount: (await readWindow(variables.window, readPage)).length }
      : { data: { conversations: await listConversations(variables, readPage) } };
  const text = JSON.stringify(answer);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
});

server.listen(port, '127.0.0.1');

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
