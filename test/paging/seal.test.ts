import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeal, cursorVersion } from '../../src/paging/seal.ts';

const parameters = { seed: 20_261_122, numRuns: 500 };
const [old, young, foreign] = ['the first secret of all', 'the second secret of all', 'a secret of somebody else'];
const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));

test('what was sealed is opened again, byte for byte', () => {
  const seal = createSeal([old]);
  fc.assert(
    fc.property(bytes, (plaintext) => {
      expect(seal.open(seal.seal(plaintext))).toEqual({ kind: 'opened', plaintext });
    }),
    parameters,
  );
});

test('equal plaintexts have equal tokens, wherever they are made, and different ones different tokens and nonces', () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const [here, there] = [createSeal([old]).seal(one), createSeal([old, young]).seal(one)];
      expect(here).toBe(there);
      if (one.equals(other)) return;
      const another = createSeal([old]).seal(other);
      expect(nonceOf(another).equals(nonceOf(here))).toBe(false);
    }),
    parameters,
  );
});

test('a token tells nothing of its plaintext but the length', () => {
  const token = createSeal([old]).seal(Buffer.alloc(64));
  expect(new Set(Buffer.from(token, 'base64url').subarray(13, 77)).size).toBeGreaterThan(30);
  expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
});

test('one flipped bit, whichever it is, makes it a broken token or one of another version', () => {
  const seal = createSeal([old, young]);
  for (const plaintext of [Buffer.alloc(0), Buffer.from('where it stands'), Buffer.alloc(83, 7)]) {
    const token = Buffer.from(seal.seal(plaintext), 'base64url');
    for (let bit = 0; bit < token.length * 8; bit++) {
      const flipped = Buffer.from(token);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const kind = bit < 8 ? 'other-version' : 'broken';
      expect(seal.open(flipped.toString('base64url')), `bit ${bit}`).toEqual({ kind });
    }
  }
});

test('any other text than a whole token is broken or of another version', () => {
  const seal = createSeal([old]);
  const token = seal.seal(Buffer.from('where it stands'));
  const cut = fc.nat(token.length - 1).map((length) => token.slice(0, length));
  const longer = fc.string({ minLength: 1 }).map((tail) => token + tail);
  const respelled = fc.constantFrom(`${token}=`, ` ${token}`, `${token}\n`, token.replaceAll('-', '+'), `${token}A`);
  fc.assert(
    fc.property(fc.oneof(fc.string(), cut, longer, respelled), (text) => {
      fc.pre(text !== token);
      expect(['broken', 'other-version']).toContain(seal.open(text).kind);
    }),
    parameters,
  );
  expect(seal.open('')).toEqual({ kind: 'broken' });
  expect(seal.open(Buffer.of(cursorVersion).toString('base64url'))).toEqual({ kind: 'broken' });
});

test('the first secret seals, and all of them open', () => {
  const plaintext = Buffer.from('where it stands');
  const [before, during, after] = [createSeal([old]), createSeal([young, old]), createSeal([young])];
  expect(during.open(before.seal(plaintext))).toEqual({ kind: 'opened', plaintext });
  expect(after.open(during.seal(plaintext))).toEqual({ kind: 'opened', plaintext });
  expect(after.open(before.seal(plaintext))).toEqual({ kind: 'broken' });
  expect(createSeal([foreign]).open(during.seal(plaintext))).toEqual({ kind: 'broken' });
});

test('a seal without a secret is none', () => {
  expect(() => createSeal([])).toThrow(RangeError);
});

function nonceOf(token: string): Buffer {
  return Buffer.from(token, 'base64url').subarray(1, 13);
}
