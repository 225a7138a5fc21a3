import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { rights } from '../../src/model/access.ts';
import { createCallers } from '../../src/server/caller.ts';
import { attacks, forge } from '../issuer/attacks.ts';
import { createKey, type Issuer, type Manner } from '../issuer/issuer.ts';
import { createFakeClock } from '../kore/clock.ts';
import { startCallers } from './callers.ts';

const minute = 60_000;

describe('the log says why', () => {
  const whyOf = async (make: (issuer: Issuer) => Promise<string>) => {
    await using world = await startCallers();
    // Once the keys are there.
    await world.admit(await world.issuer.token());
    await world.admit(await make(world.issuer));
    return world.lines.map((line) => JSON.parse(line));
  };
  const told = (why: string) => [{ message: 'a token was refused', why }];

  test.for<[why: string, make: (issuer: Issuer) => Promise<string>]>([
    ['HEADER', (issuer) => issuer.token({}, { header: { jku: 'https://elsewhere.example' } })],
    ['UNKNOWN_KEY', async (issuer) => issuer.token({}, { key: await createKey('another') })],
    ['SIGNATURE', async (issuer) => issuer.token({}, { key: await createKey('first') })],
    ['SUBJECT', (issuer) => issuer.token({ sub: '' })],
    ['SUBJECT', (issuer) => issuer.token({ sub: 7 })],
    ['LIFETIME', (issuer) => issuer.token({ iat: issuer.seconds() + 6, exp: issuer.seconds() + 60 })],
    ['LIFETIME', (issuer) => issuer.token({ iat: issuer.seconds() + 1, exp: issuer.seconds() + 1 })],
    ['LIFETIME', (issuer) => issuer.token({ exp: issuer.seconds() + 86_401 })],
    ['ERR_JWT_EXPIRED', (issuer) => issuer.token({ iat: issuer.seconds() - 60, exp: issuer.seconds() - 6 })],
    ['ERR_JWT_CLAIM_VALIDATION_FAILED', (issuer) => issuer.token({ aud: 'billing' })],
    ['ERR_JWT_CLAIM_VALIDATION_FAILED', (issuer) => issuer.token({ sub: null })],
    ['ERR_JWT_CLAIM_VALIDATION_FAILED', (issuer) => issuer.token({ exp: null })],
    ['ERR_JWT_CLAIM_VALIDATION_FAILED', (issuer) => issuer.token({ iat: null })],
    ['ERR_JWT_INVALID', (issuer) => forge('{"alg":"ES256","kid":"first"}', '[]', issuer.key)],
  ])('%s', async ([why, make]) => {
    expect(await whyOf(make)).toEqual(told(why));
  });

  test('and nothing of what a token said', async () => {
    for (const [, make] of Object.values(attacks).flat()) {
      const lines = await whyOf(make);
      for (const line of lines) expect(Object.keys(line)).toEqual(['message', 'why']);
      expect(lines.every(({ why }) => /^[A-Z_]+$/.test(why))).toBe(true);
    }
  });

  test.for<[manner: Manner, failure: string]>([
    ['html', 'NOT_A_KEY_SET'],
    ['no-json', 'NOT_A_KEY_SET'],
    ['empty', 'NOT_A_KEY_SET'],
    ['hang', 'TIMEOUT'],
    ['drip', 'TIMEOUT'],
    ['redirect', 'STATUS'],
    ['error', 'STATUS'],
    ['huge', 'TOO_LARGE'],
    ['bomb', 'TOO_LARGE'],
  ])('of keys that could not be read: %s', async ([manner, failure]) => {
    await using world = await startCallers({
      begin: async (issuer) => {
        issuer.manner = manner;
      },
    });
    await world.pass(3_500);
    const message = 'the key set could not be read';
    expect(JSON.parse(world.lines[0] ?? '')).toEqual({ message, failure, failureCount: 1, isHeld: false });
    world.issuer.manner = 'true';
    await world.pass(30_000);
    const { length } = world.lines;
    world.issuer.manner = manner;
    await world.pass(10 * minute + 4_000);
    expect(JSON.parse(world.lines[length] ?? '')).toEqual({ message, failure, failureCount: 1, isHeld: true });
  });
});

describe('a caller is told', () => {
  test('that a token is needed, and nothing of it, where he shows none', async () => {
    await using world = await startCallers();
    expect(await world.identity()).toEqual({
      kind: 'refused',
      failure: expect.objectContaining({
        code: 'UNAUTHENTICATED',
        reason: 'TOKEN_MISSING',
        message: 'This gateway needs a bearer token',
      }),
      challenge: 'Bearer',
    });
  });

  test('that a claim can’t be read, by a token that is good', async () => {
    await using world = await startCallers();
    const token = `Bearer ${await world.issuer.token({ agents: { id: 'a-1' } })}`;
    // The second time it is remembered.
    for (let each = 0; each < 2; each++)
      expect(await world.identity(token)).toEqual({
        kind: 'refused',
        failure: expect.objectContaining({
          code: 'FORBIDDEN',
          reason: 'CLAIM',
          message: 'The token has a claim that is neither text nor a list of texts',
        }),
        challenge: null,
      });
  });

  test('when to come again, where keys could never be read', async () => {
    await using world = await startCallers({
      begin: async (issuer) => {
        issuer.manner = 'error';
      },
    });
    const token = `Bearer ${await world.issuer.token()}`;
    // Tried for again after 1 s, 2 s, 4 s; a second and a half of the last four have passed then.
    await world.pass(4_500);
    expect(await world.identity(token)).toEqual({
      kind: 'refused',
      failure: expect.objectContaining({
        code: 'OVERLOADED',
        reason: 'KEY_SET',
        retryAfterSeconds: 3,
        message: "Tokens can't be checked now: the issuer's keys could not be read",
      }),
      challenge: null,
    });
  });

  test('a token ends at the second that it names, and its caller is checked anew', async () => {
    await using world = await startCallers({ toleranceSeconds: 0 });
    const token = await world.issuer.token({ roles: 'all-conversations', exp: world.issuer.seconds() + 60 });
    const somebody = expect.objectContaining({ sight: null });
    expect(await world.admit(token)).toEqual(somebody);
    await world.pass(minute - 1);
    expect(await world.admit(token)).toEqual(somebody);
    await world.pass(1);
    expect(await world.admit(token)).toBe('UNAUTHENTICATED');
  });
});

describe('without tokens', () => {
  const parts = { clock: createFakeClock(), log: console, fetch, isRouter: () => true };
  const callers = createCallers({ kind: 'none' }, parts);
  const raw = { socket: new Socket(), headersDistinct: { authorization: ['Bearer of something'] } };
  const idOf = async (headers: Readonly<Record<string, unknown>>) => {
    const identity = await callers.identify({ ip: '::1', headers, raw });
    if (identity.kind === 'refused') throw identity.failure;
    expect(identity.caller).toMatchObject({ rights: new Set(rights), sight: null });
    return identity.caller.id;
  };

  test('everybody may do everything, and is known by address and by the name that he gives himself', async () => {
    expect(await idOf({})).toBe('::1 ');
    expect(await idOf({ 'apollographql-client-name': 'dashboard' })).toBe('::1 dashboard');
    expect(await idOf({ 'apollographql-client-name': 'd'.repeat(101) })).toBe(`::1 ${'d'.repeat(100)}`);
    expect([callers.isReady(), callers.keysAgeMs]).toEqual([true, null]);
    await callers.close();
  });
});

test('the router that asks for itself is let in, and sees no conversation; with a token it is whom that names', async () => {
  await using world = await startCallers();
  const asRouter = (authorization: readonly string[]) =>
    world.callers.identify({
      ip: '::1',
      headers: { 'router-authorization': 'router' },
      raw: {
        socket: new Socket(),
        headersDistinct: authorization.length === 0 ? {} : { authorization: [...authorization] },
      },
    });
  expect(await asRouter([])).toEqual({
    kind: 'caller',
    caller: { id: 'router', rights: new Set(), sight: { agentIds: new Set(), queueIds: new Set() } },
  });
  expect(await asRouter([`Bearer ${await world.issuer.token({ agents: 'a-1' })}`])).toMatchObject({
    caller: { sight: { agentIds: new Set(['a-1']) } },
  });
  expect(await asRouter(['Bearer of.no.token='])).toMatchObject({ kind: 'refused' });
});

test('a secret is always ready, and has no age', async () => {
  await using world = await startCallers({ secret: 'a secret of at least thirty-two characters' });
  expect([world.isReady(), world.callers.keysAgeMs]).toEqual([true, null]);
});

test('the age of keys is that of the last reading that was good', async () => {
  await using world = await startCallers();
  await world.admit(await world.issuer.token());
  await world.pass(minute);
  expect(world.callers.keysAgeMs?.()).toBe(minute);
});
