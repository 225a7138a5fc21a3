import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

const window = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const json = { 'content-type': 'application/json' };

type Refused = readonly [title: string, path: string, init: RequestInit, status: number, code: string];

const refused: readonly Refused[] = [
  ['an address that does not exist', '/nothing', {}, 404, 'BAD_USER_INPUT'],
  ['a method that is not taken', '/graphql', { method: 'PUT', headers: json, body: '{}' }, 405, 'BAD_USER_INPUT'],
  ['a body that is no JSON', '/graphql', { method: 'POST', headers: json, body: '{"query":' }, 400, 'BAD_USER_INPUT'],
  ['an empty body', '/graphql', { method: 'POST', headers: json, body: '' }, 400, 'BAD_USER_INPUT'],
  [
    'a body of another type',
    '/graphql',
    { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' },
    415,
    'BAD_USER_INPUT',
  ],
  [
    'a form',
    '/graphql',
    { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={a}' },
    415,
    'BAD_USER_INPUT',
  ],
  [
    'a body over 64 KiB',
    '/graphql',
    { method: 'POST', headers: json, body: JSON.stringify({ query: ' '.repeat(65_536) }) },
    413,
    'QUERY_LIMIT_EXCEEDED',
  ],
  [
    "a document that can't be parsed",
    '/graphql',
    { method: 'POST', headers: json, body: '{"query":"{"}' },
    400,
    'GRAPHQL_PARSE_FAILED',
  ],
  [
    'a field that does not exist',
    '/graphql',
    { method: 'POST', headers: json, body: '{"query":"{ nothing }"}' },
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a document of too many tokens',
    '/graphql',
    { method: 'POST', headers: json, body: JSON.stringify({ query: `{ ${'a '.repeat(2500)} }` }) },
    400,
    'QUERY_LIMIT_EXCEEDED',
  ],
  [
    'a document whose fragments unfold to too many selections',
    '/graphql',
    { method: 'POST', headers: json, body: JSON.stringify({ query: unfolding([12, 12, 13, 10]) }) },
    400,
    'QUERY_LIMIT_EXCEEDED',
  ],
  [
    'introspection that nests too deep',
    '/graphql',
    {
      method: 'POST',
      headers: json,
      body: JSON.stringify({
        query: `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } } }`,
      }),
    },
    400,
    'QUERY_LIMIT_EXCEEDED',
  ],
  [
    'a batch',
    '/graphql',
    { method: 'POST', headers: json, body: '[{"query":"{ __typename }"}]' },
    400,
    'BAD_USER_INPUT',
  ],
  [
    'a GET that a page of another site could make',
    '/graphql?query={__typename}',
    { headers: { 'sec-fetch-site': 'cross-site' } },
    400,
    'BAD_USER_INPUT',
  ],
];

/** A document each of whose fragments asks so often for the next one. */
function unfolding(counts: readonly number[]): string {
  const fragments = counts.map((count, at) => `fragment F${at} on Query { ${`...F${at + 1} `.repeat(count)} }`);
  return `{ ...F0 } ${fragments.join(' ')} fragment F${counts.length} on Query { __typename }`;
}

test.for(refused)('is refused in the shape of GraphQL: %s', async ([, path, init, status, code]) => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const response = await fetch(`${gateway.url}${path}`, init);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
  expect(response.headers.get('cache-control')).toBe(path === '/nothing' ? null : 'private, no-store');
  const { errors } = (await response.json()) as { errors: { message: string; extensions: Record<string, unknown> }[] };
  expect(errors[0]?.extensions).toMatchObject({
    code,
    retryable: false,
    requestId: response.headers.get('x-request-id'),
  });
  for (const { extensions } of errors)
    expect(Object.keys(extensions).every((key) => ['code', 'reason', 'retryable', 'requestId'].includes(key))).toBe(
      true,
    );
  expect(kore.callCount).toBe(0);
});

test('a request keeps a sound id of its own, and is given one instead of an unsound one', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const sound = await fetch(`${gateway.url}/live`, { headers: { 'x-request-id': 'abc-1.2_3' } });
  expect(sound.headers.get('x-request-id')).toBe('abc-1.2_3');
  const unsound = await fetch(`${gateway.url}/live`, { headers: { 'x-request-id': '{"fake":1}' } });
  expect(unsound.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('what is said to one caller is kept for no other, however he asks', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const kept = async (path: string, init?: RequestInit) =>
    (await fetch(`${gateway.url}${path}`, init)).headers.get('cache-control');
  const unknown = encodeURIComponent('{"persistedQuery":{"version":1,"sha256Hash":"00"}}');
  expect([
    await kept('/graphql?query={__typename}'),
    await kept('/graphql', { method: 'POST', headers: json, body: '{"query":"{ __typename }"}' }),
    await kept(`/graphql?extensions=${unknown}`),
    await kept('/graphql', { method: 'OPTIONS' }),
  ]).toEqual(Array.from({ length: 4 }, () => 'private, no-store'));
});

test('an answer lets a browser load, run and send nothing but from and to this very origin', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const answer = await fetch(`${gateway.url}/graphql?query={__typename}`);
  const policy = answer.headers.get('content-security-policy')?.split(';') ?? [];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy.filter((directive) => directive.includes('unsafe'))).toEqual(["style-src 'self' 'unsafe-inline'"]);
  const sources = policy.flatMap((directive) => directive.split(' ').slice(1));
  expect(new Set(sources)).toEqual(new Set(["'none'", "'self'", "'unsafe-inline'", 'data:']));
});

test('live, ready and metrics answer without a call', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore);
  expect(await (await fetch(`${gateway.url}/live`)).json()).toEqual({ status: 'live' });
  expect(await (await fetch(`${gateway.url}/ready`)).json()).toEqual({ status: 'ready' });
  await gateway.query(`{ conversations(${window}) { totalCount } }`);
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).toContain('gateway_upstream_calls_total{outcome="OK"} 1');
  expect(metrics).toContain('gateway_pages_total{kind="called"} 1');
  expect(metrics).toMatch(/gateway_quota_remaining_calls \d+/);
  expect(metrics, 'the simulator knows an audit state that nobody published').toMatch(
    /gateway_wire_drift\{kind="UNKNOWN_VALUE",path="results\[\]\.AuditStatus"\} \d+/,
  );
  expect(kore.callCount).toBe(1);
});

test('browsers of other origins are told nothing, unless their origin is listed', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using closed = await startTestGateway(kore);
  await using open = await startTestGateway(kore, { settings: { CORS_ORIGINS: 'https://app.example.com' } });
  const ask = async (url: string, origin: string) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    return (await fetch(`${url}/graphql`, { method: 'OPTIONS', headers })).headers.get('access-control-allow-origin');
  };
  expect(await ask(closed.url, 'https://app.example.com')).toBeNull();
  expect(await ask(open.url, 'https://app.example.com')).toBe('https://app.example.com');
  expect(await ask(open.url, 'https://evil.example.com')).toBeNull();
});

test('the log has one line a request and one a call, and neither a token nor the name of a person', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 30 });
  await using gateway = await startTestGateway(kore);
  const query = `query Mine { conversations(${window}) { nodes { agents { name } queues { name } audit { auditor } } } }`;
  const answer = await gateway.query(query, {}, { authorization: 'Bearer secret-of-a-caller' });
  const lines = gateway.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ msg }) => msg === 'request')).toMatchObject([
    { operationName: 'Mine', status: 200, callCount: 1, codes: [] },
  ]);
  expect(lines.filter(({ msg }) => msg === 'call')).toMatchObject([
    { outcome: 'OK', offset: 0, rowCount: 25 + 5, attempt: 1 },
  ]);
  const text = gateway.logLines.join('\n');
  const names = [...JSON.stringify(answer.data).matchAll(/"(?:name|auditor)":"([^"]+)"/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(5);
  for (const secret of [
    ...names,
    'secret-of-a-caller',
    kore.account.clientSecret,
    String(kore.calls[0]?.headers['auth']),
  ]) {
    expect(text).not.toContain(secret);
  }
});

test('the GraphQL-over-HTTP audit passes whole, 61 of 61', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const audits = await auditServer({ url: `${gateway.url}/graphql`, fetchFn: fetch });
  expect(audits.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  expect(audits.length).toBe(61);
});
