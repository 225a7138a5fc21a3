import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorsOf, posted, send, startTarget, type Target } from './attacking.ts';

/** Short, so that the tests are; the listener looks at its connections once a second. */
const [headersMs, requestMs, checkedEveryMs] = [700, 1_500, 1_000];

let target: Target;
beforeAll(async () => {
  target = await startTarget({
    HTTP_HEADERS_TIMEOUT_MS: String(headersMs),
    HTTP_REQUEST_TIMEOUT_MS: String(requestMs),
    HTTP_CONNECTIONS_MAX: '50',
  });
});
afterAll(async () => await target[Symbol.asyncDispose]());

type Talk = { readonly heard: () => string; readonly ended: Promise<number>; readonly socket: Socket };

/** A connection of one's own, with all that is heard on it until it ends, and after how many milliseconds it does. */
function talk(): Talk {
  const began = performance.now();
  const { hostname, port } = new URL(target.gateway.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.on('data', (part) => {
    heard += part.toString('latin1');
  });
  socket.on('error', () => undefined);
  const ended = new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now() - began)));
  return { heard: () => heard, ended, socket };
}

/** The statuses of all responses that were heard. */
function statuses(heard: string): readonly number[] {
  return [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}

/** Holds that the last response is shaped, and that the log has its request by the id that the client was told. */
async function expectShaped(heard: string): Promise<void> {
  const [head = '', text = ''] = heard.slice(heard.lastIndexOf('HTTP/1.1 ')).split('\r\n\r\n', 2);
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  expect(errorsOf({ text, headers }).length).toBe(1);
  const line = () => target.gateway.logLines.find((each) => each.includes(String(headers['x-request-id']))) ?? '{}';
  await expect.poll(() => JSON.parse(line())).toMatchObject({ msg: 'request', status: statuses(heard).at(-1) });
}

async function isAlive(): Promise<void> {
  const { text } = await send(target.gateway.url, posted({ query: '{ __typename }' }));
  expect(text).toBe('{"data":{"__typename":"Query"}}\n');
}

/** What this machine is late by where others work on it too. */
const slackMs = 2_000;

test('A42 headers that come one a while are waited for as long as is set, and no longer', async () => {
  const { socket, heard, ended } = talk();
  socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\n');
  const dripping = setInterval(() => socket.write('x-more: 1\r\n'), 100);
  const tookMs = await ended;
  clearInterval(dripping);
  expect(statuses(heard())).toEqual([408]);
  await expectShaped(heard());
  expect(tookMs).toBeGreaterThan(headersMs);
  expect(tookMs).toBeLessThan(headersMs + checkedEveryMs + slackMs);
  await isAlive();
});

test('A43 so is a body', async () => {
  const { socket, heard, ended } = talk();
  socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{');
  const dripping = setInterval(() => socket.write(' '), 100);
  const tookMs = await ended;
  clearInterval(dripping);
  expect(statuses(heard())).toEqual([408]);
  await expectShaped(heard());
  expect(tookMs).toBeLessThan(requestMs + checkedEveryMs + slackMs);
  await isAlive();
});

test('A44 who connects and says nothing holds a place for a while, and one more than may be is closed at once', async () => {
  const silent = Array.from({ length: 50 }, talk);
  await Promise.all(silent.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  const extra = talk();
  const refusedMs = await extra.ended;
  expect(extra.heard()).toBe('');
  const tookMs = await Promise.all(silent.map(({ ended }) => ended));
  expect(refusedMs).toBeLessThan(Math.min(...tookMs));
  expect(Math.max(...tookMs)).toBeLessThan(headersMs + checkedEveryMs + 2 * slackMs);
  await isAlive();
});

const body = '{"query":"{ conversations { totalCount } }"}';
const post = (lines: readonly string[], text: string, ending = '\r\n') =>
  [`POST /graphql HTTP/1.1`, ...lines, '', ''].join(ending) + text;
const typed = ['host: x', 'content-type: application/json'];
const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
const smuggled = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

test.for<[title: string, text: string, status: number]>([
  ['A45 a header of 20 KB', post([...typed, `x-long: ${'x'.repeat(20_000)}`], ''), 431],
  ['A45 three thousand headers', post([...typed, ...Array.from({ length: 3_000 }, (_, at) => `x-${at}: 1`)], ''), 431],
  ['A45 an address of 20 KB', `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
  [
    'A46 a length and chunks',
    post([...typed, 'content-length: 5', 'transfer-encoding: chunked'], `0\r\n\r\n${smuggled}`),
    400,
  ],
  ['A46 two lengths', post([...typed, 'content-length: 0', `content-length: ${body.length}`], body), 400],
  ['A46 a length that is a list', post([...typed, 'content-length: 0, 5'], body), 400],
  ['A46 a length with a sign', post([...typed, 'content-length: +5'], body), 400],
  ['A46 an encoding that is hidden', post([...typed, 'transfer-encoding: xchunked'], `0\r\n\r\n${smuggled}`), 400],
  ['A46 chunks, and then not', post([...typed, 'transfer-encoding: chunked, identity'], `0\r\n\r\n${smuggled}`), 400],
  ['A46 an encoding that we have no key to', post([...typed, 'transfer-encoding: gzip, chunked'], chunked), 400],
  ['A46 chunks within chunks', post([...typed, 'transfer-encoding: chunked, chunked'], chunked), 400],
  [
    'A46 chunks, said twice',
    post([...typed, 'transfer-encoding: chunked', 'transfer-encoding: chunked'], chunked),
    400,
  ],
  ['A46 two hosts', post(['host: y', ...typed, `content-length: ${body.length}`], body + smuggled), 400],
  ['A46 one host twice', post(['host: x', ...typed, `content-length: ${body.length}`], body + smuggled), 400],
  [
    'A46 two types',
    post([...typed, 'content-type: text/plain', `content-length: ${body.length}`], body + smuggled),
    400,
  ],
  ['A46 a blank before the colon', post([...typed, 'transfer-encoding : chunked'], `0\r\n\r\n${smuggled}`), 400],
  ['A46 lines that end in LF alone', post([...typed, `content-length: ${body.length}`], body, '\n'), 400],
  ['A46 a header that is folded', post([...typed, 'x-folded: a\r\n b', 'content-length: 0'], ''), 400],
  ['A46 no host', post(['content-type: application/json', `content-length: ${body.length}`], body + smuggled), 400],
  [
    'A46 an extension of a chunk of 20 KB',
    post([...typed, 'transfer-encoding: chunked'], `5;${'x'.repeat(20_000)}\r\n`),
    413,
  ],
  ['A46 another version', `POST /graphql HTTP/9.9\r\nhost: x\r\n\r\n`, 400],
  ['A46 no HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001', 400],
])('%s is answered once, and what stands behind it is not heard', async ([, text, status]) => {
  const before = target.kore.callCount;
  const { socket, heard, ended } = talk();
  socket.write(text, 'latin1');
  await ended;
  expect(statuses(heard())).toEqual([status]);
  await expectShaped(heard());
  expect(target.kore.callCount).toBe(before);
  await isAlive();
});

test('A46 what is no HTTP is a line with its code and reason, and counts as a request and as an error', async () => {
  const counts = async () => {
    const text = await (await fetch(`${target.gateway.url}/metrics`)).text();
    return ['http_requests_total{status="400"}', 'graphql_errors_total{code="BAD_USER_INPUT"}'].map((name) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`gateway_${name} `))
          ?.split(' ')[1] ?? 0,
      ),
    );
  };
  const [requests = 0, errors = 0] = await counts();
  const { socket, ended } = talk();
  socket.write('no HTTP\r\n\r\n');
  await ended;
  expect(JSON.parse(target.gateway.logLines.findLast((line) => line.includes('"method":null')) ?? '{}')).toMatchObject({
    msg: 'request',
    method: null,
    path: null,
    tookMs: null,
    codes: ['BAD_USER_INPUT'],
    reason: 'REQUEST',
  });
  expect(await counts()).toEqual([requests + 1, errors + 1]);
});
