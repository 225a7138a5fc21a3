import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../simulator/faults.ts';
import { dayWindow } from './asking.ts';
import { errorsOf, posted, send, startTarget, type Target } from './attacking.ts';

// Anew for each: an upstream that failed often is left in peace for a while.
let target: Target;
beforeEach(async () => {
  target = await startTarget({ KORE_ATTEMPTS_MAX: '1', FRESH_OLDER_MS: '0', FRESH_WEEK_MS: '0' });
});
afterEach(async () => await target[Symbol.asyncDispose]());

const canary = 'canary-of-the-upstream';
const list = posted(
  { query: `{ conversations(${dayWindow('2026-03-02')}) { totalCount } }` },
  { 'content-type': 'application/json', 'cache-control': 'no-cache' },
);
const secretive = JSON.stringify({
  errors: [{ msg: `connect ECONNREFUSED 10.1.2.3:443 Bearer ${canary}`, code: 4002 }],
});

test.for<[title: string, fault: Fault]>([
  ['A75 a sentence with a token, 400', { kind: 'status', status: 400, body: secretive }],
  ['A75 the same, 401', { kind: 'status', status: 401, body: secretive }],
  ['A75 the same, 403', { kind: 'status', status: 403, body: secretive }],
  ['A75 the same, 404', { kind: 'status', status: 404, body: secretive }],
  [
    'A75 the same, 429',
    { kind: 'status', status: 429, body: secretive, headers: { 'x-debug': canary, 'retry-after': '1' } },
  ],
  ['A75 the same, 500', { kind: 'status', status: 500, body: secretive }],
  ['A75 the same, 200', { kind: 'errors-in-200', message: `Bearer ${canary}`, code: 7 }],
  [
    'A76 a page with a stack',
    {
      kind: 'status',
      status: 500,
      body: `<pre>Error: ${canary}\n at /srv/app.js:1:1</pre>`,
      headers: { 'content-type': 'text/html' },
    },
  ],
  [
    'A76 a page instead of rows',
    {
      kind: 'status',
      status: 200,
      body: `<html>${canary}</html>`,
      headers: { 'set-cookie': canary, 'content-type': 'text/html' },
    },
  ],
  ['A76 what is no HTTP', { kind: 'surplus', text: canary }],
])('%s: neither a client nor the log is told a word of it', async ([, fault]) => {
  const logged = target.gateway.logLines.length;
  target.kore.fault({ ...fault, times: 'all' });
  const answer = await send(target.gateway.url, list);
  if (fault.kind !== 'surplus') expect(errorsOf(answer)[0]?.extensions['code']).toMatch(/^UPSTREAM_/);
  expect(answer.status).toBeLessThan(500);
  for (const text of [answer.text, JSON.stringify(answer.headers), ...target.gateway.logLines.slice(logged)])
    expect(text).not.toMatch(/canary|10\.1\.2\.3|app\.js/);
});

test.for([301, 302, 303, 307, 308] as const)('A79 a redirect (%i) is not followed', async (status) => {
  let heardCount = 0;
  await using elsewhere = createServer((_, response) => {
    heardCount += 1;
    response.end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  target.kore.fault({ kind: 'redirect', location: `http://127.0.0.1:${port}/latest/meta-data`, status, times: 'all' });
  const [error] = errorsOf(await send(target.gateway.url, list));
  expect(error?.extensions).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', reason: 'NOT_A_PAGE' });
  expect(error?.message).not.toContain('meta-data');
  expect(heardCount).toBe(0);
});

test('A69 whose account is read is the operator to say, whatever a client calls itself', async () => {
  const names = ['accountId', 'account-id', 'orgId', 'streamId', 'auth', 'bot-id', 'x-account-id', 'x-forwarded-host'];
  const headers = Object.fromEntries(names.map((name) => [name, canary]));
  const { text } = await send(target.gateway.url, { ...list, headers: { ...list.headers, ...headers } });
  expect(JSON.parse(text)).toEqual({ data: { conversations: { totalCount: 10 } } });
  const call = target.kore.calls.at(-1);
  expect(JSON.stringify(call)).not.toContain('canary');
  expect(JSON.stringify(call?.headers)).toContain(target.kore.account.accountId);
});
