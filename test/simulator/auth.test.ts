import { generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { ask, day, signToken, urlOf } from './ask.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import type { Switches } from './switches.ts';

const nowMs = Date.parse('2026-03-24T00:00:00Z');
const nowS = nowMs / 1000;
const start = (switches: Partial<Switches> = {}) => startSimulator({ now: () => nowMs, switches });
type Token = (simulator: Simulator) => Promise<string> | string;

test.for<[string, Token, string]>([
  ['none', () => '', 'Invalid SDK credentials'],
  ['not a JWT', () => 'not.a.token', 'Invalid JWT token'],
  [
    'another secret',
    (simulator) => signToken(simulator, {}, 'HS256', 'another secret of sufficient length'),
    'Invalid SDK credentials',
  ],
  ['another algorithm', (simulator) => signToken(simulator, {}, 'HS512'), 'Invalid SDK credentials'],
  ['another app', (simulator) => signToken(simulator, { appId: 'cs-other' }), 'Invalid SDK credentials'],
  ['a Bearer prefix', async (simulator) => `Bearer ${await signToken(simulator)}`, 'Invalid JWT token'],
  ['expired', (simulator) => signToken(simulator, { exp: nowS - 1 }), 'Invalid JWT token'],
  ['a jti without exp', (simulator) => signToken(simulator, { jti: 'j' }), 'if "jti" claim "exp" must be <= 1 hour(s)'],
  [
    'a jti that lives too long',
    (simulator) => signToken(simulator, { jti: 'j', exp: nowS + 3601 }),
    'if "jti" claim "exp" must be <= 1 hour(s)',
  ],
])('a token is refused: %s', async ([, token, msg]) => {
  await using simulator = await start();
  const { status, json } = await ask(simulator, day, { auth: await token(simulator) });
  expect([status, json.errors?.[0]?.['msg']]).toEqual([401, msg]);
  expect(simulator.calls[0]).toMatchObject({ status: 401, outcome: 'refused-auth', rowCount: 0 });
});

test('a token with nothing but the app is enough, as often as one likes', async () => {
  await using simulator = await start();
  const auth = await signToken(simulator);
  for (let time = 0; time < 3; time++) expect((await ask(simulator, day, { auth })).status).toBe(200);
  expect(simulator.calls[0]?.headers['auth']).toBe(auth);
});

test('a token with a jti is good for one call', async () => {
  await using simulator = await start({ enforceJti: true });
  const auth = await signToken(simulator, { jti: 'once', exp: nowS + 600 });
  expect((await ask(simulator, day, { auth })).status).toBe(200);
  expect((await ask(simulator, day, { auth })).json.errors?.[0]?.['msg']).toBe(
    'error verifying the jwt: possibly a replay',
  );
  expect((await ask(simulator, day)).status).toBe(401);
});

test.for<[string, Record<string, string>]>([
  ['account', { accountId: '67a9ca06cf0e510a86320000' }],
  ['organization', { orgId: 'o-other' }],
])('another %s than the token has is refused', async ([, headers]) => {
  await using simulator = await start();
  expect((await ask(simulator, day, headers)).json.errors).toEqual([{ msg: 'Invalid SDK credentials', code: 4002 }]);
});

test('another stream, another verb and another path are refused in their own ways', async () => {
  await using simulator = await start();
  const stream = { ...simulator, account: { ...simulator.account, streamId: 'st-other' } };
  const other = await ask(stream, day, { auth: await signToken(simulator) });
  expect([other.status, other.json.errors]).toEqual([400, [{ msg: 'Invalid StreamId', code: 400 }]]);
  expect((await fetch(urlOf(simulator, simulator.account.streamId))).status).toBe(405);
  expect((await fetch(`${simulator.url}/qualityai`)).status).toBe(404);
  expect(simulator.callCount).toBe(2);
});

test('a scope that is not published lets nobody in', async () => {
  await using simulator = await start({ scopePublished: false });
  expect((await ask(simulator)).json.errors).toEqual([{ msg: 'Permission denied. Scope is incorrect!', code: 4002 }]);
});

test('a clock that is ahead says so in Date, and lets tokens expire early', async () => {
  await using simulator = await start({ clockSkewMs: 600_000 });
  const { status, headers } = await ask(simulator, day, { auth: await signToken(simulator, { exp: nowS + 300 }) });
  expect([status, headers.get('date')]).toEqual([401, new Date(nowMs + 600_000).toUTCString()]);
});

test('other algorithms and sealed tokens are accepted when switched on', async () => {
  const signing = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sealing = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = { type: 'spki', format: 'pem' } as const;
  await using simulator = await start({
    algorithms: ['RS256'],
    verificationKey: String(signing.publicKey.export(pem)),
  });
  const signed = await new SignJWT({ appId: simulator.account.clientId })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(signing.privateKey);
  expect((await ask(simulator, day, { auth: signed })).status).toBe(200);
  simulator.set({ jweKey: String(sealing.privateKey.export({ type: 'pkcs8', format: 'pem' })) });
  expect((await ask(simulator, day, { auth: signed })).json.errors?.[0]?.['msg']).toBe('Invalid JWT token');
  const sealed = await new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A256GCM' })
    .encrypt(sealing.publicKey);
  expect((await ask(simulator, day, { auth: sealed })).status).toBe(200);
});
