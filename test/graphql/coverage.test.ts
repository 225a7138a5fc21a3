import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { coverageOf, refuseUnread } from '../../src/graphql/answering/coverage.ts';
import type { Tile } from '../../src/model/ports.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { SliceReport } from '../../src/reading/report.ts';
import { conversationOf } from '../model/sample.ts';
import { rowOf } from '../selection/arbitraries.ts';

const window = { from: 0, until: 86_400 };
const table = tableOf([rowOf(conversationOf({})), { identity: 'broken', conversation: null }]);
const tile: Tile = { window, table, unreadableCount: 0, total: 2, readAt: 5_000 };

const whole: SliceReport = {
  window,
  tiles: [tile],
  isWhole: true,
  isPending: false,
  total: 2,
  retryAfterSeconds: null,
  failure: null,
};
const quota = new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'later');
const pending: SliceReport = { ...whole, isWhole: false, isPending: true, failure: quota, total: null };
const torn: SliceReport = { ...whole, isWhole: false, failure: new Failure('UPSTREAM_INCONSISTENT', 'never') };
const unread: SliceReport = { ...pending, tiles: [] };
const locked: SliceReport = { ...torn, tiles: [], total: null, failure: new Failure('UPSTREAM_AUTH', 'not you') };

const all = { sliceCount: 2, isPartial: false };

test.for<[title: string, reports: readonly SliceReport[], scope: typeof all, coverage: object]>([
  [
    'all of it',
    [whole, { ...whole, tiles: [{ ...tile, readAt: 3_000 }] }],
    all,
    {
      complete: true,
      daysRead: 2,
      conversationsRead: 2,
      conversationsExpected: 4,
      asOf: 3_000,
      retryAfterSeconds: null,
    },
  ],
  [
    'as much as a page needs',
    [whole],
    all,
    { complete: true, daysRead: 1, daysExpected: 2, conversationsExpected: null },
  ],
  ['of a walk that has passed a gap', [whole, whole], { ...all, isPartial: true }, { complete: false, daysRead: 2 }],
  [
    'with a row that could not be read',
    [{ ...whole, tiles: [{ ...tile, unreadableCount: 3 }] }],
    all,
    { complete: false, daysRead: 1, conversationsRead: 4 },
  ],
  [
    'not yet',
    [whole, { ...pending, retryAfterSeconds: 9 }],
    all,
    { complete: false, conversationsRead: 2, conversationsExpected: null, retryAfterSeconds: 9 },
  ],
  [
    'at once',
    [
      { ...pending, retryAfterSeconds: 0 },
      { ...pending, retryAfterSeconds: null },
    ],
    all,
    { retryAfterSeconds: 1 },
  ],
  ['never', [torn, whole], all, { complete: false, daysRead: 1, conversationsExpected: 4, retryAfterSeconds: null }],
  ['nothing of it', [unread], all, { complete: false, daysRead: 0, conversationsRead: 0, asOf: null }],
])('coverage says how much was read: %s', ([, reports, scope, coverage]) => {
  expect(coverageOf(reports, scope)).toMatchObject({ daysExpected: 2, ...coverage });
});

describe('nothing read at all', () => {
  test.for<[title: string, reports: readonly SliceReport[], code: string | null]>([
    ['for a reason that stays', [locked, locked], 'UPSTREAM_AUTH'],
    ['for a reason that stays, and for lack of quota', [unread, locked], 'UPSTREAM_AUTH'],
    ['and nothing to come', [{ ...torn, tiles: [] }], 'UPSTREAM_INCONSISTENT'],
    ['yet', [unread, unread], null],
    ['but a part', [locked, torn], null],
    ['but a whole day without a row', [locked, { ...whole, tiles: [] }], null],
    ['for nothing was asked', [], null],
  ])('is a failure only where it stays so: %s', ([, reports, code]) => {
    const act = () => refuseUnread(reports);
    if (code === null) expect(act).not.toThrow();
    else expect(act).toThrow(expect.objectContaining({ code }));
  });
});
