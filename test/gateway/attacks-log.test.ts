import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { dayWindow } from './asking.ts';
import { got, json, posted, send, startTarget, type Target } from './attacking.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => await target[Symbol.asyncDispose]());

const typename = { query: 'query Named { __typename }' };

test.for<[what: string, text: string]>([
  ['a line', 'a\\nb{"level":50,"msg":"forged"}'],
  ['an escape', '\\u001b[2J'],
  ['a line separator', '\u2028{"msg":"forged"}'],
  ['a text of 8,000 characters', 'x'.repeat(7_000)],
])('A81 no part of a request can forge a line of the log: %s', async ([, text]) => {
  const from = target.gateway.logLines.length;
  const forged = Buffer.from(text, 'utf8').toString('latin1');
  const headers = {
    'user-agent': forged,
    'x-request-id': forged,
    'apollographql-client-name': forged,
    referer: forged,
  };
  await send(
    target.gateway.url,
    posted(
      { ...typename, operationName: text },
      { ...json, ...(forged.length < 1_000 ? headers : { 'x-request-id': forged }) },
    ),
  );
  await send(target.gateway.url, { path: `/${encodeURIComponent(text)}` });
  const lines = target.gateway.logLines.slice(from);
  expect(lines.length).toBe(2);
  for (const line of lines) {
    expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Zl}]/u);
    const { msg, requestId } = JSON.parse(line) as Record<string, unknown>;
    expect([msg, requestId]).toEqual(['request', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(line.length).toBeLessThan(1_000);
  }
});

test('A81 an operation that is named like a level of the log is logged by a short name', async () => {
  await using lenient = await startTarget({ QUERY_NAME_LENGTH_MAX: '10000' });
  const name = `level${'x'.repeat(5_000)}`;
  await send(lenient.gateway.url, posted({ query: `query ${name} { __typename }` }));
  const line = JSON.parse(lenient.gateway.logLines.at(-1) ?? '') as Record<string, unknown>;
  expect(line).toMatchObject({ level: 30, msg: 'request', operationName: name.slice(0, 128) });
});

test('A82 whatever is asked for, figures have the same series', async () => {
  const series = async () => {
    const { text } = await send(target.gateway.url, { path: '/metrics' });
    return text
      .split('\n')
      .filter((line) => line.startsWith('gateway_'))
      .map((line) => line.replace(/ \S+$/, ''));
  };
  const ask = async (name: string) => {
    await send(
      target.gateway.url,
      posted(
        { query: `query ${name} { __typename }` },
        { ...json, 'apollographql-client-name': name, 'user-agent': name },
      ),
    );
    await send(target.gateway.url, posted({ query: `{ ${name} }` }));
    await send(target.gateway.url, { path: `/${name}` });
    await send(target.gateway.url, got({ documentId: name }));
  };
  await ask('First');
  const before = await series();
  for (let count = 0; count < 50; count += 1) await ask(`Name${count}`);
  expect((await series()).toSorted()).toEqual(before.toSorted());
});

test('A84 who says to come from elsewhere has no other share for it', async () => {
  const settings = { KORE_CALLS_IN_FLIGHT_MAX: '1', KORE_CALLS_QUEUED_PER_CALLER_MAX: '1' };
  await using narrow = await startTarget(settings, { switches: { latencyMs: 500 } });
  const asked = ['02', '03', '04', '05'].map((day) => {
    const query = `{ conversations(${dayWindow(`2026-03-${day}`)}) { totalCount } }`;
    const headers = { 'x-forwarded-for': `1.2.3.${day}`, forwarded: `for=1.2.3.${day}`, 'x-real-ip': `1.2.3.${day}` };
    return send(narrow.gateway.url, posted({ query }, { ...json, ...headers }));
  });
  const answers = (await Promise.all(asked)).map(({ text }) => text);
  expect(answers.filter((text) => text.includes('CALLER_QUEUE')).length).toBe(2);
  expect(narrow.gateway.logLines.join('')).not.toContain('1.2.3.');
});

test('A85 figures can have a port of their own: then they are not where clients ask', async () => {
  const port = await freePort();
  await using apart = await startTarget({ METRICS_PORT: String(port) });
  const figures = `http://127.0.0.1:${port}`;
  expect((await send(apart.gateway.url, { path: '/metrics' })).status).toBe(404);
  const { status, text } = await send(figures, { path: '/metrics' });
  expect([status, text.includes('gateway_http_requests_total')]).toEqual([200, true]);
  expect((await send(figures, { path: '/ready' })).text).toBe('{"status":"ready"}');
  expect((await send(figures, posted(typename))).status).toBe(404);
});

test('A86 what is installed is what is locked: from the registry, by its hash, without running anything of it', async () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
  expect(readFileSync('.npmrc', 'utf8')).toContain('ignore-scripts=true');
});
