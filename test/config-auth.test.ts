import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

const base = {
  AUTH: 'jwt',
  AUTH_ISSUER: 'https://issuer.example/',
  AUTH_AUDIENCE: 'scores',
  KORE_BASE_URL: 'platform.kore.ai',
  KORE_ACCOUNT_ID: 'account',
  KORE_ORG_ID: 'o-1',
  KORE_STREAM_ID: 'st-1',
  KORE_CLIENT_ID: 'cs-1',
  KORE_CLIENT_SECRET: 'shh, it is a secret',
};
const set = { AUTH_JWKS_URL: 'https://issuer.example/keys' };
const shared = { AUTH_JWT_SECRET: 'thirty-two bytes and not one less' };

type Settings = Readonly<Record<string, string>>;

function refusedOf(settings: Settings): readonly string[] {
  const result = readConfig({ ...base, ...settings });
  return result.kind === 'config' ? [] : result.problems.map(({ setting }) => setting);
}

function configOf(settings: Settings) {
  const result = readConfig({ ...base, ...settings });
  if (result.kind === 'problems') throw new Error(JSON.stringify(result.problems));
  return result.config;
}

test.for<[title: string, settings: Settings, refused: readonly string[]]>([
  ['a key set', set, []],
  ['a secret', shared, []],
  ['neither', {}, ['AUTH_JWKS_URL']],
  ['both', { ...set, ...shared }, ['AUTH_JWKS_URL']],
  ['no issuer', { ...set, AUTH_ISSUER: '' }, ['AUTH_ISSUER']],
  ['no audience', { ...set, AUTH_AUDIENCE: ' , ' }, ['AUTH_AUDIENCE']],
  ['a secret of 31 bytes', { AUTH_JWT_SECRET: 's'.repeat(31) }, ['AUTH_JWT_SECRET']],
  ['a secret of 32 bytes', { AUTH_JWT_SECRET: 'ß'.repeat(16) }, []],
  ['keys by plain http', { AUTH_JWKS_URL: 'http://issuer.example/keys' }, ['AUTH_JWKS_URL']],
  ['keys of this very machine', { AUTH_JWKS_URL: 'http://[::1]:8080/keys' }, []],
  ['keys of a host that only looks like it', { AUTH_JWKS_URL: 'http://127.0.0.1.example/' }, ['AUTH_JWKS_URL']],
  ['an address with a password', { AUTH_JWKS_URL: 'https://me:secret@issuer.example/keys' }, ['AUTH_JWKS_URL']],
  ['no address', { AUTH_JWKS_URL: 'issuer.example/keys' }, ['AUTH_JWKS_URL']],
  ['a file', { AUTH_JWKS_URL: 'file:///keys.json' }, ['AUTH_JWKS_URL']],
  ['an algorithm of a public key', { ...set, AUTH_ALGORITHMS: 'PS256,EdDSA' }, []],
  ['that of a secret, with a key set', { ...set, AUTH_ALGORITHMS: 'RS256,HS256' }, ['AUTH_ALGORITHMS']],
  ['no signature', { ...set, AUTH_ALGORITHMS: 'none' }, ['AUTH_ALGORITHMS']],
  ['that of a secret', { ...shared, AUTH_ALGORITHMS: 'HS256' }, []],
  ['that of a public key, with a secret', { ...shared, AUTH_ALGORITHMS: 'RS256' }, ['AUTH_ALGORITHMS']],
  ['a key set kept less long than it is used', { ...set, AUTH_JWKS_KEPT_MS: '599999' }, ['AUTH_JWKS_KEPT_MS']],
  ['a token as long as all headers', { ...set, AUTH_TOKEN_BYTES_MAX: '8192' }, ['AUTH_TOKEN_BYTES_MAX']],
])('what callers are known by fits together: %s', ([, settings, refused]) => {
  expect(refusedOf(settings)).toEqual(refused);
});

test('with AUTH=none none of it is asked for', () => {
  expect(refusedOf({ AUTH: 'none', AUTH_ISSUER: '', AUTH_AUDIENCE: '' })).toEqual([]);
});

test.for(['0.0.0.0', '::', '10.0.0.7', 'gateway.example', '127.0.0.1.example', ''])(
  'AUTH=none goes with an address that others reach only where that is said: %s',
  (host) => {
    const refused = host === '' ? [] : ['AUTH_NONE_ON_NETWORK'];
    expect(refusedOf({ AUTH: 'none', HOST: host })).toEqual(refused);
    expect(refusedOf({ AUTH: 'none', HOST: host, AUTH_NONE_ON_NETWORK: 'true' })).toEqual([]);
    expect(refusedOf({ ...set, HOST: host })).toEqual([]);
  },
);

test.for(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('this very machine is no network: %s', (host) => {
  expect(refusedOf({ AUTH: 'none', HOST: host })).toEqual([]);
});

test.for<[text: string, read: Readonly<Record<string, readonly string[]>>]>([
  ['supervisor:introspection', { supervisor: ['introspection'] }],
  [' a : auditors + custom-fields , b:upstream', { a: ['auditors', 'custom-fields'], b: ['upstream'] }],
  ['urn:example:role:lead:all-conversations', { 'urn:example:role:lead': ['all-conversations'] }],
  ['__proto__:upstream', Object.fromEntries([['__proto__', ['upstream']]])],
])('roles are given rights: %s', ([text, read]) => {
  const { AUTH_ROLE_RIGHTS: given } = configOf({ ...set, AUTH_ROLE_RIGHTS: text });
  expect(new Map([...(given ?? [])].map(([role, each]) => [role, [...each]]))).toEqual(new Map(Object.entries(read)));
});

test.for(['supervisor', 'supervisor:', ':upstream', 'a:all', 'a:upstream,a:auditors', 'a:upstream,', 'a:Upstream'])(
  'what gives no right, or not to one role, is refused: %s',
  (text) => {
    expect(refusedOf({ ...set, AUTH_ROLE_RIGHTS: text })).toEqual(['AUTH_ROLE_RIGHTS']);
  },
);

test.for<[name: string, isTaken: boolean]>([
  ['https://example.com/roles', true],
  ['/realm_access/roles', true],
  ['/resource~1access/a~0b', true],
  ['/resource~access', false],
  ['/resource~', false],
])('a claim is named, or pointed at: %s', ([name, isTaken]) => {
  for (const setting of ['AUTH_ROLES_CLAIM', 'AUTH_AGENTS_CLAIM', 'AUTH_QUEUES_CLAIM'])
    expect(refusedOf({ ...set, [setting]: name })).toEqual(isTaken ? [] : [setting]);
});
