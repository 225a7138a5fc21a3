import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Attack, got, json, posted, refuses, send, startTarget, type Target, written } from './attacking.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => await target[Symbol.asyncDispose]());

const [bad, limit, invalid] = ['BAD_USER_INPUT', 'QUERY_LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED'];
const typename = { query: '{ __typename }' };
const list = { query: '{ conversations { totalCount } }' };
const text = JSON.stringify(list);
const typed = (type: string) => ({ 'content-type': type });
const crossSite = { 'sec-fetch-site': 'cross-site' };

const attacks: readonly Attack[] = [
  ['A18 a batch of a thousand', written(`[${Array.from({ length: 1_000 }, () => text).join()}]`), 400, bad, 'REQUEST'],
  ['A18 a batch of one', written(`[${text}]`), 400, bad, 'REQUEST'],
  ['A19 a subscription', posted({ query: 'subscription { x }' }), 400, bad, 'OPERATION'],
  ['A20 @defer', posted({ query: '{ agents { ... @defer { totalCount } } }' }), 400, invalid],
  ['A20 @stream', posted({ query: '{ agents { nodes @stream { name } } }' }), 400, invalid],
  [
    'A21 a document by its hash',
    posted({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
    200,
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ],
  ['A21 a document by its id', posted({ documentId: 'a' }), 200, 'PERSISTED_QUERY_NOT_SUPPORTED'],
  [
    'A21 a document that would like to be remembered',
    posted({ ...list, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
    200,
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ],
  [
    'A22 a hash that is none',
    posted({ ...list, extensions: { persistedQuery: { version: 1, sha256Hash: 7 } } }),
    400,
    bad,
    'REQUEST',
  ],
  ['A25 the SDL', posted({ query: '{ _service { sdl } }' }), 400, invalid],
  ['A27 a page for a browser', { headers: { accept: 'text/html' } }, 406, bad, 'ACCEPT'],
  ['A29 a mutation by GET', got({ query: 'mutation { x }' }), 405, bad],
  ['A30 a GET of an image of another site', got(list, { ...crossSite, accept: '*/*' }), 400, bad, 'CROSS_SITE'],
  ['A30 a GET of another host of the same site', got(list, { 'sec-fetch-site': 'same-site' }), 400, bad, 'CROSS_SITE'],
  ['A30 a GET with an origin', got(list, { origin: 'https://evil.example' }), 400, bad, 'CROSS_SITE'],
  ['A30 a GET with a cookie', got(list, { cookie: 'session=1' }), 400, bad, 'CROSS_SITE'],
  [
    'A30 a GET with an empty consent',
    got(list, { ...crossSite, 'apollo-require-preflight': '' }),
    400,
    bad,
    'CROSS_SITE',
  ],
  ['A31 a GET that says text/plain', got(list, typed('text/plain')), 415, bad, 'CONTENT_TYPE'],
  ['A31 a GET that says message/rfc822', got(list, typed('message/rfc822')), 415, bad, 'CONTENT_TYPE'],
  [
    'A32 a form',
    written(`query=${encodeURIComponent(list.query)}`, typed('application/x-www-form-urlencoded')),
    415,
    bad,
    'CONTENT_TYPE',
  ],
  [
    'A32 a form in parts',
    written('--x\r\n\r\n{}\r\n--x--', typed('multipart/form-data; boundary=x')),
    415,
    bad,
    'CONTENT_TYPE',
  ],
  ['A32 plain text', written(text, typed('text/plain')), 415, bad, 'CONTENT_TYPE'],
  ['A32 GraphQL', written(list.query, typed('application/graphql')), 415, bad, 'CONTENT_TYPE'],
  ['A32 no type', written(text, {}), 415, bad, 'CONTENT_TYPE'],
  ['A32 no type and no body', { method: 'POST' }, 415, bad, 'CONTENT_TYPE'],
  ['A33 a type that is none', written(text, typed(';;;')), 415, bad, 'CONTENT_TYPE'],
  ['A33 two types', written(text, typed('application/json, text/plain')), 415, bad, 'CONTENT_TYPE'],
  [
    'A34 utf-16',
    written(Buffer.from(text, 'utf16le'), typed('application/json; charset=utf-16')),
    415,
    bad,
    'CONTENT_TYPE',
  ],
  ['A34 utf-7', written(text, typed('application/json; charset=utf-7')), 415, bad, 'CONTENT_TYPE'],
  ['A34 a charset that is none', written(text, typed('application/json;charset="x"')), 415, bad, 'CONTENT_TYPE'],
  [
    'A35 bytes that are no UTF-8',
    written(Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xff, 0x22, 0x7d])])),
    400,
    bad,
    'REQUEST',
  ],
  ['A35 an overlong slash', written(Buffer.from([0x22, 0xc0, 0xaf, 0x22])), 400, bad, 'REQUEST'],
  ['A35 a byte order mark', written(`\ufeff${text}`), 400, bad, 'REQUEST'],
  ['A36 half a body', written(text.slice(0, -1)), 400, bad, 'REQUEST'],
  ['A36 null', written('null'), 400, bad, 'REQUEST'],
  ['A36 a number', written('1'), 400, bad, 'REQUEST'],
  ['A36 nothing', written(''), 400, bad, 'REQUEST'],
  ['A36 NaN', written('{"query":NaN}'), 400, bad, 'REQUEST'],
  ['A36 a query that is a document', posted({ query: { kind: 'Document' } }), 400, bad, 'REQUEST'],
  ['A36 variables in a text', posted({ ...list, variables: '{}' }), 400, bad, 'REQUEST'],
  ['A36 variables in a list', posted({ ...list, variables: [1] }), 400, bad, 'REQUEST'],
  [
    'A36 half a body in an address',
    { path: `/graphql?query={__typename}&variables=${encodeURIComponent('{"a"')}` },
    400,
    bad,
    'REQUEST',
  ],
  ['A37 a query twice', written(`{"query":"{ __typename }","query":${JSON.stringify(list.query)}}`), 400, bad, 'KEY'],
  ['A37 a variable twice', written('{"query":"{ __typename }","variables":{"a":1,"\\u0061":2}}'), 400, bad, 'KEY'],
  ['A37 a query twice in an address', { path: '/graphql?query={__typename}&query={__typename}' }, 400, bad, 'REQUEST'],
  ['A37 the same, once escaped', { path: '/graphql?query={__typename}&%71uery={__typename}' }, 400, bad, 'REQUEST'],
  ['A37 a variable twice in an address', got({ query: '{ __typename }', variables: '{"a":1,"a":2}' }), 400, bad, 'KEY'],
  ['A38 gzip', written(gzipSync(text), { ...json, 'content-encoding': 'gzip' }), 415, bad, 'CONTENT_ENCODING'],
  [
    'A38 a bomb of 20 MB',
    written(gzipSync(Buffer.alloc(20_000_000, ' ')), { ...json, 'content-encoding': 'gzip' }),
    415,
    bad,
    'CONTENT_ENCODING',
  ],
  [
    'A38 an encoding that is none',
    written(text, { ...json, 'content-encoding': 'identity, gzip' }),
    415,
    bad,
    'CONTENT_ENCODING',
  ],
  ['A39 variables of 5 MB', posted({ ...typename, variables: { a: 'x'.repeat(5_000_000) } }), 413, limit, 'BODY_SIZE'],
  ['A40 PUT', { ...posted(list), method: 'PUT' }, 405, bad, 'METHOD'],
  ['A40 PATCH, with a body that is none', { ...written('{'), method: 'PATCH' }, 405, bad, 'METHOD'],
  ['A40 DELETE', { method: 'DELETE' }, 405, bad, 'METHOD'],
  ['A40 TRACE', { method: 'TRACE' }, 405, bad, 'METHOD'],
  [
    'A40 OPTIONS',
    { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } },
    405,
    bad,
    'METHOD',
  ],
  ['A40 a method that nobody knows', { method: 'PROPFIND' }, 404, bad, 'PATH'],
  [
    'A41 a client that wants a picture',
    { ...posted(list), headers: { ...json, accept: 'image/png' } },
    406,
    bad,
    'ACCEPT',
  ],
  [
    'A41 a client that wants no JSON',
    { ...posted(list), headers: { ...json, accept: 'application/json;q=0, text/csv' } },
    406,
    bad,
    'ACCEPT',
  ],
  [
    'A41 a client that wants parts',
    { ...posted(list), headers: { ...json, accept: 'multipart/mixed' } },
    406,
    bad,
    'ACCEPT',
  ],
  ...[
    'application/json;q=0',
    'application/json;x=1;q="0.0"',
    'application/*;q=0, */*',
    'application/json;q=-1, application/graphql-response+json; q=.0, */*',
  ].map(
    (accept): Attack => [
      `A41 a client that wants anything but JSON: ${accept}`,
      { ...posted(list), headers: { ...json, accept } },
      406,
      bad,
      'ACCEPT',
    ],
  ),
];

test.for(attacks)('%s', async (attack) => {
  const { headers } = await refuses(target, attack);
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined();
});

test.for([
  ['A30 whoever is no browser', {}],
  ['A30 a person who types the address', { 'sec-fetch-site': 'none', cookie: 'session=1' }],
  ['A30 a page of this very origin', { 'sec-fetch-site': 'same-origin', cookie: 'session=1' }],
  ['A30 a page that has asked first', { ...crossSite, 'apollo-require-preflight': '1' }],
] as const)('%s may GET', async ([, headers]) => {
  expect(await send(target.gateway.url, got(typename, headers))).toMatchObject({
    status: 200,
    text: '{"data":{"__typename":"Query"}}\n',
  });
});

test.for([
  ['application/json;odata=verbose', 'application/json'],
  ['application/json;charset=latin1', 'application/json'],
  ['application/*;x=1', 'application/json'],
  ['*/*;q=never', 'application/json'],
  [',', 'application/json'],
  ['application/json;a=1;q=0.5, application/graphql-response+json;b="2,3"', 'application/graphql-response+json'],
  ['application/json;q=0, */*', 'application/graphql-response+json'],
] as const)('A41 what a client says of a type beyond its name takes no answer from it: %s', async ([accept, type]) => {
  const { status, headers } = await send(target.gateway.url, posted(list, { ...json, accept }));
  expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
});

test('A46 what a client expects of us is no reason to refuse it without a word', async () => {
  const answer = await send(target.gateway.url, posted(typename, { ...json, expect: 'the impossible' }));
  expect(answer).toMatchObject({ status: 200, text: '{"data":{"__typename":"Query"}}\n' });
});

test('A36 no body is logged, nor an address with a query', async () => {
  await send(target.gateway.url, written('{"query":"canary-of-a-body'));
  await send(target.gateway.url, got({ query: '{ canary_of_an_address }' }));
  await send(
    target.gateway.url,
    posted({ query: '{ canary_of_a_document }', variables: { a: 'canary-of-a-variable' } }),
  );
  expect(target.gateway.logLines.join('\n')).not.toContain('canary');
});

test('A39 what is refused for its size takes no memory', async () => {
  const before = process.memoryUsage().rss;
  const big = posted({ ...typename, variables: { a: 'x'.repeat(5_000_000) } });
  for (let count = 0; count < 20; count += 1) await send(target.gateway.url, big);
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('A40 an origin that is listed is told so, another is not, and a preflight without a method is no page', async () => {
  await using open = await startTarget({ CORS_ORIGINS: 'https://app.example' });
  const preflight = (origin: string, more = {}) =>
    send(open.gateway.url, { method: 'OPTIONS', headers: { origin, ...more } });
  const asked = { 'access-control-request-method': 'POST' };
  expect((await preflight('https://app.example', asked)).headers['access-control-allow-origin']).toBe(
    'https://app.example',
  );
  for (const origin of ['https://evil.example', 'https://app.example.evil.example', 'null', 'http://app.example'])
    expect((await preflight(origin, asked)).headers['access-control-allow-origin'], origin).toBeUndefined();
  expect(await preflight('https://app.example')).toMatchObject({ status: 204, text: '' });
});
