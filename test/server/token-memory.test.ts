import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKey } from '../issuer/issuer.ts';
import { startCallers } from './callers.ts';

const all = { roles: 'all-conversations' };
const somebody = expect.objectContaining({ sight: null });

afterEach(() => {
  vi.restoreAllMocks();
});

/** Counts how often a signature is checked. */
const countChecks = () => vi.spyOn(crypto.subtle, 'verify');

describe('a token', () => {
  test('is checked once, also for requests that come at once', async () => {
    await using world = await startCallers();
    const token = await world.issuer.token(all);
    const checks = countChecks();
    const callers = await Promise.all(Array.from({ length: 100 }, () => world.admit(token)));
    for (const each of callers) expect(each).toEqual(somebody);
    expect(await world.admit(token)).toBe(callers[0]);
    expect(checks).toHaveBeenCalledTimes(1);
  });

  test('that is refused is not remembered', async () => {
    await using world = await startCallers();
    const token = await world.issuer.token(all, { key: await createKey('first') });
    const checks = countChecks();
    for (let at = 0; at < 3; at += 1) expect(await world.admit(token)).toBe('UNAUTHENTICATED');
    expect(checks).toHaveBeenCalledTimes(3);
  });

  test('is checked again when the set was read again', async () => {
    await using world = await startCallers();
    const token = await world.issuer.token({ ...all, exp: world.issuer.seconds() + 3_600 });
    await world.admit(token);
    const checks = countChecks();
    await world.pass(600_000);
    await world.pass(0);
    for (let at = 0; at < 3; at += 1) expect(await world.admit(token)).toEqual(somebody);
    expect(checks).toHaveBeenCalledTimes(1);
  });

  test('no more of them are remembered than may be, and bad ones push out none', async () => {
    await using world = await startCallers({ cachedMax: 10 });
    const tokens = await Promise.all(
      Array.from({ length: 11 }, (_, at) => world.issuer.token({ ...all, jti: `${at}` })),
    );
    for (const each of tokens) expect(await world.admit(each)).toEqual(somebody);
    const stranger = await createKey('first');
    for (let at = 0; at < 20; at += 1) await world.admit(await world.issuer.token({ jti: `${at}` }, { key: stranger }));
    const checks = countChecks();
    for (const each of tokens.slice(1)) expect(await world.admit(each)).toEqual(somebody);
    expect(checks).toHaveBeenCalledTimes(0);
    expect(await world.admit(tokens[0] ?? '')).toEqual(somebody);
    expect(checks).toHaveBeenCalledTimes(1);
  });
});

describe('of a good token no byte can be another', () => {
  test.for(['ES256', 'RS256'])('by %s', async (alg) => {
    await using world = await startCallers();
    await world.issuer.rotate('second', alg);
    await world.pass(600_000);
    const token = await world.issuer.token(all);
    expect(await world.admit(token)).toEqual(somebody);
    await holds(world.admit, token);
  });

  test('by HS256', async () => {
    const secret = 'known to the issuer and to us alone';
    await using world = await startCallers({ secret });
    const now = world.issuer.seconds();
    const { AUTH_ISSUER: iss, AUTH_AUDIENCE: aud } = world.issuer.settings;
    const claims = { iss, aud, sub: 'somebody', iat: now, exp: now + 600, ...all };
    const text = [{ alg: 'HS256' }, claims]
      .map((each) => Buffer.from(JSON.stringify(each)).toString('base64url'))
      .join('.');
    const token = `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    expect(await world.admit(token)).toEqual(somebody);
    expect(world.issuer.fetchCount).toBe(0);
    await holds(world.admit, token);
  });
});

async function holds(admit: (token: string) => Promise<unknown>, token: string): Promise<void> {
  const anyByte = fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte));
  const likely = fc.constantFrom(...'ABCDwxyz0189-_.=+/');
  const change = fc.tuple(fc.oneof(fc.nat(token.length - 1), fc.constant(token.length - 1)), fc.oneof(anyByte, likely));
  await fc.assert(
    fc.asyncProperty(change, async ([at, byte]) => {
      fc.pre(token[at] !== byte);
      expect(await admit(`${token.slice(0, at)}${byte}${token.slice(at + 1)}`)).not.toBeInstanceOf(Object);
      expect(await admit(token.slice(0, at))).not.toBeInstanceOf(Object);
      // More spaces before a token are none of it: RFC 9110, section 11.4.
      if (at === 0 && byte === ' ') return;
      expect(await admit(`${token.slice(0, at)}${byte}${token.slice(at)}`)).not.toBeInstanceOf(Object);
    }),
    { numRuns: 300 },
  );
}
