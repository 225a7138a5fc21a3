import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';
import { tokenFor, tokenSettings } from './tokens.ts';

/** GraphQL over HTTP, by a suite that others wrote. Its audits ask for `__type`, so who passes them may introspect; he needs no conversation. */
const now = () => Date.parse('2026-03-20T12:00:00Z');

test('with a token that may introspect every audit passes, all hardening on', async () => {
  await using kore = await startSimulator({ now });
  await using gateway = await startTestGateway(kore, { now, settings: tokenSettings });
  const authorization = `Bearer ${await tokenFor({ roles: ['introspection'] }, now())}`;
  const audits = await auditServer({
    url: `${gateway.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization } }),
  });
  expect(audits.filter(({ status }) => status !== 'ok').map((audit) => JSON.stringify(audit).slice(0, 600))).toEqual(
    [],
  );
  expect(audits).toHaveLength(61);
  expect(kore.callCount).toBe(0);
  sayFigures('audit', { passed: audits.filter(({ status }) => status === 'ok').length, audits: audits.length });
});

test('whoever shows no token gets 401 for each of them, and no data', async () => {
  await using kore = await startSimulator({ now });
  await using gateway = await startTestGateway(kore, { now, settings: tokenSettings });
  const seen: { readonly status: number; readonly body: string }[] = [];
  const audits = await auditServer({
    url: `${gateway.url}/graphql`,
    fetchFn: async (url: string, init: RequestInit) => {
      const response = await fetch(url, init);
      seen.push({ status: response.status, body: await response.clone().text() });
      return response;
    },
  });
  expect(audits).toHaveLength(61);
  expect(seen.length).toBeGreaterThanOrEqual(61);
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([401]));
  for (const { body } of seen) {
    const told = JSON.parse(body) as { readonly errors: readonly { readonly extensions: object }[] };
    expect(Object.keys(told)).toEqual(['errors']);
    expect(told.errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'UNAUTHENTICATED', reason: 'TOKEN_MISSING', retryable: false, requestId: expect.any(String) },
    ]);
  }
  expect(kore.callCount).toBe(0);
});
