import { SignJWT } from 'jose';
import { expect } from 'vitest';
import { freePort } from '../free-port.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';
import { loadSdk, type Spans } from './spans.ts';

/** What is planted wherever something secret is, and must be found nowhere else. */
const canary = 'canary';
const secretOf = (what: string) => `${canary}-of-${what}-0123456789abcdef0123456789abcdef`;

/** A gateway all of whose secrets can be told by sight, over an upstream that gives away its own in every answer that fails. */
export type Planted = {
  readonly kore: Simulator;
  readonly gateway: GatewayUnderTest;
  /** A good token, secret like every one. */
  readonly token: string;
  /** The settings, tokens and words of the upstream that must not be seen, as a pattern. */
  readonly secrets: RegExp;
  /** Holds that neither the log, nor figures, nor spans have a secret or a bug. */
  checkTraces(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts one. To be called once in a process. */
export async function startPlanted(settings: Readonly<Record<string, string>> = {}): Promise<Planted> {
  const spans = loadSdk();
  const account = {
    accountId: `${canary}-account`,
    orgId: `o-${canary}`,
    streamId: `st-${canary}`,
    clientId: `cs-${canary}`,
    clientSecret: secretOf('client'),
  };
  const kore = await startSimulator({ conversationsPerDay: 8, account, switches: { quotaLimit: 0 } });
  const metricsPort = String(await freePort());
  const gateway = await startTestGateway(kore, {
    settings: {
      AUTH: 'jwt',
      METRICS_PORT: metricsPort,
      AUTH_JWT_SECRET: secretOf('jwt'),
      AUTH_ISSUER: `https://${canary}.example`,
      AUTH_AUDIENCE: 'scores',
      CURSOR_SECRET: secretOf('cursor'),
      ROUTER_SECRET: secretOf('router'),
      KORE_ATTEMPTS_MAX: '1',
      OPERATION_DEADLINE_MS: '3000',
      FRESH_TODAY_MS: '600000',
      ...settings,
    },
  });
  const token = await new SignJWT({ roles: ['all-conversations', 'introspection', 'upstream'], secret: canary })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(`https://${canary}.example`)
    .setAudience('scores')
    .setSubject(`${canary}-of-a-person`)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secretOf('jwt')));
  const [, claims = '', signature = ''] = token.split('.');
  const secrets = new RegExp([canary, claims.slice(0, 24), signature].join('|'), 'i');
  return {
    kore,
    gateway,
    token,
    secrets,
    async checkTraces() {
      const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      expect(figures).toContain('gateway_http_requests_total');
      expect(figures).not.toMatch(secrets);
      const lines = gateway.logLines;
      expect(lines.filter((line) => secrets.test(line) || line.includes('"msg":"bug"'))).toEqual([]);
      expect(spanTexts(spans).filter((text) => secrets.test(text))).toEqual([]);
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

function spanTexts(spans: Spans): readonly string[] {
  return spans.all().map(({ name, attributes, events, status }) => JSON.stringify([name, attributes, events, status]));
}

/** Has the upstream give away everything it knows in its next answers, in one of the ways in which answers fail. */
export function leakUpstream({ kore }: Pick<Planted, 'kore'>, which: number): void {
  const text = `${secretOf('upstream')} at 10.1.2.3 Bearer ${kore.account.clientSecret}`;
  const headers = { 'x-debug': secretOf('header'), 'set-cookie': secretOf('cookie') };
  const statuses = [400, 401, 403, 404, 429, 500, 502, 503];
  const status = statuses[which % (statuses.length + 1)];
  if (status === undefined) kore.fault({ kind: 'errors-in-200', message: text, code: 7 });
  else kore.fault({ kind: 'status', status, body: JSON.stringify({ errors: [{ msg: text }] }), headers });
}
