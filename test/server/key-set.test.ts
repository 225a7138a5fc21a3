import { describe, expect, test } from 'vitest';
import { createKey, type Manner } from '../issuer/issuer.ts';
import { startCallers } from './callers.ts';

const minute = 60_000;
const hour = 60 * minute;
const somebody = expect.objectContaining({ sight: null });
const all = { roles: 'all-conversations' };

const failing: readonly Manner[] = ['html', 'hang', 'drip', 'redirect', 'huge', 'bomb', 'error', 'empty', 'no-json'];

describe('A67, F75 a key server that fails', () => {
  test.for(failing)('shuts out nobody, and is left in peace: %s', async (manner) => {
    await using world = await startCallers();
    const { issuer } = world;
    expect(await world.admit(await issuer.token(all))).toEqual(somebody);
    issuer.manner = manner;
    for (let at = 0; at < 30; at += 10) {
      await world.pass(10 * minute);
      expect(await world.admit(await issuer.token({ ...all, jti: `${at}` }))).toEqual(somebody);
    }
    expect(issuer.strayCount).toBe(0);
    // One at the start; then at ten minutes, and with longer and longer pauses, up to the cooldown.
    expect(issuer.fetchCount).toBeGreaterThan(30);
    expect(issuer.fetchCount).toBeLessThan(1 + 5 + 20 * 2 + 2);
    issuer.manner = 'true';
    await world.pass(30_000);
    const { fetchCount } = issuer;
    await world.pass(9 * minute);
    expect(issuer.fetchCount).toBe(fetchCount);
  });

  test.for(failing)('is no key server where it never was one, until it is: %s', async (manner) => {
    await using world = await startCallers({
      begin: async (issuer) => {
        issuer.manner = manner;
      },
    });
    const token = await world.issuer.token(all);
    await world.pass(minute);
    expect(world.isReady()).toBe(false);
    const refused = await world.identity(`Bearer ${token}`);
    expect(refused).toMatchObject({
      kind: 'refused',
      challenge: null,
      failure: { code: 'OVERLOADED', reason: 'KEY_SET' },
    });
    world.issuer.manner = 'true';
    await world.pass(30_000);
    expect(world.isReady()).toBe(true);
    expect(await world.admit(token)).toEqual(somebody);
  });

  test('that is gone for six hours has no good token refused', async () => {
    await using world = await startCallers();
    const { issuer } = world;
    expect(await world.admit(await issuer.token(all))).toEqual(somebody);
    await issuer.die();
    const outcomes = new Set<unknown>();
    for (let at = 0; at < 6 * hour; at += 10 * minute) {
      await world.pass(10 * minute);
      outcomes.add((await world.admit(await issuer.token({ ...all, jti: `${at}` }))) instanceof Object);
    }
    expect(outcomes).toEqual(new Set([true]));
    // A token that was signed meanwhile with a key that isn't known yet is not said to be bad.
    await issuer.rotate('second');
    expect(await world.admit(await issuer.token(all))).toBe('OVERLOADED');
    await issuer.comeBack();
    await world.pass(30_000);
    expect(await world.admit(await issuer.token(all))).toEqual(somebody);
  });

  test('is tried for again within a second, also where a token with a new key was why it was asked', async () => {
    await using world = await startCallers();
    const { issuer } = world;
    expect(await world.admit(await issuer.token(all))).toEqual(somebody);
    await world.pass(31_000);
    await issuer.rotate('second');
    issuer.manner = 'error';
    const tokens = await Promise.all(Array.from({ length: 50 }, (_, at) => issuer.token({ ...all, jti: `${at}` })));
    for (const each of await Promise.all(tokens.map((token) => world.identity(`Bearer ${token}`))))
      expect(each).toMatchObject({ failure: { code: 'OVERLOADED', retryAfterSeconds: 1 } });
    await world.pass(1_000);
    await world.pass(0);
    expect(issuer.fetchCount).toBe(3);
    issuer.manner = 'true';
    await world.pass(2_000);
    for (const token of tokens) expect(await world.admit(token)).toEqual(somebody);
    expect(issuer.fetchCount).toBe(4);
  });

  test('that is gone for longer than its set may be kept leaves nobody known, and nobody called an impostor', async () => {
    await using world = await startCallers({ keptMs: 2 * hour });
    const { issuer } = world;
    const held = await issuer.token({ ...all, exp: world.clock.now() / 1000 + 3 * 3600 });
    expect(await world.admit(held)).toEqual(somebody);
    await issuer.die();
    await world.pass(2 * hour - 1);
    expect(await world.admit(held)).toEqual(somebody);
    await world.pass(2);
    expect(await world.admit(held)).toBe('OVERLOADED');
    expect(await world.admit(await issuer.token(all))).toBe('OVERLOADED');
    await issuer.comeBack();
    await world.pass(30_000);
    expect(await world.admit(held)).toEqual(somebody);
  });
});

describe('A64 keys that are not known', () => {
  test('a thousand of them are one reading a cooldown', async () => {
    await using world = await startCallers();
    const { issuer } = world;
    const [token, stranger] = [await issuer.token(), await createKey('stranger')];
    const tokens = await Promise.all(
      Array.from({ length: 1_000 }, (_, at) => issuer.token({}, { key: stranger, header: { kid: `unknown-${at}` } })),
    );
    await world.admit(token);
    for (const round of [0, 1, 1, 2]) {
      const outcomes = await Promise.all(tokens.slice(0, 500).map(world.admit));
      for (const each of tokens.slice(500)) outcomes.push(await world.admit(each));
      expect(new Set(outcomes)).toEqual(new Set(['UNAUTHENTICATED']));
      expect(issuer.fetchCount).toBe(1 + round);
      if (round !== 0) await world.pass(15_000);
      else await world.pass(30_000);
    }
  });
});

describe('A65, A66 keys that come and go', () => {
  test('a new key is taken as soon as the cooldown is over, by one reading for all who show it', async () => {
    await using world = await startCallers();
    const { issuer } = world;
    const former = await issuer.token(all);
    expect(await world.admit(former)).toEqual(somebody);
    await issuer.rotate('second');
    const tokens = await Promise.all(Array.from({ length: 50 }, (_, at) => issuer.token({ ...all, jti: `${at}` })));
    await world.pass(30_000 - 1);
    expect(new Set(await Promise.all(tokens.map(world.admit)))).toEqual(new Set(['UNAUTHENTICATED']));
    await world.pass(1);
    for (const each of await Promise.all(tokens.map(world.admit))) expect(each).toEqual(somebody);
    expect(issuer.fetchCount).toBe(2);
    expect(await world.admit(former)).toEqual(somebody);
  });

  test('a key that was taken out is taken until the set is read again, and no longer', async () => {
    await using world = await startCallers();
    const { issuer } = world;
    const token = await issuer.token({ ...all, exp: world.clock.now() / 1000 + 3600 });
    expect(await world.admit(token)).toEqual(somebody);
    await issuer.rotate('second');
    issuer.revoke('first');
    await world.pass(10 * minute - 1);
    expect(await world.admit(token)).toEqual(somebody);
    await world.pass(1);
    await world.pass(0);
    expect(await world.admit(token)).toBe('UNAUTHENTICATED');
  });

  test('a key that the set calls by a name that it had before is another key', async () => {
    await using world = await startCallers();
    const { issuer } = world;
    const token = await issuer.token(all);
    expect(await world.admit(token)).toEqual(somebody);
    issuer.published = [(await createKey('first')).jwk];
    await world.pass(10 * minute);
    await world.pass(0);
    expect(await world.admit(token)).toBe('UNAUTHENTICATED');
  });
});

test('a token that names no key is checked with those that its algorithm needs', async () => {
  await using world = await startCallers();
  const { issuer } = world;
  expect(await world.admit(await issuer.token(all, { header: { kid: undefined } }))).toEqual(somebody);
  await issuer.rotate('second');
  await issuer.rotate('of another kind', 'RS256');
  await world.pass(10 * minute);
  await world.pass(0);
  for (const key of [...issuer.keys, await createKey('stranger')]) {
    const isTaken = issuer.keys.includes(key);
    const admitted = await world.admit(await issuer.token(all, { key, header: { kid: undefined } }));
    expect(admitted).toEqual(isTaken ? somebody : 'UNAUTHENTICATED');
  }
});

test('whoever asks while the set is read for the first time waits for it', async () => {
  await using world = await startCallers();
  expect(world.isReady()).toBe(false);
  expect(await world.admit(await world.issuer.token(all))).toEqual(somebody);
});

test('a reading that is under way ends with the callers', async () => {
  await using world = await startCallers({
    begin: async (issuer) => {
      issuer.manner = 'hang';
    },
  });
  await world.pass(0);
  await world.close();
  expect(world.lines).toEqual([]);
});

test('what the key server says is not logged', async () => {
  await using world = await startCallers({
    begin: async (issuer) => {
      issuer.manner = 'html';
    },
  });
  await world.pass(1_000);
  expect(world.lines.length).toBeGreaterThan(0);
  expect(world.lines.join()).toContain('"failure":"NOT_A_KEY_SET"');
  expect(world.lines.join()).not.toContain('log in');
});
