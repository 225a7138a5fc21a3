import { describe, expect, test } from 'vitest';
import { attacks, forge, payloadOf } from '../issuer/attacks.ts';
import { createKey } from '../issuer/issuer.ts';
import { startCallers } from './callers.ts';

const all = { roles: 'all-conversations' };
const somebody = expect.objectContaining({ sight: null });

/** What makes a key be looked for, and so may have the set read, once a cooldown: A64. */
const namesOtherKey = /by a path|by a query|by another key|said of a key of ES256/;

describe.for(Object.entries(attacks))('%s', ([, tokens]) => {
  test.for(tokens)('is refused, and the key server not asked: %s', async ([title, make]) => {
    await using world = await startCallers();
    const { issuer } = world;
    expect(await world.admit(await issuer.token(all))).toEqual(somebody);
    // The cooldown is over: what wants another key would have the set read.
    await world.pass(30_000);
    const refused = await world.identity(`Bearer ${await make(issuer)}`);
    expect(refused).toMatchObject({
      kind: 'refused',
      challenge: 'Bearer error="invalid_token"',
      failure: { code: 'UNAUTHENTICATED', reason: 'TOKEN', message: 'The bearer token is not valid here' },
    });
    expect(issuer.fetchCount).toBe(namesOtherKey.test(title) ? 2 : 1);
    expect(issuer.strayCount).toBe(0);
  });
});

describe('A60, A61 what is at the edge of being good', () => {
  test.for<[title: string, claims: (now: number) => object]>([
    ['it ends just now, by a clock that may differ', (now) => ({ iat: now - 600, exp: now - 4 })],
    ['it was issued just now, by a clock that may differ', (now) => ({ iat: now + 5 })],
    ['it is good for a day', (now) => ({ exp: now + 86_400 })],
    ['ours is one of its audiences', () => ({ aud: ['billing', 'scores'] })],
  ])('is good: %s', async ([, claims]) => {
    await using world = await startCallers();
    const token = await world.issuer.token({ ...all, ...claims(world.issuer.seconds()) });
    expect(await world.admit(token)).toEqual(somebody);
  });

  test('a token that was found good is refused when its time is over', async () => {
    await using world = await startCallers();
    const token = await world.issuer.token(all);
    await world.pass(604_999);
    expect(await world.admit(token)).toEqual(somebody);
    await world.pass(1);
    expect(await world.admit(token)).toBe('UNAUTHENTICATED');
  });
});

describe('A62 a token in another spelling', () => {
  test.for<[title: string, spell: (token: string) => readonly string[]]>([
    ['a line behind it', (token) => [`Bearer ${token}\n`]],
    ['a carriage return behind it', (token) => [`Bearer ${token}\r`]],
    ['a blank behind it', (token) => [`Bearer ${token} `]],
    ['a blank within', (token) => [`Bearer ${token.replace('.', ' .')}`]],
    ['a tab before it', (token) => [`Bearer\t${token}`]],
    ['in quotes', (token) => [`Bearer "${token}"`]],
    ['a parameter', (token) => [`Bearer token=${token}`]],
    ['two tokens', (token) => [`Bearer ${token},${token}`]],
    ['two headers', (token) => [`Bearer ${token}`, `Bearer ${token}`]],
    ['nothing behind the scheme', () => ['Bearer']],
    ['a blank behind the scheme', () => ['Bearer ']],
  ])('is refused: %s', async ([, spell]) => {
    await using world = await startCallers();
    expect(await world.identity(...spell(await world.issuer.token(all)))).toMatchObject({
      failure: { code: 'UNAUTHENTICATED', reason: 'TOKEN' },
    });
  });

  test.for<[title: string, spell: (token: string) => string]>([
    ['the scheme in small letters', (token) => `bearer ${token}`],
    ['two blanks', (token) => `Bearer  ${token}`],
  ])('is none: %s', async ([, spell]) => {
    await using world = await startCallers();
    expect(await world.identify(spell(await world.issuer.token(all)))).toEqual(somebody);
  });

  test.for(['Basic c29tZWJvZHk6cGFzc3dvcmQ=', 'BearerToken', 'Negotiate', ''])(
    'another scheme is no token: %s',
    async (header) => {
      await using world = await startCallers();
      const refused = { challenge: 'Bearer', failure: { code: 'UNAUTHENTICATED', reason: 'TOKEN_MISSING' } };
      expect(await world.identity(header)).toMatchObject(refused);
      expect(await world.identity()).toMatchObject(refused);
    },
  );
});

describe('A63 claims named like what all objects have', () => {
  test.for(['{"roles":["all-conversations"],"agents":["a-1"]}', '["all-conversations"]', '"all-conversations"'])(
    'give nothing: %s',
    async (value) => {
      await using world = await startCallers();
      const payload = payloadOf(world.issuer).replace('{', `{"__proto__":${value},"constructor":${value},`);
      const token = await forge('{"alg":"ES256","kid":"first"}', payload, world.issuer.key);
      expect(await world.admit(token)).toMatchObject({
        rights: new Set(),
        sight: { agentIds: new Set(), queueIds: new Set() },
      });
    },
  );
});

describe('A68 keys of one name', () => {
  test.for([1, 2, 3, 4])('are tried: the one that is number %i', async (place) => {
    await using world = await startCallers();
    const { issuer } = world;
    const others = await Promise.all([1, 2, 3].map(() => createKey('first')));
    issuer.published = others.map(({ jwk }) => jwk).toSpliced(place - 1, 0, issuer.key.jwk);
    await world.pass(600_000);
    expect(await world.admit(await issuer.token(all))).toEqual(somebody);
    expect(await world.admit(await issuer.token(all, { key: await createKey('first') }))).toBe('UNAUTHENTICATED');
  });

  test('are tried as far as four', async () => {
    await using world = await startCallers();
    const { issuer } = world;
    const others = await Promise.all([1, 2, 3, 4].map(() => createKey('first')));
    issuer.published = [...others.map(({ jwk }) => jwk), issuer.key.jwk];
    await world.pass(600_000);
    await world.pass(0);
    expect(await world.admit(await issuer.token(all))).toBe('UNAUTHENTICATED');
  });
});
