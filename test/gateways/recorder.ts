import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Asked } from '../supergraph/asked.ts';

/** A request that came by, with its headers. */
export type Recorded = Asked & { readonly headers: IncomingHttpHeaders };

/** Stands between a gateway and a subgraph and writes down what passes. */
export type Recorder = {
  readonly url: string;
  readonly requests: readonly Recorded[];
  forget(): void;
  /** The next request is not handed on, but refused as a proxy refuses. */
  refuseNext(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts one in front of a subgraph, on a free port of loopback. */
export async function startRecorder(to: Asked['to'], subgraphUrl: string): Promise<Recorder> {
  const requests: Recorded[] = [];
  let isRefusing = false;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const { query = '', variables = {} } = JSON.parse(body);
      requests.push({ to, query, variables, headers: request.headers });
      if (isRefusing) {
        isRefusing = false;
        response.writeHead(503, { 'content-type': 'text/plain' }).end('no');
        return;
      }
      const headers = headersOf(request.headers);
      const answer = await fetch(subgraphUrl, { method: 'POST', headers, body });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
      response.end(await answer.text());
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    requests,
    forget: () => {
      requests.length = 0;
    },
    refuseNext: () => {
      isRefusing = true;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What describes the body or the connection is for `fetch` to say anew. */
function headersOf(headers: IncomingHttpHeaders): Record<string, string> {
  const own = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'keep-alive'];
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !own.includes(name) ? [[name, value]] : [],
    ),
  );
}
