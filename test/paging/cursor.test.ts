import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Anchor, ListQuestion } from '../../src/model/range.ts';
import type { Window } from '../../src/model/window.ts';
import { createCursors, type OpenableLists } from '../../src/paging/cursor.ts';
import { createSeal, cursorVersion } from '../../src/paging/seal.ts';

const parameters = { seed: 20_261_122, numRuns: 1_000 };
const seal = createSeal(['one secret for all of them']);
const cursors = createCursors(seal, 'account|org|stream|client');

const print = fc.stringMatching(/^[0-9a-f]{12}$/);
const uint32 = fc.nat(2 ** 32 - 1);
const anchors: fc.Arbitrary<Anchor> = fc.record({
  offset: uint32,
  total: uint32,
  print,
  before: fc.array(print, { maxLength: 4 }),
  after: fc.array(print, { maxLength: 4 }),
});
/** From the year 0 to the year 9999, as an RFC 3339 instant can say it. */
const second = fc.integer({ min: -62_167_305_600, max: 253_402_387_140 });
const windows: fc.Arbitrary<Window> = fc.record({ from: second, until: second });
const questions: fc.Arbitrary<ListQuestion> = fc.record({
  window: windows,
  contactDirection: fc.constantFrom(null, 'INBOUND', 'OUTBOUND'),
  includeBelowThreshold: fc.boolean(),
});

test('a cursor gives back its window and its place, asked with its window or with none', () => {
  fc.assert(
    fc.property(questions, anchors, (question, anchor) => {
      const token = cursors.seal(question, anchor);
      const cursor = { kind: 'anchor', window: question.window, anchor };
      expect(cursors.open(token, listsOf(question), null)).toEqual(cursor);
      expect(cursors.open(token, listsOf(question), question.window)).toEqual(cursor);
    }),
    parameters,
  );
});

test('equal places of equal questions have equal cursors, and others have others', () => {
  fc.assert(
    fc.property(questions, anchors, anchors, (question, one, other) => {
      expect(cursors.seal(question, one)).toBe(cursors.seal({ ...question }, { ...one }));
      if (JSON.stringify(one) === JSON.stringify(other)) return;
      expect(cursors.seal(question, one)).not.toBe(cursors.seal(question, other));
    }),
    parameters,
  );
});

const question: ListQuestion = {
  window: { from: 1_772_409_600, until: 1_772_496_000 },
  contactDirection: 'INBOUND',
  includeBelowThreshold: false,
};
const anchor: Anchor = { offset: 7, total: 100, print: '00ff00ff00ff', before: ['0a0b0c0d0e0f'], after: [] };

test.for<[string, Partial<ListQuestion>]>([
  ['the other direction', { contactDirection: 'OUTBOUND' }],
  ['both directions', { contactDirection: null }],
  ['below-threshold contacts too', { includeBelowThreshold: true }],
  ['a later end', { window: { from: 1_772_409_600, until: 1_772_496_001 } }],
  ['an earlier beginning', { window: { from: 1_772_409_599, until: 1_772_496_000 } }],
])('the cursor of another question is refused: %s', ([, change]) => {
  const asked = { ...question, ...change };
  expect(() => cursors.open(cursors.seal(question, anchor), listsOf(asked), asked.window)).toThrow(
    badCursor('OTHER_QUESTION'),
  );
});

test.for(['account|org|stream|other', 'account|org|other|client', '', 'account|org|stream|client '])(
  'the cursor of another scope is refused: "%s"',
  (scope) => {
    const token = createCursors(seal, scope).seal(question, anchor);
    expect(() => cursors.open(token, listsOf(question), null)).toThrow(badCursor('OTHER_QUESTION'));
  },
);

test.for<[string, string, string]>([
  ['an empty one', '', 'BROKEN'],
  ['a word that is base64url', 'yesterda', 'OTHER_VERSION'],
  ['not base64url', 'år', 'BROKEN'],
  ['the version alone', Buffer.of(cursorVersion).toString('base64url'), 'BROKEN'],
  ['another version', Buffer.alloc(90, cursorVersion + 1).toString('base64url'), 'OTHER_VERSION'],
  ['one sealed by another secret', createSeal(['another secret']).seal(Buffer.alloc(60)), 'BROKEN'],
  ['one that is too long to be ours', 'A'.repeat(4_097), 'BROKEN'],
  ['a very long one', seal.seal(Buffer.alloc(10_000)), 'BROKEN'],
])('what is no cursor of ours is refused with its reason: %s', ([, token, reason]) => {
  expect(() => cursors.open(token, listsOf(question), null)).toThrow(badCursor(reason));
});

test('the longest cursor is short enough to be opened', () => {
  const prints = ['ffffffffffff', 'ffffffffffff', 'ffffffffffff', 'ffffffffffff'];
  const farthest: Anchor = {
    offset: 2 ** 32 - 1,
    total: 2 ** 32 - 1,
    print: 'f'.repeat(12),
    before: prints,
    after: prints,
  };
  expect(cursors.seal(question, farthest).length).toBeLessThanOrEqual(200);
});

/** The upstream's own list, and the same held in an order of ours. */
function listsOf({ contactDirection, includeBelowThreshold }: ListQuestion): OpenableLists {
  const pushed = { contactDirection, includeBelowThreshold };
  return {
    direct: pushed,
    keyset: { ...pushed, kind: 'Query.conversations', filterKey: '[]', orderKey: '', timeZone: 'UTC' },
  };
}

function badCursor(reason: string) {
  return expect.objectContaining({ code: 'BAD_CURSOR', reason });
}
