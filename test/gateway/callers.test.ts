import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { attacks } from '../issuer/attacks.ts';
import { type Issuer, startIssuer } from '../issuer/issuer.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

const origin = 'https://desk.example';
const routerSecret = 'known-to-the-router-alone';
const json = { 'content-type': 'application/json' };

let kore: Simulator;
let issuer: Issuer;
let gateway: GatewayUnderTest;
let figuresUrl: string;
beforeAll(async () => {
  kore = await startSimulator({ conversationsPerDay: 20, switches: { quotaLimit: 0 } });
  issuer = await startIssuer();
  const metricsPort = String(await freePort());
  figuresUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  const ours = { LOG_LEVEL: 'debug', CORS_ORIGINS: origin, ROUTER_SECRET: routerSecret, METRICS_PORT: metricsPort };
  gateway = await startTestGateway(kore, { settings: { ...issuer.settings, ...ours } });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
  await kore[Symbol.asyncDispose]();
});
beforeEach(() => {
  kore.resetCalls();
});

const query = `{ conversations(${dayWindow('2026-03-02')}, first: 1) { totalCount } }`;
const body = JSON.stringify({ query });
const asking: RequestInit = { method: 'POST', headers: json, body };

const refusalOf = (code: string, reason: string, message: string) => ({
  errors: [{ message, extensions: { code, reason, retryable: false, requestId: expect.any(String) } }],
});
const badToken = refusalOf('UNAUTHENTICATED', 'TOKEN', 'The bearer token is not valid here');
const noToken = refusalOf('UNAUTHENTICATED', 'TOKEN_MISSING', 'This gateway needs a bearer token');

async function told(init: RequestInit, path = '/graphql') {
  const response = await fetch(`${gateway.url}${path}`, init);
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    allowed: response.headers.get('access-control-allow-origin'),
    kept: response.headers.get('cache-control'),
    body: await response.text(),
  };
}

test('who shows a token of the issuer is answered', async () => {
  const token = await issuer.token({ roles: ['all-conversations'] });
  expect(await gateway.queryAs(token, query)).toEqual({ status: 200, data: { conversations: { totalCount: 20 } } });
});

test.for<[title: string, init: RequestInit, path?: string]>([
  ['a question', asking],
  [
    'a question by GET',
    { headers: { 'apollo-require-preflight': '1' } },
    `/graphql?query=${encodeURIComponent(query)}`,
  ],
  ['a body that is none', { ...asking, body: '{' }],
  ['a batch', { ...asking, body: `[${body},${body}]` }],
  ['A23 introspection', { ...asking, body: '{"query":"{ __schema { description } }"}' }],
  ['what any page could send', { method: 'POST', headers: { 'content-type': 'text/plain' }, body }],
  ['a password', { ...asking, headers: { ...json, authorization: 'Basic c29tZWJvZHk6cGFzc3dvcmQ=' } }],
  ['a token elsewhere', asking, '/graphql?access_token=token'],
  ['a body over all bounds', { ...asking, body: JSON.stringify({ query: ' '.repeat(100_000) }) }],
])('who shows no token is asked for one, whatever is sent: %s', async ([, init, path]) => {
  const { status, challenge, body: text } = await told(init, path);
  expect({ status, challenge, answer: JSON.parse(text) }).toEqual({
    status: 401,
    challenge: 'Bearer',
    answer: noToken,
  });
  expect(kore.callCount).toBe(0);
});

describe.for(Object.entries(attacks))('%s', ([, tokens]) => {
  test.for(tokens)('is told what all bad tokens are told, and nothing is read: %s', async ([, make]) => {
    const authorization = `Bearer ${await make(issuer)}`;
    const { status, challenge, body: text } = await told({ ...asking, headers: { ...json, authorization } });
    if (authorization.length < 8_000) {
      const answer = JSON.parse(text);
      expect({ status, challenge, answer }).toEqual({
        status: 401,
        challenge: 'Bearer error="invalid_token"',
        answer: badToken,
      });
    } else expect(status).toBe(431);
    expect(kore.callCount).toBe(0);
  });
});

test('strangers are refused before they have sent a body', async () => {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
});

test('a second header with a good token does not help a bad one', async () => {
  const good = `authorization: Bearer ${await issuer.token()}`;
  for (const headers of [
    `${good}\r\nauthorization: Bearer bad`,
    `authorization: Bearer bad\r\n${good}`,
    `${good}\r\n${good}`,
  ]) {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write(`POST /graphql HTTP/1.1\r\nhost: gateway\r\n${headers}\r\ncontent-length: 0\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
  }
});

test('a page of a listed origin may send a token, and can read why it was refused', async () => {
  const asks = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  };
  const preflight = await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin, ...asks } });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  expect(await told({ ...asking, headers: { ...json, origin } })).toMatchObject({
    status: 401,
    allowed: origin,
    kept: 'private, no-store',
  });
});

test('health and methods that are not taken are open to all', async () => {
  const statusOf = async (path: string, method = 'GET') => (await fetch(`${gateway.url}${path}`, { method })).status;
  expect(await Promise.all(['/live', '/ready', '/nothing'].map((path) => statusOf(path)))).toEqual([200, 200, 404]);
  expect(await statusOf('/graphql', 'PUT')).toBe(405);
});

test('figures count what everybody reads, so they are at a port of their own, or nowhere', async () => {
  expect(await (await fetch(figuresUrl)).text()).toMatch(/^gateway_key_set_age_seconds \d+$/m);
  await using without = await startTestGateway(kore, { settings: issuer.settings });
  for (const { url } of [gateway, without]) expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

describe('the router', () => {
  const asRouter = { 'router-authorization': routerSecret };
  const sdl = '{ _service { sdl } }';
  const statuses = async (headers: Readonly<Record<string, string>>) => {
    const answer = async (text: string) => await gateway.query(text, {}, headers);
    return { sdl: (await answer(sdl)).status, rows: await answer(query) };
  };

  test('without a token it is told the SDL, and sees no conversation', async () => {
    expect(await statuses(asRouter)).toEqual({
      sdl: 200,
      rows: { status: 200, data: { conversations: { totalCount: 0 } } },
    });
    expect((await gateway.query('{ __schema { description } }', {}, asRouter)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('with a token it asks for somebody', async () => {
    const authorization = `Bearer ${await issuer.token({ roles: 'all-conversations' })}`;
    expect(await statuses({ ...asRouter, authorization })).toMatchObject({
      sdl: 200,
      rows: { data: { conversations: { totalCount: 20 } } },
    });
    expect(await statuses({ authorization })).toMatchObject({
      sdl: 400,
      rows: { data: { conversations: { totalCount: 20 } } },
    });
  });

  test('with a bad token it asks for nobody', async () => {
    expect(await statuses({ ...asRouter, authorization: 'Bearer bad' })).toMatchObject({
      sdl: 401,
      rows: { status: 401 },
    });
  });
});

test('a claim that can not be read is told from a token that is bad', async () => {
  const authorization = `Bearer ${await issuer.token({ agents: { id: 'a-1' } })}`;
  const { status, challenge, body: text } = await told({ ...asking, headers: { ...json, authorization } });
  const answer = refusalOf('FORBIDDEN', 'CLAIM', 'The token has a claim that is neither text nor a list of texts');
  expect({ status, challenge, answer: JSON.parse(text) }).toEqual({ status: 403, challenge: null, answer });
});

test('a refusal of a caller is a line with its code and reason, and counts as an error', async () => {
  const counts = async () => {
    const text = await (await fetch(figuresUrl)).text();
    return ['UNAUTHENTICATED', 'FORBIDDEN'].map((code) =>
      Number(new RegExp(`^gateway_graphql_errors_total\\{code="${code}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0),
    );
  };
  const [known = 0, allowed = 0] = await counts();
  const malformed = `Bearer ${await issuer.token({ agents: { id: 'a-1' } })}`;
  const send = async (id: string, more: object) =>
    await told({ ...asking, headers: { ...json, 'x-request-id': id, ...more } });
  await send('without', {});
  await send('bad', { authorization: 'Bearer bad' });
  await send('malformed', { authorization: malformed });
  expect(await counts()).toEqual([known + 2, allowed + 1]);
  const lineOf = (id: string) => gateway.logLines.find((line) => line.includes(`"requestId":"${id}"`)) ?? '{}';
  for (const [id, status, code, reason] of [
    ['without', 401, 'UNAUTHENTICATED', 'TOKEN_MISSING'],
    ['bad', 401, 'UNAUTHENTICATED', 'TOKEN'],
    ['malformed', 403, 'FORBIDDEN', 'CLAIM'],
  ] as const) {
    await expect.poll(() => JSON.parse(lineOf(id))).toMatchObject({ msg: 'request', status, codes: [code], reason });
  }
});

test('no token, and nothing that one says, is logged or told', async () => {
  const secret = 'canary-in-a-token';
  const good = await issuer.token({ sub: secret, roles: ['all-conversations'], email: secret });
  const [, payload = '', signature = ''] = good.split('.');
  const bad = `${good.slice(0, -4)}AAAA`;
  const answers = [await gateway.queryAs(good, query), await gateway.queryAs(bad, query)];
  expect(answers.map(({ status }) => status)).toEqual([200, 401]);
  const written = [...gateway.logLines, JSON.stringify(answers), await (await fetch(figuresUrl)).text()].join('\n');
  expect(written).toContain('a token was refused');
  for (const each of [secret, payload, signature, signature.slice(0, 20)]) expect(written).not.toContain(each);
});
