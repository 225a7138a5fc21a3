import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { startTestGateway } from './harness.ts';

const day = dayWindow('2026-03-02');
const ids = (count: number) => `[${Array.from({ length: count }, (_, at) => `"a-${at}"`).join(' ')}]`;
const nested = (depth: number): string => (depth === 0 ? '{ isScored: true }' : `{ not: ${nested(depth - 1)} }`);
const summary = (filter: string) => `scoreSummary(${day}, filterBy: ${filter}) { conversationCount }`;

const refused: readonly (readonly [title: string, field: string])[] = [
  ['a list of 251 items', summary(`{ agentIds: ${ids(251)} }`)],
  ['a list of 251 items inside anyOf', summary(`{ anyOf: [{ queueIds: ${ids(251)} }] }`)],
  ['filters nested seven deep', summary(nested(7))],
  ['includeBelowThreshold under not', summary('{ not: { includeBelowThreshold: false } }')],
  [
    'a span of time that ends before it begins',
    summary('{ audited: { from: "2026-03-03T00:00:00Z", until: "2026-03-02T00:00:00Z" } }'),
  ],
  ['four dimensions', `scoreBreakdown(${day}, by: [AGENT, QUEUE, METRIC, LANGUAGE]) { groups { language } }`],
  ['no dimension', `scoreBreakdown(${day}, by: []) { groups { language } }`],
  ['a dimension twice', `scoreBreakdown(${day}, by: [AGENT, AGENT]) { groups { language } }`],
  ['a zone that is none', `scoreBreakdown(${day}, by: [WINDOW_DAY], timeZone: "Mars/Olympus") { groups { period } }`],
  ['buckets of no width', `scoreSummary(${day}) { scoreDistribution(bucketWidth: 0) { count } }`],
  ['buckets wider than all scores', `scoreSummary(${day}) { scoreDistribution(bucketWidth: 201) { count } }`],
  ['a percentile below 0', `scoreSummary(${day}) { scorePercentile(at: -0.01) }`],
  ['a percentile above 1', `scoreSummary(${day}) { scorePercentile(at: 1.01) }`],
  ['a percentile below a list', `agents(${day}) { nodes { summary(${day}) { scorePercentile(at: 2) } } }`],
  ['both ids of a conversation', `conversation(conversationId: "a", customConversationId: "b", ${day}) { id }`],
  ['no id of a conversation', `conversation(${day}) { id }`],
  ['251 nodes', `nodes(ids: ${ids(251)}) { id }`],
];

test.for(refused)('is refused, and costs no call: %s', async ([, field]) => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{ ${field} }`);
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  expect(kore.callCount).toBe(0);
});

test('what is just within bounds is answered, and unknown ids match nothing', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{
    unknown: ${summary(`{ agentIds: ${ids(250)} }`)}
    deep: ${summary(nested(5))}
    edges: scoreSummary(${day}) { scorePercentile(at: 1) scoreDistribution(bucketWidth: 200) { count } }
  }`);
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.['unknown']).toEqual({ conversationCount: 0 });
  expect(kore.callCount).toBe(1);
});
