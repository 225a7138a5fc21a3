import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chance, chanceOf } from '../chance.ts';
import { sayFigures } from '../figures.ts';
import { type Planted, startPlanted } from './canaries.ts';
import { type Case, fuzz } from './fuzzing.ts';

let planted: Planted;
beforeAll(async () => {
  planted = await startPlanted({ CORS_ORIGINS: 'https://app.example' });
});
afterAll(async () => await planted[Symbol.asyncDispose]());

const seed = Number(process.env['FUZZ_SEED'] ?? 3_000_000);
const body = '{"query":"{ __typename }"}';
const names =
  'accept accept-charset accept-encoding access-control-request-headers access-control-request-method apollo-federation-include-trace apollo-require-preflight apollographql-client-name authorization cache-control content-encoding content-language content-type cookie expect forwarded if-match if-none-match origin prefer range referer router-authorization sec-fetch-mode sec-fetch-site te upgrade-insecure-requests user-agent via x-apollo-operation-name x-forwarded-for x-http-method-override x-request-id x-upstream-plan x-upstream-trace'.split(
    ' ',
  );
const words = [
  '*/*',
  'application/json',
  'application/json; charset=utf-8',
  'application/graphql-response+json;q=0.5',
  'text/html',
  'gzip',
  'identity',
  '1',
  '0',
  '-1',
  'true',
  'ftv1',
  'no-cache',
  'cross-site',
  'same-origin',
  'none',
  'null',
  'https://app.example',
  'https://evil.example',
  'Bearer',
  'Bearer a.b.c',
  'Bearer ..',
  'Basic YTpi',
  'POST',
  'bytes=0-1',
  'a=b; c=d',
  ';;;',
  ',,,',
  '"',
  '\t',
  '\xe9\xff',
  'x'.repeat(3_000),
];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'M-SEARCH'];
const paths = [
  '/graphql',
  '/graphql?',
  '/graphql?query={__typename}',
  '/graphql/',
  '/graphql?query=%',
  '/graphql?query=%ff',
  '/graphql?variables={}&query={__typename}',
  '/GraphQL',
  '//graphql',
  '/graphql;a=b',
  '/..%2fgraphql',
  '/%00',
  '/nothing?a=b#c',
  '/*',
];

function headersCase(chance: Chance): Case {
  const method = chance.percent(50) ? 'POST' : chance.pick(methods);
  const path = chance.percent(60) ? '/graphql' : chance.pick(paths);
  const headers: Record<string, string | string[]> = {};
  if (chance.percent(70)) headers['content-type'] = 'application/json';
  if (chance.percent(70)) headers['authorization'] = `Bearer ${planted.token}`;
  for (let count = chance.below(5); count > 0; count -= 1) {
    const value = chance.percent(20) ? noise(chance) : chance.pick(words);
    headers[chance.pick(names)] = chance.percent(10) ? [value, chance.pick(words)] : value;
  }
  return { method, path, headers, body: method === 'POST' || chance.percent(10) ? body : undefined };
}

/** Whatever a client of Node lets one send as a header. */
function noise(chance: Chance): string {
  return Array.from({ length: chance.below(40) }, () =>
    String.fromCharCode(chance.pick([9, 32 + chance.below(95), 128 + chance.below(128)])),
  ).join('');
}

test('of 4,000 requests with headers, methods and addresses of chance none is answered out of shape, with 5xx, or with a secret', async () => {
  const { wrong, statuses } = await fuzz(planted, { count: 4_000, seed, make: headersCase });
  expect(wrong).toEqual([]);
  for (const status of ['200', '400', '401', '404', '405', '406', '415'])
    expect(statuses[status] ?? 0, status).toBeGreaterThan(5);
  await planted.checkTraces();
});

/** A request as bytes, some of which are others or gone. */
function rawOf(chance: Chance): Buffer {
  const good = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const bytes = [...Buffer.from(good)];
  for (let count = chance.below(5); count >= 0; count -= 1) {
    const at = chance.below(bytes.length);
    if (chance.percent(40)) bytes[at] = chance.below(256);
    else if (chance.percent(50)) bytes.splice(at, 1 + chance.below(20));
    else
      bytes.splice(
        at,
        0,
        ...Buffer.from(
          chance.pick(['\r\n', '\n', '\0', ':', 'transfer-encoding: chunked\r\n', 'content-length: 3\r\n']),
        ),
      );
  }
  return Buffer.from(bytes);
}

/** All that is heard until the connection ends; whoever sends half a request ends it himself. */
async function heardOf(bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(planted.gateway.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.on('data', (part) => {
    heard += part.toString('utf8');
  });
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.end(bytes);
  await closed;
  return heard;
}

test('of 1,000 requests of broken bytes none is answered out of shape, with 5xx, or with a secret', async () => {
  const wrong: string[] = [];
  let [asked, answered] = [0, 0];
  const lane = async (): Promise<void> => {
    while (asked < 1_000) {
      const own = seed + asked;
      asked += 1;
      const heard = await heardOf(rawOf(chanceOf(own)));
      if (heard !== '') answered += 1;
      const statuses = [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
      const [, text = ''] = heard.split('\r\n\r\n', 2);
      const isShaped = heard === '' || /^\{"(data|errors)":/.test(text);
      if (!isShaped || statuses.some((status) => 500 <= status) || planted.secrets.test(heard))
        wrong.push(`seed ${own}: ${heard.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  sayFigures('fuzz', { cases: asked, seed, answered });
  expect(wrong).toEqual([]);
  expect(answered).toBeGreaterThan(500);
  await planted.checkTraces();
}, 240_000);
