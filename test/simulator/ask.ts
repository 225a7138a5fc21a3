import { connect, type Socket } from 'node:net';
import { SignJWT } from 'jose';
import type { Simulator } from './simulator.ts';

/** The day that tests ask for, as a request body: the first page of a full UTC day. */
export const day = { startDate: '2026-03-23 00:00:00', endDate: '2026-03-23 23:59:59', offset: 0, limit: 100 };
export const dayFromMs = Date.parse('2026-03-23T00:00:00Z');
export const dayUntilMs = Date.parse('2026-03-24T00:00:00Z');

/** A token as the gateway would sign it: `appId` and whatever else is claimed. */
export function signToken(
  { account }: Simulator,
  claims: Record<string, unknown> = {},
  alg = 'HS256',
  secret = account.clientSecret,
): Promise<string> {
  return new SignJWT({ appId: account.clientId, ...claims })
    .setProtectedHeader({ alg, typ: 'JWT' })
    .sign(new TextEncoder().encode(secret));
}

/** An answer; `json` throws where the text is none. */
export type Told = { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: Page };

/** The envelope as the tests read it; nothing is checked. */
type Page = {
  readonly results: readonly Record<string, unknown>[];
  readonly totalResults: number;
  readonly totalPages: number;
  readonly hasMore: boolean;
  readonly errors?: readonly Record<string, unknown>[];
};

/** Makes one call, with good credentials unless `headers` replace them. */
export async function ask(
  simulator: Simulator,
  body: unknown = day,
  headers: Record<string, string> = {},
): Promise<Told> {
  const { accountId, orgId, streamId } = simulator.account;
  const auth = headers['auth'] ?? (await signToken(simulator));
  const response = await fetch(urlOf(simulator, streamId), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', accountId, orgId, ...headers, auth },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

/** The address of a stream's scores. */
export function urlOf({ url }: Simulator, streamId: string): string {
  return `${url}/qualityai/api/v1/public/qualitymanagement/app/${streamId}/scorereporting`;
}

/** A call over a bare socket, to see the bytes themselves. */
export type Line = {
  /** All bytes up to now. */
  text(): string;
  /** Resolves when the bytes satisfy a condition. */
  until(condition: (text: string) => boolean): Promise<void>;
  /** How the server ended the connection. */
  readonly ended: Promise<'fin' | 'reset'>;
  send(): void;
  hangUp(): void;
};

/** Opens a connection and makes a call on it. */
export async function askRaw(simulator: Simulator): Promise<Line> {
  const { accountId, orgId, streamId } = simulator.account;
  const { hostname, port, pathname, host } = new URL(urlOf(simulator, streamId));
  const body = JSON.stringify({ ...day, limit: 5 });
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\naccountId: ${accountId}\r\norgId: ${orgId}\r\nauth: ${await signToken(simulator)}\r\n`;
  const socket = connect(Number(port), hostname);
  const line = listenOn(socket, `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  line.send();
  return line;
}

function listenOn(socket: Socket, request: string): Line {
  let text = '';
  let look: () => void = () => {};
  const ended = new Promise<'fin' | 'reset'>((resolve) => {
    socket.on('end', () => resolve('fin'));
    socket.on('error', () => resolve('reset'));
  });
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    look();
  });
  return {
    text: () => text,
    until: (condition) =>
      new Promise((resolve) => {
        look = () => {
          if (condition(text)) resolve();
        };
        look();
      }),
    ended,
    send: () => socket.write(request),
    hangUp: () => socket.destroy(),
  };
}
