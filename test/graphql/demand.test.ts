import { Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type DemandEnvironment, type Demanded, demandsOf } from '../../src/graphql/demand.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { createCalendar } from '../../src/model/calendar.ts';
import type { Anchor, ListQuestion } from '../../src/model/range.ts';
import { createCursors } from '../../src/paging/cursor.ts';
import { createSeal } from '../../src/paging/seal.ts';

const schema = buildSchema();
const cursors = createCursors(createSeal(['a secret of sixteen']), 'scope');
const environment: DemandEnvironment = {
  cursors,
  calendar: createCalendar('UTC'),
  nowMs: Date.parse('2026-03-30T12:00:00Z'),
  limits: { windowDaysMax: 92, windowDaysDefault: 7, pageSizeMax: 500, pageSizeDefault: 25 },
};

const window = { from: 1_772_409_600, until: 1_772_496_000 };
const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const lastWeek = { from: Date.parse('2026-03-24') / 1000, until: Date.parse('2026-03-31') / 1000 };
const plain: ListQuestion = { window, contactDirection: null, includeBelowThreshold: false };
const anchor: Anchor = { offset: 9, total: 100, print: 'aabbccddeeff', before: [], after: [] };
const cursor = cursors.seal(plain, anchor);
const inboundCursor = cursors.seal({ ...plain, contactDirection: 'INBOUND' }, anchor);

/** A demand in short: which rows, and whether the total. */
function shown(each: Demanded): string {
  if (each.kind === 'refused') return `${each.path}: ${each.failure.code} ${each.failure.reason}`;
  const { range, needsTotal } = each.demand;
  const places =
    range === null ? '' : `${range.after === null ? '' : ' after'}${range.before === null ? '' : ' before'}`;
  const rows = range === null ? 'none' : `${range.side} ${range.count}${places}`;
  return `${each.path}: ${rows}${needsTotal ? ' + total' : ''}`;
}

function demands(text: string, variables: Record<string, unknown> = {}): readonly Demanded[] {
  const document = parse(text);
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('no operation');
  return demandsOf({ schema, document, operation, variables }, environment);
}

test.for<[query: string, demanded: readonly string[]]>([
  [`{ conversations(${day}) { nodes { id } } }`, ['conversations: first 25']],
  [`{ conversations(${day}, first: 10) { edges { cursor } } }`, ['conversations: first 10']],
  [`{ conversations(${day}, last: 10) { nodes { id } totalCount } }`, ['conversations: last 10 + total']],
  [`{ conversations(${day}, first: 10) { totalCount } }`, ['conversations: none + total']],
  [`{ conversations(${day}, first: 10) { pageInfo { hasNextPage } } }`, ['conversations: first 10']],
  [`{ conversations(${day}, first: 0) { pageInfo { hasNextPage } } }`, ['conversations: first 0']],
  [`{ conversations(${day}, first: 0) { nodes { id } } }`, ['conversations: none']],
  [`{ conversations(${day}) { window { from } coverage { complete } __typename } }`, ['conversations: none']],
  [`{ __typename }`, []],
  [`{ __schema { types { name } } }`, []],
  [`{ a: conversations { totalCount } b: conversations { nodes { id } } }`, ['a: none + total', 'b: first 25']],
  [`{ a: conversations { totalCount } a: conversations { nodes { id } } }`, ['a: first 25 + total']],
  [`{ conversations { ...F } } fragment F on ConversationConnection { totalCount }`, ['conversations: none + total']],
  [`{ ...F } fragment F on Query { conversations { ... { nodes { id } } } }`, ['conversations: first 25']],
  [`{ conversations @skip(if: true) { totalCount } }`, []],
  [`{ conversations { totalCount @include(if: false) nodes @skip(if: true) { id } } }`, ['conversations: none']],
  [`{ conversations(first: 5, after: "${cursor}") { nodes { id } } }`, ['conversations: first 5 after']],
  [`{ conversations(last: 5, before: "${cursor}") { nodes { id } } }`, ['conversations: last 5 before']],
  [`{ conversations(first: 5, after: null, last: null) { nodes { id } } }`, ['conversations: first 5']],
  [`{ conversations(first: -1) { nodes { id } } }`, ['conversations: BAD_USER_INPUT PAGE_SIZE']],
  [`{ conversations(first: 501) { __typename } }`, ['conversations: BAD_USER_INPUT PAGE_SIZE']],
  [`{ conversations(first: 1, last: 1) { totalCount } }`, ['conversations: BAD_USER_INPUT FIRST_AND_LAST']],
  [`{ conversations(after: "no") { totalCount } }`, ['conversations: BAD_CURSOR BROKEN']],
  [`{ conversations(after: "${inboundCursor}") { totalCount } }`, ['conversations: BAD_CURSOR OTHER_QUESTION']],
  [
    `{ a: conversations(first: -1) { totalCount } b: conversations { totalCount } }`,
    ['a: BAD_USER_INPUT PAGE_SIZE', 'b: none + total'],
  ],
])('an operation demands what its selections need: %s', ([query, demanded]) => {
  expect(demands(query).map(shown)).toEqual(demanded);
});

describe('the question of a demand', () => {
  test.for<[args: string, question: Partial<ListQuestion>]>([
    ['', { window: lastWeek }],
    [day, {}],
    [`window: null`, { window: lastWeek }],
    [`after: "${cursor}"`, {}],
    [`before: "${cursor}"`, {}],
    [`${day}, after: "${cursor}", before: "${cursor}"`, {}],
    [`${day}, filterBy: {}`, {}],
    [`${day}, filterBy: null`, {}],
    [`${day}, filterBy: { contactDirection: INBOUND }`, { contactDirection: 'INBOUND' }],
    [`${day}, filterBy: { contactDirection: null }`, {}],
    [`${day}, filterBy: { includeBelowThreshold: true }`, { includeBelowThreshold: true }],
    [`${day}, filterBy: { includeBelowThreshold: null }`, {}],
    [`after: "${inboundCursor}", filterBy: { contactDirection: INBOUND }`, { contactDirection: 'INBOUND' }],
  ])('is of its window and its pushed filters: %s', ([args, change]) => {
    const [demanded] = demands(`{ conversations${args === '' ? '' : `(${args})`} { totalCount } }`);
    expect(demanded?.kind === 'demanded' && demanded.demand.question).toEqual({ ...plain, ...change });
  });

  test('is the same with variables', () => {
    const query = `query ($window: TimeWindow, $filter: ConversationFilter, $first: Int = 3, $no: Boolean = false) {
      conversations(window: $window, filterBy: $filter, first: $first) { nodes { id } totalCount @include(if: $no) }
    }`;
    const variables = {
      window: { from: '2026-03-02T01:00:00+01:00', until: '2026-03-03T00:00:00Z' },
      filter: { contactDirection: 'OUTBOUND' },
    };
    const [demanded] = demands(query, variables);
    expect(demanded).toMatchObject({
      kind: 'demanded',
      path: 'conversations',
      demand: {
        question: { ...plain, contactDirection: 'OUTBOUND' },
        range: { side: 'first', count: 3, after: null, before: null },
        needsTotal: false,
      },
    });
  });

  test('holds the anchor of its cursor', () => {
    const [demanded] = demands(`{ conversations(after: "${cursor}") { nodes { id } } }`);
    expect(demanded?.kind === 'demanded' && demanded.demand.range?.after).toEqual(anchor);
  });

  test('is refused where two cursors are of two windows', () => {
    const other = cursors.seal({ ...plain, window: { ...window, until: window.until + 1 } }, anchor);
    const query = `{ conversations(after: "${cursor}", before: "${other}") { nodes { id } } }`;
    expect(demands(query).map(shown)).toEqual(['conversations: BAD_CURSOR OTHER_QUESTION']);
  });
});

test.for<[title: string, variables: Record<string, unknown>]>([
  ['a missing one', {}],
  ['one of another type', { window: 'yesterday' }],
  ['a date that does not exist', { window: { from: '2026-02-30T00:00:00Z', until: '2026-03-03T00:00:00Z' } }],
])('variables that do not fit demand nothing, for nothing will be executed: %s', ([, variables]) => {
  expect(demands('query ($window: TimeWindow!) { conversations(window: $window) { totalCount } }', variables)).toEqual(
    [],
  );
});
