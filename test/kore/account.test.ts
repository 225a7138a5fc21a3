import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { realClock } from './clock.ts';
import { expectData, failureOf, startUpstream } from './upstream.ts';

const envelopes = ['msg', 'message', 'top-level', 'plain', 'html'] as const;
const sentences = [
  "You've exceeded the per-minute rate limit. Wait for sometime before retrying.",
  "You've exceeded the per-minute rate limit. Please wait for sometime before retrying.",
  'Rate limit for this API has been reached. Please try again after some time.',
];
const exhausted = { code: 'UPSTREAM_BUDGET_EXHAUSTED', retryAfterSeconds: 60 };

describe('a refusal for the rate closes the gate, in whatever form it comes', () => {
  test.for([200, 400, 403, 429, 500, 503])('under status %i', async (quotaStatus) => {
    for (const errorEnvelope of envelopes) {
      for (const quotaMessage of sentences) {
        const switches = { quotaLimit: 1, quotaStatus, errorEnvelope, quotaMessage };
        await using kore = await startSimulator({ switches });
        await using upstream = startUpstream(kore);
        await expectData(upstream, kore);
        expect(await failureOf(upstream)).toMatchObject(exhausted);
        expect(kore.callCount).toBe(2);
        expect(await failureOf(upstream)).toMatchObject(exhausted);
        expect(kore.callCount).toBe(2);
        expect(upstream.budget.state().remaining).toBe(0);
      }
    }
  });

  test('429 alone is enough', async () => {
    await using kore = await startSimulator({ faults: [{ kind: 'status', status: 429, times: 'all' }] });
    await using upstream = startUpstream(kore);
    expect(await failureOf(upstream)).toMatchObject(exhausted);
    expect(await failureOf(upstream)).toMatchObject(exhausted);
    expect(kore.callCount).toBe(1);
  });
});

describe('the gate stays closed for as long as the upstream asks, and a window if it asks for nothing that can be read', () => {
  test.for<[string | null, number]>([
    ['17', 17],
    ['1000000000', 120],
    ['-5', 60],
    ['1e9', 60],
    ['soon', 60],
    [null, 60],
  ])('Retry-After %j is %i s', async ([quotaRetryAfter, retryAfterSeconds]) => {
    await using kore = await startSimulator({ switches: { quotaLimit: 1, quotaRetryAfter } });
    await using upstream = startUpstream(kore);
    await expectData(upstream, kore);
    expect(await failureOf(upstream)).toMatchObject({ ...exhausted, retryAfterSeconds });
    expect(kore.callCount).toBe(2);
  });
});

test('who can wait for the gate to open waits, and is answered', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 1, quotaWindowMs: 150 } });
  await using upstream = startUpstream(kore, { budget: { windowMs: 160 } });
  await expectData(upstream, kore);
  await expectData(upstream, kore);
  expect(upstream.reports.map(({ outcome }) => outcome)).toStrictEqual(['OK', 'UPSTREAM_BUDGET_EXHAUSTED', 'OK']);
});

test('calls that wait when the gate closes are not sent', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'status', status: 429, times: 'all' }] });
  await using upstream = startUpstream(kore, { budget: { inFlightMax: 1 } });
  const failures = await Promise.all(Array.from({ length: 10 }, () => failureOf(upstream)));
  for (const failure of failures) expect(failure).toMatchObject(exhausted);
  expect(kore.callCount).toBe(1);
});

test('a budget as small as the quota is never refused', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 5, quotaWindowMs: 120 } });
  await using upstream = startUpstream(kore, { budget: { callsMax: 5, windowMs: 130 } });
  await Promise.all(Array.from({ length: 20 }, (_, index) => expectData(upstream, kore, { offset: index * 10 })));
  expect(kore.calls.map(({ outcome }) => outcome)).toStrictEqual(Array.from({ length: 20 }, () => 'answered'));
});

test('one token serves many calls, and has no jti', async () => {
  await using kore = await startSimulator();
  await using upstream = startUpstream(kore);
  await Promise.all(Array.from({ length: 8 }, (_, index) => expectData(upstream, kore, { offset: index * 10 })));
  expect(new Set(tokensOf(kore)).size).toBe(1);
  expect(decodeJwt(tokensOf(kore)[0] ?? '')).not.toHaveProperty('jti');
});

test('with single-use tokens every attempt has its own, retries included, and none is a replay', async () => {
  await using kore = await startSimulator({
    switches: { enforceJti: true },
    faults: [
      { kind: 'status', status: 503, times: 2 },
      { kind: 'truncate', after: 3 },
    ],
  });
  await using upstream = startUpstream(kore, { credential: { isSingleUse: true, lifetimeSeconds: 3_600 } });
  for (let read = 0; read < 3; read++) await expectData(upstream, kore);
  expect(kore.callCount).toBe(6);
  expect(new Set(tokensOf(kore)).size).toBe(6);
  for (const { exp = 0, iat = 0 } of tokensOf(kore).map((token) => decodeJwt(token)))
    expect(exp - iat).toBeLessThanOrEqual(3_600);
  expect(kore.calls.filter(({ outcome }) => outcome === 'refused-auth')).toStrictEqual([]);
});

test('a refused credential is made anew once, and then the call succeeds', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'status', status: 401 }] });
  await using upstream = startUpstream(kore, { clock: clockOfLongSeconds() });
  await expectData(upstream, kore);
  expect(new Set(tokensOf(kore)).size).toBe(2);
  await expectData(upstream, kore);
  expect(tokensOf(kore)[2]).toBe(tokensOf(kore)[1]);
});

test('a credential that stays refused is made anew once, and then it is said', async () => {
  for (const errorEnvelope of envelopes) {
    await using kore = await startSimulator({ switches: { errorEnvelope } });
    await using upstream = startUpstream(kore, {
      credential: { clientSecret: 'another-synthetic-secret-of-some-length' },
    });
    expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_AUTH' });
    expect(kore.callCount).toBe(2);
  }
});

test('a scope that is not granted, and a stream that is not known, are said as such and not asked again', async () => {
  for (const errorEnvelope of envelopes) {
    await using kore = await startSimulator({ switches: { errorEnvelope, scopePublished: false } });
    await using upstream = startUpstream(kore);
    expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_FORBIDDEN', reason: 'SCOPE' });
    expect(kore.callCount).toBe(1);
    kore.set({ scopePublished: true });
    await using astray = startUpstream(kore, { client: { streamId: 'st-another' } });
    expect(await failureOf(astray)).toMatchObject({ code: 'UPSTREAM_NOT_FOUND', reason: 'STREAM' });
    expect(kore.callCount).toBe(2);
  }
});

test('a key that can not sign makes no call', async () => {
  await using kore = await startSimulator();
  await using upstream = startUpstream(kore, { credential: { algorithm: 'RS256', clientSecret: 'no PEM' } });
  expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_AUTH', reason: 'SIGNING' });
  expect(kore.callCount).toBe(0);
});

test('the upstream verifies HS512 and RS256 when they are set', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const clientSecret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const verificationKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await using kore = await startSimulator({ switches: { algorithms: ['RS256'], verificationKey } });
  await using signing = startUpstream(kore, { credential: { algorithm: 'RS256', clientSecret } });
  await expectData(signing, kore);
  kore.set({ algorithms: ['HS512'], verificationKey: null });
  await using sharing = startUpstream(kore, { credential: { algorithm: 'HS512' } });
  await expectData(sharing, kore);
});

test('a call carries the published headers and nothing else of ours', async () => {
  await using kore = await startSimulator();
  await using upstream = startUpstream(kore);
  await upstream.read();
  const { accountid, orgid, auth, 'content-type': contentType, ...rest } = kore.calls[0]?.headers ?? {};
  expect([accountid, orgid, contentType]).toStrictEqual([
    kore.account.accountId,
    kore.account.orgId,
    'application/json',
  ]);
  expect(auth).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  expect(Object.keys(rest).sort()).toStrictEqual(['accept', 'accept-encoding', 'connection', 'content-length', 'host']);
});

function tokensOf({ calls }: Simulator): readonly string[] {
  return calls.map(({ headers }) => headers['auth'] ?? '');
}

/** Each look at it is a second later, so that no two tokens are of the same second. */
function clockOfLongSeconds(): typeof realClock {
  let looks = 0;
  return {
    ...realClock,
    now: () => {
      looks += 1;
      return Date.now() + looks * 1_000;
    },
  };
}
