import { describe, expect, test } from 'vitest';
import { type Right, rights } from '../../src/model/access.ts';
import { type ClaimSettings, callerOf } from '../../src/server/caller/claims.ts';

const usual: ClaimSettings = { rolesClaim: 'roles', agentsClaim: 'agents', queuesClaim: 'queues', roleRights: null };

function caller(claims: object, settings: Partial<ClaimSettings> = {}) {
  const verified = { issuer: 'https://issuer.example/', subject: 'somebody' };
  return callerOf({ ...verified, claims: { ...claims } }, { ...usual, ...settings });
}

/** What somebody may, as texts. */
function may(claims: object, settings: Partial<ClaimSettings> = {}) {
  const read = caller(claims, settings);
  if (read === null) return null;
  const { rights: given, sight } = read;
  return {
    rights: [...given],
    agents: sight === null ? null : [...sight.agentIds],
    queues: sight === null ? null : [...sight.queueIds],
  };
}

const nothing = { rights: [], agents: [], queues: [] };

describe('without a claim', () => {
  test.for<object>([
    {},
    { roles: null, agents: null, queues: null },
    { roles: '', agents: '', queues: '' },
    { roles: [], agents: [''] },
  ])('there are no rights and no rows: %j', (claims) => {
    expect(may(claims)).toEqual(nothing);
  });

  test('but for an own one, whatever all objects have', () => {
    for (const rolesClaim of ['toString', '__proto__', 'constructor', '/constructor/name', '/__proto__/roles'])
      expect(may({}, { rolesClaim })).toEqual(nothing);
  });
});

describe('roles', () => {
  test.for<[title: string, roles: unknown, read: readonly Right[]]>([
    ['a list', ['auditors', 'upstream'], ['auditors', 'upstream']],
    ['one', 'auditors', ['auditors']],
    ['several with blanks, as scopes are', 'auditors  upstream', ['auditors', 'upstream']],
    ['one of another program', ['billing', 'auditors'], ['auditors']],
    ['a list holds names with blanks', ['auditors upstream'], []],
    ['letters count', 'Auditors', []],
  ])('give the rights that they are named like: %s', ([, roles, read]) => {
    expect(may({ roles })).toEqual({ ...nothing, rights: read });
  });

  test('give what the settings say of them, and then no more by their names', () => {
    const roleRights = new Map<string, ReadonlySet<Right>>([
      ['lead', new Set<Right>(['auditors', 'introspection'])],
      ['admin', new Set(rights)],
    ]);
    expect(may({ roles: ['lead', 'upstream', 'constructor'] }, { roleRights })).toEqual({
      ...nothing,
      rights: ['auditors', 'introspection'],
    });
    expect(may({ roles: 'lead admin', agents: 'a-1' }, { roleRights })).toEqual({
      rights: expect.arrayContaining([...rights]),
      agents: null,
      queues: null,
    });
  });
});

test('agents and queues are lists of ids, or one id with whatever is in it', () => {
  expect(may({ agents: ['a-1', 'a-2'], queues: 'q 1' })).toEqual({
    rights: [],
    agents: ['a-1', 'a-2'],
    queues: ['q 1'],
  });
});

describe('a claim of another shape', () => {
  test.for<unknown>([7, true, {}, { a: 'a-1' }, [7], ['a-1', null], [['a-1']]])('is not guessed at: %j', (value) => {
    for (const claim of ['roles', 'agents', 'queues'])
      expect(caller({ roles: 'all-conversations', [claim]: value })).toBeNull();
  });
});

describe('claims are named, or pointed at', () => {
  const claims = {
    'https://example.com/roles': 'auditors',
    realm_access: { roles: ['upstream'] },
    'm~1n': 'upstream',
    'a/b': { 'c~d': 'introspection' },
    groups: [{ roles: 'custom-fields' }, 'auditors'],
    '': { '': 'all-conversations' },
  };
  test.for<[place: string, read: readonly string[] | null]>([
    ['https://example.com/roles', ['auditors']],
    ['/realm_access/roles', ['upstream']],
    ['realm_access/roles', []],
    ['/a~1b/c~0d', ['introspection']],
    ['/m~01n', ['upstream']],
    ['/groups/0/roles', ['custom-fields']],
    ['/groups/1', ['auditors']],
    ['/groups/01', []],
    ['/groups/length', []],
    ['/groups/2', []],
    ['/realm_access/roles/length', []],
    ['/realm_access', null],
    ['/nothing/roles', []],
    ['/realm_access/roles/0/length', []],
  ])('%s', ([rolesClaim, read]) => {
    expect(may(claims, { rolesClaim })?.rights ?? null).toEqual(read);
  });

  test('an empty name is a name', () => {
    expect(may(claims, { rolesClaim: '//' })?.rights).toEqual(['all-conversations']);
  });
});

test("a caller's id is his alone: of one issuer and one subject", () => {
  const idOf = (issuer: string, subject: string) => callerOf({ issuer, subject, claims: {} }, usual)?.id;
  const ids = [idOf('a', 'b'), idOf('a', 'c'), idOf('b', 'b'), idOf('', 'ab'), idOf('a","b', 'c'), idOf('a', 'b","c')];
  expect(new Set(ids).size).toBe(ids.length);
  expect(idOf('a', 'b')).toBe(ids[0]);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
});
