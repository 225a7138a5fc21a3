import { describe, expect, test } from 'vitest';
import type { ConversationsDemand } from '../../src/graphql/asking/demand.ts';
import { agentGlobalId } from '../../src/graphql/ids.ts';
import type { Anchor, ListQuestion } from '../../src/model/range.ts';
import type { KeysetList } from '../../src/paging/keyset.ts';
import { cursors, day, dayWindow, demands, fields, plain, verdicts } from './source.ts';

const lastWeek = { from: Date.parse('2026-03-24') / 1000, until: Date.parse('2026-03-31') / 1000 };
const anchor: Anchor = { offset: 9, total: 100, print: 'aabbccddeeff', before: [], after: [] };
const cursor = cursors.seal(plain, anchor);
const inboundCursor = cursors.seal({ ...plain, contactDirection: 'INBOUND' }, anchor);

const list: KeysetList = {
  kind: 'Query.conversations',
  contactDirection: null,
  includeBelowThreshold: false,
  filterKey: '[]',
  orderKey: '',
  timeZone: 'UTC',
};
const place = { window: dayWindow, owner: null, place: [0, null, 'c-1', 1, '', 0], isPartial: false };
const keyset = cursors.sealKeyset(list, place);

function listDemand(args: string): ConversationsDemand {
  const [field] = fields(`{ conversations${args === '' ? '' : `(${args})`} { nodes { id } } }`);
  if (field?.demand.kind !== 'conversations') throw new Error('no list');
  return field.demand;
}

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
  [`${day}, filterBy: { metrics: [], customFields: [], dispositions: [], channels: null }`, {}],
  [`after: "${inboundCursor}", filterBy: { contactDirection: INBOUND }`, { contactDirection: 'INBOUND' }],
])("what the upstream filters by itself is read from the upstream's own list: %s", ([args, change]) => {
  const demand = listDemand(args);
  expect(demand.question.list).toEqual({ ...plain, ...change });
  expect([demand.isDirect, demand.question.filters]).toEqual([true, []]);
});

test.for<[filter: string, question: Partial<ListQuestion>, filterCount: number]>([
  ['channels: [VOICE]', {}, 1],
  ['channels: [VOICE], contactDirection: OUTBOUND', { contactDirection: 'OUTBOUND' }, 1],
  ['anyOf: [{ contactDirection: INBOUND }]', { contactDirection: 'INBOUND' }, 1],
  ['anyOf: [{ contactDirection: INBOUND }, { contactDirection: OUTBOUND }]', {}, 1],
  ['not: { contactDirection: INBOUND }', {}, 1],
  ['durationStatuses: [BELOW_THRESHOLD]', { includeBelowThreshold: true }, 1],
  ['anyOf: [{ anyOf: [{ durationStatuses: [BELOW_THRESHOLD] }] }]', { includeBelowThreshold: true }, 1],
  ['not: { durationStatuses: [BELOW_THRESHOLD] }', {}, 1],
  ['durationStatuses: [BELOW_THRESHOLD], includeBelowThreshold: false', {}, 1],
  ['koreEvaluationScore: {}', {}, 1],
])('every other filter scans what the upstream can narrow down: %s', ([filter, change, filterCount]) => {
  const demand = listDemand(`${day}, filterBy: { ${filter} }`);
  expect(demand.question.list).toEqual({ ...plain, ...change });
  expect([demand.isDirect, demand.question.filters.length]).toEqual([false, filterCount]);
});

test.for([
  'channels: []',
  'koreEvaluationScore: { min: 2, max: 1 }',
  'contactDirection: INBOUND, anyOf: [{ contactDirection: OUTBOUND }]',
  'not: {}',
])('what no row can match is known beforehand: %s', (filter) => {
  expect(listDemand(`filterBy: { ${filter} }`)).toMatchObject({ isDirect: false, question: { isImpossible: true } });
});

describe('a cursor', () => {
  test('holds its anchor', () => {
    expect(listDemand(`after: "${cursor}"`).range.after).toMatchObject({ kind: 'anchor', anchor });
  });

  test('of a scan goes on by scan, though the list is plain', () => {
    const demand = listDemand(`after: "${keyset}"`);
    expect(demand).toMatchObject({ isDirect: false, range: { after: { kind: 'keyset' } } });
    expect(demand.question.list.window).toEqual(dayWindow);
  });

  test.for<[args: string, code: string]>([
    [`after: "no"`, 'BAD_CURSOR BROKEN'],
    [`after: "${inboundCursor}"`, 'BAD_CURSOR OTHER_QUESTION'],
    [`after: "${cursor}", filterBy: { channels: [VOICE] }`, 'BAD_CURSOR OTHER_QUESTION'],
    [`after: "${cursor}", orderBy: { field: AUDIT_SCORE, direction: ASC }`, 'BAD_CURSOR OTHER_QUESTION'],
    [`after: "${keyset}", orderBy: { field: AUDIT_SCORE, direction: ASC }`, 'BAD_CURSOR OTHER_QUESTION'],
    [`after: "${keyset}", filterBy: { channels: [VOICE] }`, 'BAD_CURSOR OTHER_QUESTION'],
    [`after: "${cursor}", before: "${keyset}"`, 'BAD_CURSOR ORDER_CHANGED'],
    [
      `window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:01Z" }, after: "${keyset}"`,
      'BAD_CURSOR OTHER_QUESTION',
    ],
  ])('of another list is refused: %s', ([args, code]) => {
    expect(verdicts(`{ conversations(${args}) { nodes { id } } }`)).toEqual([`conversations: ${code}`]);
  });

  test('is refused where two are of two windows', () => {
    const other = cursors.seal({ ...plain, window: { ...dayWindow, until: dayWindow.until + 1 } }, anchor);
    const query = `{ conversations(after: "${cursor}", before: "${other}") { nodes { id } } }`;
    expect(verdicts(query)).toEqual(['conversations: BAD_CURSOR OTHER_QUESTION']);
  });

  test("of another object's list is refused before anything is read, where that object is known", () => {
    const token = cursors.sealKeyset({ ...list, kind: 'Agent.conversations' }, { ...place, owner: 'a-1' });
    const query = (id: string) => `{
      agent(agentId: "${id}") { conversations(after: "${token}") { nodes { id } } }
      node(id: "${agentGlobalId(id)}") { ... on Agent { conversations(after: "${token}") { nodes { id } } } }
    }`;
    expect(verdicts(query('a-1'))).toEqual(['agent: 2', 'node: 2']);
    expect(verdicts(query('a-2'))).toEqual(['agent: BAD_CURSOR OTHER_QUESTION', 'node: BAD_CURSOR OTHER_QUESTION']);
  });

  test("of the upstream's own list is refused when its order has turned out not to be firm", () => {
    const query = (token: string) => `{ conversations(after: "${token}") { nodes { id } } }`;
    const [direct] = demands(query(cursor), {}, { prefersScan: () => true });
    expect(direct).toMatchObject({ kind: 'refused', failure: { code: 'BAD_CURSOR', reason: 'ORDER_CHANGED' } });
    const [scanned] = demands(query(keyset), {}, { prefersScan: () => true });
    expect(scanned).toMatchObject({ kind: 'demanded', fields: [{ demand: { isDirect: false } }] });
  });
});

test('a question is the same with variables', () => {
  const query = `query ($window: TimeWindow, $filter: ConversationFilter, $first: Int = 3, $no: Boolean = false) {
    conversations(window: $window, filterBy: $filter, first: $first) { nodes { id } totalCount @include(if: $no) }
  }`;
  const variables = {
    window: { from: '2026-03-02T01:00:00+01:00', until: '2026-03-03T00:00:00Z' },
    filter: { contactDirection: 'OUTBOUND' },
  };
  expect(fields(query, variables)).toMatchObject([
    {
      key: '/Query.conversations',
      demand: {
        question: { list: { ...plain, contactDirection: 'OUTBOUND' } },
        range: { side: 'first', count: 3, after: null, before: null },
        wants: { totalCount: false },
      },
    },
  ]);
});
