import { describe, expect, test } from 'vitest';
import { agentGlobalId } from '../../src/graphql/ids.ts';
import { ask, window } from './desk.ts';
import { demands, verdicts } from './source.ts';

const agent = agentGlobalId('a-1');
const deep = (depth: number, inner: string): string => (depth === 0 ? inner : `{ not: ${deep(depth - 1, inner)} }`);
const many = (count: number, item: string): string => `[${new Array(count).fill(item).join(' ')}]`;

describe('what may not be asked is refused with its reason, and names its argument', () => {
  test.for<[field: string, reason: string, argument: string]>([
    [`conversations(first: -1) { totalCount }`, 'PAGE_SIZE', 'first'],
    [`conversations(last: 501) { totalCount }`, 'PAGE_SIZE', 'last'],
    [`conversations(first: 1, last: 1) { totalCount }`, 'FIRST_AND_LAST', 'last'],
    [`agents(first: 501) { totalCount }`, 'PAGE_SIZE', 'first'],
    [
      `scoreSummary(window: { from: "2026-03-02T00:00:00Z", until: "2026-03-02T00:00:00Z" }) { scoredCount }`,
      'WINDOW_REVERSED',
      'window',
    ],
    [
      `scoreSummary(window: { from: "2025-03-02T00:00:00Z", until: "2026-03-02T00:00:00Z" }) { scoredCount }`,
      'WINDOW_TOO_LONG',
      'window',
    ],
    [
      `scoreSummary(filterBy: { evaluated: { from: "2026-03-02T00:00:01Z", until: "2026-03-02T00:00:00Z" } }) { scoredCount }`,
      'WINDOW_REVERSED',
      'filterBy.evaluated',
    ],
    [
      `scoreSummary(filterBy: { audited: { from: "2026-03-02T00:00:00.5Z", until: "2026-03-03T00:00:00Z" } }) { scoredCount }`,
      'WINDOW_SUB_SECOND',
      'filterBy.audited',
    ],
    [
      `scoreSummary(filterBy: { conversationIds: ${many(251, '"c"')} }) { scoredCount }`,
      'LIST_TOO_LONG',
      'filterBy.conversationIds',
    ],
    [`scoreSummary(filterBy: { anyOf: ${many(251, '{}')} }) { scoredCount }`, 'FILTER_TOO_LARGE', 'filterBy'],
    [
      `scoreSummary(filterBy: { not: { languages: ${many(251, '"c"')} } }) { scoredCount }`,
      'LIST_TOO_LONG',
      'filterBy.not.languages',
    ],
    [
      `scoreSummary(filterBy: { metrics: [{ qualifications: ${many(251, 'YES')} }] }) { scoredCount }`,
      'LIST_TOO_LONG',
      'filterBy.metrics.qualifications',
    ],
    [`scoreSummary(filterBy: ${deep(6, '{}')}) { scoredCount }`, 'FILTER_TOO_DEEP', 'filterBy'],
    [
      `scoreSummary(filterBy: { not: { includeBelowThreshold: false } }) { scoredCount }`,
      'BELOW_THRESHOLD_NESTED',
      'filterBy.not.includeBelowThreshold',
    ],
    [
      `scoreSummary(filterBy: { anyOf: [{ not: { includeBelowThreshold: true } }] }) { scoredCount }`,
      'BELOW_THRESHOLD_NESTED',
      'filterBy.anyOf.not.includeBelowThreshold',
    ],
    [`scoreSummary { scorePercentile(at: 1.01) }`, 'PERCENTILE', 'at'],
    [`scoreSummary { scorePercentile(at: -0.01) }`, 'PERCENTILE', 'at'],
    [`scoreSummary { scoreDistribution(bucketWidth: 0) { count } }`, 'BUCKET_WIDTH', 'bucketWidth'],
    [`scoreSummary { scoreDistribution(bucketWidth: 201) { count } }`, 'BUCKET_WIDTH', 'bucketWidth'],
    [`scoreBreakdown(by: []) { coverage { complete } }`, 'DIMENSIONS', 'by'],
    [`scoreBreakdown(by: [AGENT, AGENT]) { coverage { complete } }`, 'DIMENSIONS', 'by'],
    [`scoreBreakdown(by: [AGENT, QUEUE, METRIC, CHANNEL]) { coverage { complete } }`, 'DIMENSIONS', 'by'],
    [`nodes(ids: ${many(251, '"x"')}) { id }`, 'LIST_TOO_LONG', 'ids'],
    [`conversation { id }`, 'ONE_ID', 'conversationId'],
    [`conversation(conversationId: "c", customConversationId: "d") { id }`, 'ONE_ID', 'conversationId'],
    [`conversation(conversationId: "") { id }`, 'ID', 'conversationId'],
    [`conversation(customConversationId: "") { id }`, 'ID', 'customConversationId'],
    [`agent(agentId: "") { id }`, 'ID', 'agentId'],
    [`queue(queueId: "") { id }`, 'ID', 'queueId'],
    [`metric(metricId: "") { id }`, 'ID', 'metricId'],
    [`agents { nodes { conversations(first: -1) { totalCount } } }`, 'PAGE_SIZE', 'agents.nodes.conversations: `first'],
    [
      `conversations { summary { scorePercentile(at: 2) } }`,
      'PERCENTILE',
      'conversations.summary.scorePercentile: `at',
    ],
    [
      `node(id: "${agent}") { ... on Agent { summary(filterBy: { agentIds: ${many(251, '"a"')} }) { scoredCount } } }`,
      'LIST_TOO_LONG',
      'node.summary',
    ],
  ])('%s', ([field, reason, argument]) => {
    const [root] = demands(`{ ${field} }`);
    if (root?.kind !== 'refused') throw new Error('was not refused');
    expect([root.failure.code, root.failure.reason]).toEqual(['BAD_USER_INPUT', reason]);
    expect(root.failure.message).toContain(argument);
  });

  test('at the edge it is not', () => {
    const edges = [
      `a: scoreSummary(filterBy: ${deep(5, '{}')}) { p: scorePercentile(at: 0) q: scorePercentile(at: 1) }`,
      `b: scoreSummary(filterBy: { conversationIds: ${many(250, '"c"')}, evaluated: { from: "1999-01-01T00:00:00Z", until: "2026-01-01T00:00:00Z" } }) { scoredCount }`,
      `c: scoreSummary(filterBy: { anyOf: ${many(249, '{}')}, not: { includeBelowThreshold: null } }) { scoredCount }`,
      `d: scoreSummary { m: scoreDistribution(bucketWidth: 1) { count } n: scoreDistribution(bucketWidth: 200) { count } }`,
      `e: scoreBreakdown(by: [AGENT, QUEUE, METRIC]) { coverage { complete } }`,
      `f: nodes(ids: ${many(250, '"x"')}) { id }`,
      `g: conversation(conversationId: null, customConversationId: "x") { id }`,
      `h: conversations(first: 500) { totalCount }`,
    ];
    expect(verdicts(`{ ${edges.join(' ')} }`)).toEqual([
      'a: 1',
      'b: 1',
      'c: 1',
      'd: 3',
      'e: 1',
      'f: 1',
      'g: 1',
      'h: 1',
    ]);
  });

  test('the same by a variable as in the document', () => {
    const query =
      'query ($f: ConversationFilter, $at: Float!) { scoreSummary(filterBy: $f) { scorePercentile(at: $at) } }';
    const nested = { not: { not: { not: { not: { not: { not: {} } } } } } };
    expect(verdicts(query, { f: nested, at: 0.5 })).toEqual(['scoreSummary: BAD_USER_INPUT FILTER_TOO_DEEP']);
    expect(verdicts(query, { f: {}, at: 7 })).toEqual(['scoreSummary: BAD_USER_INPUT PERCENTILE']);
  });
});

test('a field that is refused fails by itself, at the root, and its neighbours answer', async () => {
  const query = `{
    a: agents(${window}) { nodes { conversations(first: 9000) { totalCount } } }
    b: scoreSummary(${window}) { conversationCount }
    c: scoreSummary(${window}) { scorePercentile(at: 3) }
  }`;
  const { data, errors, readings } = await ask(query, { contacts: [] });
  expect(data).toEqual({ a: null, b: { conversationCount: 0 }, c: null });
  expect(errors).toEqual([
    { path: 'a', code: 'BAD_USER_INPUT', reason: 'PAGE_SIZE' },
    { path: 'c', code: 'BAD_USER_INPUT', reason: 'PERCENTILE' },
  ]);
  expect(readings.slicesRead).toHaveLength(5);
});
