import { type Agent, request as askHttp, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { isFailureCode } from '../../src/errors.ts';

/** A request to the letter: nothing is added but what HTTP needs. */
export type Letter = {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string | undefined;
};

export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

/** Sends it, on a connection of this agent or (false) of its own. */
export function exchange(
  url: string,
  { method, path, headers, body }: Letter,
  agent: Agent | false = false,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = askHttp(`${url}${path}`, { method, headers, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    // Who is refused before he has sent it all may find the connection closed; the answer is there all the same.
    asked.on('error', reject);
    asked.end(body);
  });
}

const apolloCodes: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** Whether a client may be told this code: it is of the closed set. */
export function isKnownCode(code: unknown): boolean {
  return isFailureCode(code) || apolloCodes.has(code);
}
