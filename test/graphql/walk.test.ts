import { expect, test } from 'vitest';
import type { Demand } from '../../src/graphql/asking/demand.ts';
import type { FieldDemand } from '../../src/graphql/asking/walk.ts';
import { agentGlobalId } from '../../src/graphql/ids.ts';
import { day, demands, fields, verdicts } from './source.ts';

/** A demand in short. */
function shown({ key, demand, askedCount, isCertain }: FieldDemand): string {
  const path = key.replaceAll(/\/[A-Za-z]+\./g, '.').slice(1);
  return `${path}: ${what(demand)}${askedCount === 1 ? '' : ` x${askedCount}`}${isCertain ? '' : ' perhaps'}`;
}

function what(demand: Demand): string {
  switch (demand.kind) {
    case 'conversations':
    case 'directory': {
      const { rows, pageInfo, totalCount } = demand.wants;
      const { side, count } = demand.range;
      const wants = [...(rows ? ['rows'] : []), ...(pageInfo ? ['ends'] : []), ...(totalCount ? ['total'] : [])];
      const door = demand.kind === 'directory' ? demand.of : demand.isDirect ? 'direct' : 'scan';
      return `${door} ${side} ${count} ${wants.join('+')}`;
    }
    case 'nodes':
      return `${demand.ids.length} by id`;
    case 'buckets':
      return `${demand.bucketCount} buckets`;
    case 'items':
      return `${demand.assumedSize} assumed`;
    default:
      return demand.kind;
  }
}

const agent = agentGlobalId('a-1');

test.for<[query: string, demanded: readonly string[]]>([
  [`{ conversations(${day}) { nodes { id } } }`, ['conversations: direct first 25 rows']],
  [`{ conversations(${day}, first: 10) { edges { cursor } } }`, ['conversations: direct first 10 rows']],
  [`{ conversations(${day}, last: 10) { nodes { id } totalCount } }`, ['conversations: direct last 10 rows+total']],
  [`{ conversations(${day}) { pageInfo { endCursor } } }`, ['conversations: direct first 25 ends']],
  [
    `{ conversations(${day}) { window { from } coverage { complete } __typename } }`,
    ['conversations: direct first 25 '],
  ],
  [`{ __typename }`, []],
  [`{ __schema { types { name } } }`, []],
  [
    `{ a: conversations { totalCount } b: conversations { nodes { id } } }`,
    ['a: direct first 25 total', 'b: direct first 25 rows'],
  ],
  [`{ a: conversations { totalCount } a: conversations { nodes { id } } }`, ['a: direct first 25 rows+total']],
  [
    `{ conversations { ...F } } fragment F on ConversationConnection { totalCount }`,
    ['conversations: direct first 25 total'],
  ],
  [`{ ...F } fragment F on Query { conversations { ... { nodes { id } } } }`, ['conversations: direct first 25 rows']],
  [`{ conversations @skip(if: true) { totalCount } }`, []],
  [
    `{ conversations { totalCount @include(if: false) nodes @skip(if: true) { id } } }`,
    ['conversations: direct first 25 '],
  ],
  [
    `{ conversations(filterBy: { channels: [VOICE] }) { totalCount summary { averageScore } } }`,
    ['conversations: scan first 25 total', 'conversations.summary: summary'],
  ],
  [
    `{ conversations(orderBy: { field: AUDIT_SCORE, direction: DESC }) { nodes { agents { summary { audit { auditedCount } } } } } }`,
    [
      'conversations: scan first 25 rows',
      'conversations.nodes.agents: 1 assumed x25 perhaps',
      'conversations.nodes.agents.summary: summary x25 perhaps',
    ],
  ],
  [
    `{ conversations(first: 2) { nodes { metrics { metric { conversations(first: 3) { totalCount } } } } } }`,
    [
      'conversations: direct first 2 rows',
      'conversations.nodes.metrics: 10 assumed x2 perhaps',
      'conversations.nodes.metrics.metric.conversations: scan first 3 total x20 perhaps',
    ],
  ],
  [
    `{ agents(first: 20) { nodes { conversations(first: 3) { nodes { id } } summary { averageScore } } } }`,
    [
      'agents: AGENT first 20 rows',
      'agents.nodes.conversations: scan first 3 rows x20 perhaps',
      'agents.nodes.summary: summary x20 perhaps',
    ],
  ],
  [
    `{ queues(last: 2) { edges { node { agents(first: 5) { totalCount } } } } }`,
    ['queues: QUEUE last 2 rows', 'queues.edges.node.agents: AGENT first 5 total x2 perhaps'],
  ],
  [`{ metrics { totalCount } }`, ['metrics: METRIC first 25 total']],
  [
    `{ scoreSummary { scorePercentile(at: 0.9) scoreDistribution(bucketWidth: 30) { count } } }`,
    ['scoreSummary: summary', 'scoreSummary.scoreDistribution: 7 buckets perhaps'],
  ],
  [
    `{ scoreBreakdown(by: [AGENT]) { groups { agent { conversations { totalCount } } } } }`,
    ['scoreBreakdown: breakdown', 'scoreBreakdown.groups.agent.conversations: scan first 25 total perhaps'],
  ],
  [
    `{ agent(agentId: "a-1") { conversations { nodes { queues { summary { scoredCount } } } } } }`,
    [
      'agent: 1 by id',
      'agent.conversations: scan first 25 rows',
      'agent.conversations.nodes.queues: 1 assumed x25 perhaps',
      'agent.conversations.nodes.queues.summary: summary x25 perhaps',
    ],
  ],
  [`{ metric(metricId: "em-1") { adherence { yesCount } } }`, ['metric: 1 by id', 'metric.adherence: summary']],
  [`{ conversation(conversationId: "c-1") { id } }`, ['conversation: search']],
  [
    `{ node(id: "${agent}") { id ... on Agent { summary { scoredCount } } ... on Queue { summary { scoredCount } } } }`,
    ['node: 1 by id', 'node.summary: summary'],
  ],
  [
    `{ nodes(ids: ["${agent}", "${agentGlobalId('a-2')}", "never"]) { ... on Agent { summary { scoredCount } } } }`,
    ['nodes: 3 by id', 'nodes.summary: summary x2'],
  ],
  [`{ node(id: "never") { ... on Agent { summary { scoredCount } } } }`, ['node: 1 by id']],
])('an operation demands what its selections need: %s', ([query, demanded]) => {
  expect(fields(query).map(shown)).toEqual(demanded);
});

test('a refusal below a root field refuses that field alone', () => {
  const query = `{
    a: agents { nodes { conversations(last: 9000) { totalCount } } }
    b: agents { nodes { conversations(last: 9) { totalCount } } }
  }`;
  expect(verdicts(query)).toEqual(['a: BAD_USER_INPUT PAGE_SIZE', 'b: 2']);
});

test('what a directive leaves out is not looked at', () => {
  const query = `query ($no: Boolean!) { agents { nodes { conversations(last: 9000) @include(if: $no) { totalCount } } } }`;
  expect(verdicts(query, { no: false })).toEqual(['agents: 1']);
  expect(verdicts(query, { no: true })).toEqual(['agents: BAD_USER_INPUT PAGE_SIZE']);
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
