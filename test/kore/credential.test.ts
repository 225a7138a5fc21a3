import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import {
  type CredentialSettings,
  createCredential,
  type JwtAlgorithm,
  jwtAlgorithms,
} from '../../src/kore/credential.ts';
import { createFakeClock } from './clock.ts';

const secret = 'a-synthetic-secret-of-some-length-0123456789-0123456789-0123456789';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('a token is signed as it says, and names the client', () => {
  test.for([...jwtAlgorithms])('%s', async (algorithm) => {
    const { credential, clock } = make({ algorithm, clientSecret: algorithm.startsWith('RS') ? privatePem : secret });
    const token = await credential.token(false);
    const key = algorithm.startsWith('RS') ? publicKey : new TextEncoder().encode(secret);
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      currentDate: new Date(clock.now()),
    });
    const now = clock.now() / 1000;
    expect(protectedHeader).toStrictEqual({ alg: algorithm, typ: 'JWT' });
    expect(payload).toStrictEqual({ appId: 'cs-1', sub: 'cs-1', iat: now, exp: now + 600 });
  });
});

test('a token is held until thirty seconds before it expires, and then made anew', async () => {
  const { credential, clock } = make({});
  const first = await credential.token(false);
  await clock.advance(569_999);
  expect(await credential.token(false)).toBe(first);
  await clock.advance(1);
  const second = await credential.token(false);
  expect(second).not.toBe(first);
  expect(decodeJwt(second).exp).toBe((decodeJwt(first).exp ?? 0) + 570);
});

test('many who ask at once get one token', async () => {
  const { credential } = make({});
  const tokens = await Promise.all(Array.from({ length: 50 }, () => credential.token(false)));
  expect(new Set(tokens).size).toBe(1);
});

test('a token that is asked for afresh replaces the one that is held', async () => {
  const { credential, clock } = make({});
  const held = await credential.token(false);
  await clock.advance(1_000);
  const fresh = await credential.token(true);
  expect(fresh).not.toBe(held);
  expect(await credential.token(false)).toBe(fresh);
});

test('a single-use token is never the same, even within one second, and its id neither', async () => {
  const { credential } = make({ isSingleUse: true });
  const tokens = await Promise.all(Array.from({ length: 50 }, () => credential.token(false)));
  expect(new Set(tokens).size).toBe(50);
  expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(50);
});

test.for([60, 600, 3_600, 86_400])('a single-use token lives for an hour at most: %i s', async (lifetimeSeconds) => {
  const { credential, clock } = make({ isSingleUse: true, lifetimeSeconds });
  clock.setNow(Date.parse('2026-03-23T12:00:00.999Z'));
  const { exp = 0, iat = 0 } = decodeJwt(await credential.token(false));
  expect(exp - iat).toBe(Math.min(lifetimeSeconds, 3_600));
  expect(exp * 1000 - clock.now()).toBeLessThanOrEqual(3_600_000);
});

test('a plain token has no jti', async () => {
  expect(decodeJwt(await make({}).credential.token(false))).not.toHaveProperty('jti');
});

test('a key that can not sign is a failure of the credential, and says nothing of the key', async () => {
  const settings: readonly Partial<CredentialSettings>[] = [
    { algorithm: 'RS256', clientSecret: 'canary, no PEM' },
    { algorithm: 'HS256', clientSecret: '' },
  ];
  for (const each of settings) {
    const { credential } = make(each);
    for (const isFresh of [false, false, true]) {
      const failure: unknown = await credential.token(isFresh).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'UPSTREAM_AUTH', reason: 'SIGNING' });
      expect(`${JSON.stringify(failure)} ${String(failure)}`).not.toContain('canary');
    }
  }
});

test('the header tells nothing but the algorithm', async () => {
  expect(decodeProtectedHeader(await make({ algorithm: 'HS512' }).credential.token(false))).toStrictEqual({
    alg: 'HS512',
    typ: 'JWT',
  });
});

function make(settings: Partial<CredentialSettings> & { readonly algorithm?: JwtAlgorithm }) {
  const clock = createFakeClock();
  let count = 0;
  const makeId = () => {
    count += 1;
    return `jti-${count}`;
  };
  const defaults: CredentialSettings = {
    clientId: 'cs-1',
    clientSecret: secret,
    algorithm: 'HS256',
    isSingleUse: false,
    lifetimeSeconds: 600,
  };
  return { clock, credential: createCredential({ ...defaults, ...settings }, clock, makeId) };
}
