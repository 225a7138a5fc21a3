import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCursors, type OpenableLists } from '../../src/paging/cursor.ts';
import { checkOwner, type Keyset, type KeysetList, type KeysetPlace } from '../../src/paging/keyset.ts';
import { createSeal } from '../../src/paging/seal.ts';

const parameters = { seed: 20_261_125, numRuns: 1_000 };
const seal = createSeal(['one secret for all of them']);
const cursors = createCursors(seal, 'account|org|stream|client');

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\uD800', '__proto__', '\u0001', ''),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.constantFrom(0.1 + 0.2, Number.MIN_VALUE, Number.MAX_VALUE, -100, 2 ** 53),
);
const place: fc.Arbitrary<KeysetPlace> = fc.array(fc.oneof(text, number, fc.constant(null)), { maxLength: 6 });
const second = fc.integer({ min: -62_167_305_600, max: 253_402_387_140 });
const keysets: fc.Arbitrary<Keyset> = fc.record({
  window: fc.record({ from: second, until: second }),
  owner: fc.option(text),
  place,
  isPartial: fc.boolean(),
});

const list: KeysetList = {
  kind: 'Query.conversations',
  contactDirection: 'INBOUND',
  includeBelowThreshold: false,
  filterKey: '["channels",["VOICE"]]',
  orderKey: 'AUDIT_SCORE DESC',
  timeZone: 'Europe/Berlin',
};
const lists: OpenableLists = { direct: null, keyset: list };
const sample: Keyset = { window: { from: 0, until: 60 }, owner: null, place: [3, 'c-1', null], isPartial: false };

test('a keyset cursor gives back its window and its place, numbers to the last bit', () => {
  fc.assert(
    fc.property(keysets, (keyset) => {
      const cursor = cursors.open(cursors.sealKeyset(list, keyset), lists, keyset.window);
      if (cursor.kind !== 'keyset') throw new Error('no keyset');
      const { owner, ...rest } = keyset;
      expect(cursor.window).toEqual(keyset.window);
      expect(cursor.keyset).toMatchObject(rest);
      expect(() => checkOwner(cursor.keyset, owner)).not.toThrow();
    }),
    parameters,
  );
});

test('equal places have equal cursors, and others have others', () => {
  fc.assert(
    fc.property(keysets, keysets, (one, other) => {
      expect(cursors.sealKeyset(list, one)).toBe(cursors.sealKeyset({ ...list }, { ...one }));
      if (JSON.stringify(one) === JSON.stringify(other)) return;
      expect(cursors.sealKeyset(list, one)).not.toBe(cursors.sealKeyset(list, other));
    }),
    parameters,
  );
});

test('a cursor of another owner is refused, and none is not the empty one', () => {
  fc.assert(
    fc.property(fc.option(text), fc.option(text), (mine, other) => {
      const cursor = cursors.open(cursors.sealKeyset(list, { ...sample, owner: mine }), lists, null);
      if (cursor.kind !== 'keyset') throw new Error('no keyset');
      const { keyset } = cursor;
      if (mine === other) expect(() => checkOwner(keyset, other)).not.toThrow();
      else expect(() => checkOwner(keyset, other)).toThrow(badCursor('OTHER_QUESTION'));
    }),
    parameters,
  );
});

describe('the cursor of another list is refused', () => {
  test.for<[string, Partial<KeysetList>]>([
    ['another kind', { kind: 'Agent.conversations' }],
    ['another direction', { contactDirection: null }],
    ['another threshold', { includeBelowThreshold: true }],
    ['another filter', { filterKey: '[]' }],
    ['another order', { orderKey: 'AUDIT_SCORE ASC' }],
    ['other midnights', { timeZone: 'UTC' }],
  ])('%s', ([, change]) => {
    const token = cursors.sealKeyset({ ...list, ...change }, sample);
    expect(() => cursors.open(token, lists, null)).toThrow(badCursor('OTHER_QUESTION'));
  });

  test('another window', () => {
    const token = cursors.sealKeyset(list, sample);
    expect(() => cursors.open(token, lists, { from: 0, until: 61 })).toThrow(badCursor('OTHER_QUESTION'));
  });

  test("the upstream's own, where it is not this one", () => {
    const question = { ...list, window: sample.window };
    const token = cursors.seal(question, { offset: 0, total: 1, print: '000000000000', before: [], after: [] });
    expect(() => cursors.open(token, lists, null)).toThrow(badCursor('OTHER_QUESTION'));
    expect(cursors.open(token, { ...lists, direct: list }, null).kind).toBe('anchor');
  });
});

test('a row whose ids are too long for a cursor has none', () => {
  const longest = { ...sample, place: ['i'.repeat(3_000)] };
  const cursor = cursors.open(cursors.sealKeyset(list, longest), lists, null);
  expect(cursor).toMatchObject({ keyset: { place: longest.place } });
  expect(() => cursors.sealKeyset(list, { ...sample, place: ['i'.repeat(3_100)] })).toThrow(
    expect.objectContaining({ code: 'UPSTREAM_TOO_LARGE', reason: 'CURSOR_LENGTH' }),
  );
});

test('every cursor that is sealed can be opened', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2_900, max: 3_100 }), (length) => {
      const keyset = { ...sample, place: ['i'.repeat(length)] };
      let token: string;
      try {
        token = cursors.sealKeyset(list, keyset);
      } catch {
        return; // Too long: the test above says with what failure.
      }
      expect(cursors.open(token, lists, null).kind).toBe('keyset');
    }),
    parameters,
  );
});

function badCursor(reason: string) {
  return expect.objectContaining({ code: 'BAD_CURSOR', reason });
}
