import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTarget, type Target } from './attacking.ts';
import { tokenFor, tokenSettings } from './tokens.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget(tokenSettings);
});
afterAll(async () => await target[Symbol.asyncDispose]());

const body = '{"query":"{ __typename }"}';
const typed = 'content-type: application/json';

/** The statuses that a client hears who sends its body only when it is told to, or is refused. */
async function statusesOf(path: string, headers: readonly string[]): Promise<readonly number[]> {
  const { hostname, port } = new URL(target.gateway.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  const statuses = () => [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  socket.on('data', (part) => {
    heard += part.toString('latin1');
    if (statuses().join() === '100') socket.write(body);
    // Each answer is an object.
    if (heard.trimEnd().endsWith('}')) socket.end();
  });
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      'host: x',
      'expect: 100-continue',
      `content-length: ${body.length}`,
      ...headers,
      '',
      '',
    ].join('\r\n'),
  );
  await ended;
  return statuses();
}

test('who may ask is told to send the body', async () => {
  const token = await tokenFor({}, Date.now());
  expect(await statusesOf('/graphql', [typed, `authorization: Bearer ${token}`])).toEqual([100, 200]);
});

test('who has no good token is told so, and not to send it', async () => {
  expect(await statusesOf('/graphql', [typed])).toEqual([401]);
  expect(await statusesOf('/graphql', [typed, 'authorization: Bearer none'])).toEqual([401]);
});

test('so is who would send what is no JSON', async () => {
  const token = await tokenFor({}, Date.now());
  expect(await statusesOf('/graphql', ['content-type: text/plain', `authorization: Bearer ${token}`])).toEqual([415]);
});

test('who asks where nothing is doesn’t wait in vain', async () => {
  expect(await statusesOf('/nothing', [typed])).toEqual([100, 404]);
});
