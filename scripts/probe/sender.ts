import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Agent } from 'undici';
import type { Config } from '../../src/config.ts';
import { createCredential, type JwtAlgorithm } from '../../src/kore/credential.ts';
import type { Clock } from '../../src/model/ports.ts';
import { type Ask, bodyOf, type TokenKind } from './ask.ts';
import type { Received } from './reply.ts';

/** Sends one call and keeps all of the response: headers and words too, which the gateway's own client throws away. */
export type Sender = {
  send(ask: Ask): Promise<Received>;
  close(): Promise<void>;
};

/** The headers that a report may speak of. Others may name hosts or people, and are not kept. */
const headersKept = ['content-type', 'content-encoding', 'date', 'retry-after'];
const rateHeader = /^(x-)?rate-?limit/i;

/** A sender with the gateway's bounds of time and size; nothing is sent twice, nothing is redirected. */
export function createSender(config: Config, clock: Clock): Sender {
  const agent = new Agent({
    pipelining: 1,
    allowH2: false,
    connections: 1,
    maxResponseSize: config.KORE_BODY_BYTES_MAX,
    headersTimeout: config.KORE_HEADERS_TIMEOUT_MS,
    bodyTimeout: config.KORE_BODY_IDLE_TIMEOUT_MS,
    connect: { timeout: config.KORE_CONNECT_TIMEOUT_MS },
  });
  const tokenOf = createTokens(config, clock);
  return {
    async send(ask) {
      const token = await tokenOf(ask.token);
      const beganAt = clock.elapsed();
      const done = () => ({ tookMs: Math.round(clock.elapsed() - beganAt), atMs: clock.now() });
      try {
        const { status, headers, bytes } = await post(agent, config, bodyOf(ask), token);
        const isGzip = headers['content-encoding'] === 'gzip';
        const text = (isGzip ? gunzipSync(bytes, { maxOutputLength: config.KORE_BODY_BYTES_MAX }) : bytes).toString();
        return { status, headers, text, byteCount: bytes.length, isTooLarge: false, ...done() };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : null;
        const isTooLarge = code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code === 'ERR_BUFFER_TOO_LARGE';
        return { status: null, headers: {}, text: '', byteCount: 0, isTooLarge, ...done() };
      }
    },
    close: () => agent.destroy(),
  };
}

async function post(agent: Agent, config: Config, body: string, token: string) {
  const answer = await agent.request({
    origin: new URL(config.KORE_BASE_URL).origin,
    path: `/qualityai/api/v1/public/qualitymanagement/app/${encodeURIComponent(config.KORE_STREAM_ID)}/scorereporting`,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'gzip',
      auth: token,
      accountid: config.KORE_ACCOUNT_ID,
      orgid: config.KORE_ORG_ID,
    },
    body,
    signal: AbortSignal.timeout(config.KORE_ATTEMPT_TIMEOUT_MS),
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (headersKept.includes(name) || rateHeader.test(name)) headers[name] = String(value);
  }
  return { status: answer.statusCode, headers, bytes };
}

/** A text that no server takes for a token. */
const garbage = 'not-a-token';

function createTokens(config: Config, clock: Clock): (kind: TokenKind) => Promise<string> {
  const signed = (isSingleUse: boolean, algorithm: JwtAlgorithm) =>
    createCredential(
      {
        clientId: config.KORE_CLIENT_ID,
        clientSecret: config.KORE_CLIENT_SECRET,
        algorithm,
        isSingleUse,
        lifetimeSeconds: config.KORE_JWT_LIFETIME_SECONDS,
      },
      clock,
      randomUUID,
    );
  const { KORE_JWT_ALGORITHM: algorithm, KORE_JTI: isSingleUse } = config;
  const credentials = {
    usual: signed(isSingleUse, algorithm),
    'with-jti': signed(true, algorithm),
    'without-jti': signed(false, algorithm),
    'other-algorithm': signed(isSingleUse, otherAlgorithm(algorithm)),
  };
  return async (kind) => (kind === 'garbage' ? garbage : await credentials[kind].token(false));
}

/** What the same key can sign as well. */
export function otherAlgorithm(algorithm: JwtAlgorithm): JwtAlgorithm {
  if (algorithm.startsWith('HS')) return algorithm === 'HS512' ? 'HS256' : 'HS512';
  return algorithm === 'RS512' ? 'RS256' : 'RS512';
}
