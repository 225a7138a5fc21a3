import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import type { Fault } from '../simulator/faults.ts';
import { holdFault, type Outcome } from './row.ts';
import { errorOf, expectDiscreet, expectWholeList, expectWholeScan, openStand, type Stand } from './stand.ts';
import { listOf, scanOf } from './truth.ts';

/** The upstream says no: by status, by the platform's own codes, in whatever envelope. */
const tokensOf = ({ kore }: Stand) => kore.calls.map(({ headers }) => headers['auth'] ?? '');
const envelopes = ['msg', 'message', 'top-level', 'plain', 'html'] as const;

test('F22 401 from the start: one new token, then told as ours, and never a 401 to the client', async () => {
  const auth: Outcome = { code: 'UPSTREAM_AUTH', retryable: false, calls: 2 };
  await holdFault({ kind: 'status', status: 401 }, auth);
});

test.for(envelopes)(
  'F22 a credential that is none, in the envelope %s: two calls, the same code',
  async (errorEnvelope) => {
    const settings = { KORE_CLIENT_SECRET: 'another-synthetic-secret-of-some-length' };
    await using stand = await openStand({ settings, switches: { errorEnvelope } });
    const answer = await stand.ask(listOf());
    expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_AUTH', retryable: false });
    expect(stand.kore.callCount).toBe(2);
    expectDiscreet(stand, answer);
    expect(stand.gateway.logLines.join('')).not.toContain('another-synthetic-secret');
  },
);

test('F23 401 in the middle of a scan: a new token, the same page again, and the scan goes on', async () => {
  await using stand = await openStand({ conversationsPerDay: 250 });
  const { kore } = stand;
  kore.fault({ kind: 'status', status: 401, after: 4 });
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-02', 3)), '2026-03-02', 3);
  expect(kore.callCount, 'three days of three pages, and one of them again').toBe(10);
  const refused = kore.calls.find(({ status }) => status === 401);
  const same = kore.calls.filter(({ body }) => JSON.stringify(body) === JSON.stringify(refused?.body));
  expect(same.map(({ status }) => status)).toEqual([401, 200]);
  expectDiscreet(stand);
});

test('F24 tokens that serve once: each attempt has its own, retries too, none for more than an hour, and none is a replay', async () => {
  const settings = { KORE_JTI: 'true', KORE_JWT_LIFETIME_SECONDS: '3600' };
  await using stand = await openStand({ settings, switches: { enforceJti: true } });
  stand.kore.fault({ kind: 'status', status: 503, times: 2 });
  stand.kore.fault({ kind: 'reset-mid-body', after: 3 });
  expectWholeList(stand, await stand.ask(listOf()));
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
  const tokens = tokensOf(stand);
  expect([tokens.length, new Set(tokens).size]).toEqual([7, 7]);
  for (const { exp = 0, iat = 0 } of tokens.map((token) => decodeJwt(token)))
    expect(exp - iat).toBeLessThanOrEqual(3_600);
  expect(stand.kore.calls.filter(({ outcome }) => outcome === 'refused-auth')).toEqual([]);
  expectDiscreet(stand);
});

test.for([
  ['ten minutes behind', -600_000],
  ['ten minutes ahead', 600_000],
  ['two hours behind', -7_200_000],
  ['two hours ahead', 7_200_000],
] as const)(
  'F25 our clock is %s: the upstream’s own date puts it right, after one refusal at most',
  async ([, skewMs]) => {
    const settings = { KORE_JTI: 'true', KORE_JWT_LIFETIME_SECONDS: '600' };
    await using stand = await openStand({
      settings,
      switches: { enforceJti: true },
      gatewayNow: () => Date.now() + skewMs,
    });
    for (const date of ['2026-03-02', '2026-03-03', '2026-03-04']) {
      expectWholeList(stand, await stand.ask(listOf(date)), date);
    }
    // Two pages of each, and one refusal; a token is also good where our clock is ahead by less than it may last.
    expect(stand.kore.callCount).toBeLessThanOrEqual(7);
    expect(stand.gateway.logLines.filter((line) => line.includes('clock'))).toHaveLength(stand.kore.callCount - 6);
    expectDiscreet(stand);
  },
);

test.for(envelopes)(
  'F26 the scope is not published, in the envelope %s: told once, and readiness stays',
  async (errorEnvelope) => {
    await using stand = await openStand({ switches: { scopePublished: false, errorEnvelope } });
    const answer = await stand.ask(listOf());
    expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_FORBIDDEN', reason: 'SCOPE', retryable: false });
    expect(stand.kore.callCount).toBe(1);
    expect((await fetch(`${stand.gateway.url}/ready`)).status).toBe(200);
    expectDiscreet(stand, answer);
    stand.kore.set({ scopePublished: true });
    expectWholeList(stand, await stand.ask(listOf()));
  },
);

test('F26 a bare 403', async () => {
  await holdFault({ kind: 'status', status: 403 }, { code: 'UPSTREAM_FORBIDDEN', retryable: false, calls: 1 });
});

test('F27 a stream that nobody knows, in every envelope: told once, and which one it is to nobody', async () => {
  for (const errorEnvelope of envelopes) {
    const settings = { KORE_STREAM_ID: 'st-unknown-0000' };
    await using stand = await openStand({ settings, switches: { errorEnvelope } });
    const answer = await stand.ask(listOf());
    expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_NOT_FOUND', reason: 'STREAM', retryable: false });
    expect(stand.kore.callCount).toBe(1);
    expectDiscreet(stand, answer);
    expect(JSON.stringify(answer) + stand.gateway.logLines.join('')).not.toContain('st-unknown-0000');
  }
});

test('F27 a bare 404', async () => {
  const outcome: Outcome = { code: 'UPSTREAM_NOT_FOUND', reason: 'STREAM', retryable: false, calls: 1 };
  await holdFault({ kind: 'status', status: 404 }, outcome);
});

const rejected: Outcome = { code: 'UPSTREAM_BAD_RESPONSE', reason: 'REJECTED', retryable: true, calls: 1 };
const body = '{"errors":[{"msg":"Validation errors/ Invalid arguments: upstream-canary","code":412}]}';

test.for<[string, Fault, Outcome]>([
  ['F28 a bare 412', { kind: 'status', status: 412 }, rejected],
  ['F28 a 412 with its words', { kind: 'status', status: 412, body }, rejected],
  ['F28 a 400 with its words', { kind: 'status', status: 400, body }, rejected],
  ['F35 errors in a 200', { kind: 'errors-in-200', message: 'upstream-canary' }, { ...rejected, calls: 2 }],
  [
    'F35 a credential refused in a 200',
    { kind: 'errors-in-200', code: 4002, message: 'Invalid JWT token' },
    { code: 'UPSTREAM_AUTH', retryable: false, calls: 2 },
  ],
  [
    'F35 a scope refused in a 200',
    { kind: 'errors-in-200', code: 4002, message: 'Permission denied. Scope is incorrect!' },
    { code: 'UPSTREAM_FORBIDDEN', reason: 'SCOPE', retryable: false, calls: 1 },
  ],
  [
    'F35 a stream refused in a 200',
    { kind: 'errors-in-200', code: 400, message: 'Invalid StreamId' },
    { code: 'UPSTREAM_NOT_FOUND', reason: 'STREAM', retryable: false, calls: 1 },
  ],
  [
    'F35 an object of something else in a 200',
    { kind: 'status', status: 200, body: '{"ok":true}' },
    { code: 'UPSTREAM_BAD_RESPONSE', reason: 'NOT_A_PAGE', retryable: true, calls: 1 },
  ],
  [
    'F35 a page that is not counted',
    { kind: 'status', status: 200, body: '{"results":[]}' },
    { code: 'UPSTREAM_BAD_RESPONSE', reason: 'NO_TOTAL', retryable: true, calls: 1 },
  ],
])('%s', async ([, fault, outcome]) => {
  await holdFault(fault, outcome);
});

test('F36 an encrypted envelope is said to be one: not guessed at, not asked for again', async () => {
  await using stand = await openStand({ switches: { encrypted: true } });
  for (const query of [listOf(), scanOf('2026-03-03')]) {
    stand.kore.resetCalls();
    expect(errorOf(await stand.ask(query))).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', reason: 'ENCRYPTED' });
    expect(stand.kore.callCount).toBe(1);
  }
  stand.kore.set({ encrypted: false });
  expectWholeList(stand, await stand.ask(listOf()));
  expectDiscreet(stand);
});
