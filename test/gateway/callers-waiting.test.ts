import { expect, test, vi } from 'vitest';
import { freePort } from '../free-port.ts';
import { startIssuer } from '../issuer/issuer.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { startTestGateway } from './harness.ts';

const query = `{ conversations(${dayWindow('2026-03-02')}, first: 1) { totalCount } }`;

test('until the keys were read once nobody is known, and the gateway is not ready', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20, switches: { quotaLimit: 0 } });
  await using late = await startIssuer();
  late.manner = 'error';
  const metricsPort = String(await freePort());
  const settings = { ...late.settings, AUTH_JWKS_COOLDOWN_MS: '1000', METRICS_PORT: metricsPort };
  await using waiting = await startTestGateway(kore, { settings });
  const token = await late.token({ roles: ['all-conversations'] });
  const response = await fetch(`${waiting.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'OVERLOADED', reason: 'KEY_SET', retryable: true, retryAfterSeconds: 1 } }],
  });
  const line = () => waiting.logLines.find((each) => each.includes('"status":503')) ?? '{}';
  await expect
    .poll(() => JSON.parse(line()))
    .toMatchObject({ msg: 'request', codes: ['OVERLOADED'], reason: 'KEY_SET' });
  const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(figures).toContain('gateway_graphql_errors_total{code="OVERLOADED"} 1\n');
  expect(figures).not.toMatch(/^gateway_overload_refusals_total\{.*\} [^0]/m);
  const isReady = async () => (await fetch(`${waiting.url}/ready`)).ok;
  expect(await isReady()).toBe(false);
  expect((await waiting.query(query)).status).toBe(401);
  late.manner = 'true';
  await vi.waitUntil(isReady, { timeout: 10_000, interval: 20 });
  expect((await waiting.queryAs(token, query)).data).toEqual({ conversations: { totalCount: 20 } });
});

test('A84 a caller is who the token says, wherever it comes from: who has his share of the quota gets no second', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20, switches: { quotaLimit: 0 } });
  await using issuer = await startIssuer();
  const settings = {
    ...issuer.settings,
    KORE_CALLS_PER_MINUTE: '1',
    QUOTA_WINDOW_MS: '1000',
    KORE_CALLS_QUEUED_PER_CALLER_MAX: '1',
  };
  await using scarce = await startTestGateway(kore, { settings });
  const [one, again, other] = await Promise.all(
    ['one', 'one', 'other'].map((sub, at) => issuer.token({ sub, jti: `${at}`, roles: ['all-conversations'] })),
  );
  const ask = async (token: string | undefined, date: string, from: string) => {
    const list = `{ conversations(${dayWindow(date)}, first: 1) { totalCount } }`;
    const headers = { 'x-forwarded-for': from, 'apollographql-client-name': from };
    const { errors } = await scarce.queryAs(token ?? '', list, {}, headers);
    return errors?.map(({ extensions }) => extensions.reason);
  };
  expect(await ask(one, '2026-03-02', '10.0.0.1')).toBeUndefined();
  const waiting = await Promise.all([
    ask(one, '2026-03-03', '10.0.0.1'),
    ask(again, '2026-03-04', '10.0.0.2'),
    ask(other, '2026-03-05', '10.0.0.1'),
  ]);
  expect(waiting.slice(0, 2)).toContainEqual(['CALLER_QUEUE']);
  expect(waiting.slice(0, 2)).toContainEqual(undefined);
  expect(waiting[2]).toBeUndefined();
});
