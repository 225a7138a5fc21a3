import { expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import type { Anchor } from '../../src/model/range.ts';
import { type ConnectionArguments, rangeOf } from '../../src/paging/range.ts';

const sizes = { pageSizeMax: 500, pageSizeDefault: 25 };
const here: Anchor = { offset: 7, total: 9, print: 'a1a1a1a1a1a1', before: [], after: [] };
const none = { after: null, before: null };

test.for<[string, ConnectionArguments, 'first' | 'last', number]>([
  ['nothing is the default from the front', {}, 'first', 25],
  ['null is as good as nothing', { first: null, last: null }, 'first', 25],
  ['first', { first: 10 }, 'first', 10],
  ['last', { last: 10 }, 'last', 10],
  ['none from the front', { first: 0 }, 'first', 0],
  ['none from the back', { last: 0 }, 'last', 0],
  ['the most from the front', { first: 500 }, 'first', 500],
  ['the most from the back', { first: null, last: 500 }, 'last', 500],
])('a range is what was asked for: %s', ([, args, side, count]) => {
  expect(rangeOf(args, none, sizes)).toEqual({ after: null, before: null, side, count });
});

test.for<[string, ConnectionArguments, string]>([
  ['both counts', { first: 1, last: 1 }, 'FIRST_AND_LAST'],
  ['both counts, though none is wanted', { first: 0, last: 0 }, 'FIRST_AND_LAST'],
  ['a negative first', { first: -1 }, 'PAGE_SIZE'],
  ['a negative last', { last: -1 }, 'PAGE_SIZE'],
  ['one more than the most from the front', { first: 501 }, 'PAGE_SIZE'],
  ['one more than the most from the back', { last: 501 }, 'PAGE_SIZE'],
])('a range is refused, never clamped: %s', ([, args, reason]) => {
  const act = () => rangeOf(args, none, sizes);
  expect(act).toThrow(Failure);
  expect(act).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', reason }));
});

test('a range keeps the anchors of its cursors, on whichever side it counts', () => {
  expect(rangeOf({ last: 2 }, { after: here, before: null }, sizes)).toMatchObject({ after: here, before: null });
  expect(rangeOf({ first: 2 }, { after: null, before: here }, sizes)).toMatchObject({ after: null, before: here });
});
