import { getNullableType, isListType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { itemsOf } from '../../src/graphql/asking/unfold.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { ask, firstDay, limits, window } from './desk.ts';
import type { StreamState } from './readings.ts';

const times = <Item>(count: number, make: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Two rows, and their lists are longer than the SDL assumes. */
const stream: StreamState = {
  contacts: times(2, (row) => ({
    at: firstDay + row,
    conversation: conversationOf({
      conversationId: `c-${row}`,
      agents: times(4, (agent) => ({ agentId: `a-${agent}`, name: null })),
      queues: times(3, (queue) => ({ queueId: `qu-${queue}`, name: null })),
      metrics: times(25, (metric) => metricResultOf({ metricId: `em-${metric}`, qualification: 'YES' })),
      dispositions: times(2, (set) => ({
        setId: `s-${set}`,
        setName: null,
        codes: times(5, (code) => ({ id: `d-${code}`, name: null, colour: null })),
      })),
      customFields: { tier: 'gold', tags: ['a', 'b'], of: { nobody: null }, none: {}, nothing: [] },
    }),
  })),
};
const drift = times(7, (index) => ({ path: `p${index}`, kind: 'MISSING' as const, count: 1, firstSeenAt: 0 }));

/** How an operation ends that may answer so many values: where it is refused, and why. */
async function ending(query: string, valuesPerOperationMax: number): Promise<string> {
  try {
    const { errors } = await ask(query, stream, { bounds: { valuesPerOperationMax }, drift });
    return errors.length === 0 ? 'answered' : `refused as it was answered: ${errors[0]?.code} ${errors[0]?.reason}`;
  } catch (error) {
    const { code, reason } = error as { readonly code: string; readonly reason: string };
    return `refused before: ${code} ${reason}`;
  }
}

const rows = (selected: string) => `{ conversations(${window}, first: 2) { nodes { ${selected} } } }`;

describe('the values of a list within a row count before anything is read, as many as the SDL assumes', () => {
  test.for<[query: string, count: number]>([
    [`{ conversations(first: 30) { nodes { metrics { metricName weight } } } }`, 962],
    [`{ conversations(first: 30) { nodes { a: metrics { weight } b: metrics { weight } id } } }`, 1322],
    [`{ conversations(first: 30) { edges { node { agents { agentId name } queues { queueId } } } } }`, 272],
    [`{ conversations(first: 30) { nodes { dispositions { setId codes { id name } } } } }`, 242],
    [`{ scoreSummary { metrics { yesCount noCount } audit { byStatus { count } } } }`, 82],
    [`{ agents(first: 10) { edges { summary { metrics { yesCount } } } } }`, 432],
    [`{ conversation(conversationId: "c-9") { metrics { weight } } }`, 22],
    [`{ upstream { drift { path kind } } }`, 17],
  ])('%s', async ([query, count]) => {
    expect(await ending(query, count - 1)).toBe('refused before: COST_LIMIT_EXCEEDED VALUES_PER_OPERATION');
    expect(await ending(query, count)).not.toMatch(/^refused before/);
  });
});

const empty = (selected: string) => `${selected} { __typename @skip(if: true) }`;
const agents = (count: number) =>
  times(count, (at) => `"${Buffer.from(JSON.stringify(['Agent', `z-${at}`])).toString('base64url')}"`).join(' ');

describe('objects and lists count by themselves, also where nothing is selected of them', () => {
  test.for<[query: string, count: number]>([
    [`{ ${empty('conversations(first: 30)')} }`, 1],
    [`{ conversations(first: 500) { nodes { koreEvaluationScore } } }`, 1002],
    [`{ conversations(first: 30) { ${empty('nodes')} } }`, 32],
    [`{ conversations(first: 30) { ${empty('edges')} ${empty('nodes')} ${empty('pageInfo')} } }`, 64],
    [`{ conversations(first: 30) { edges { ${empty('node')} } } }`, 62],
    [`{ conversations(first: 0) { a: nodes { id } b: nodes { ${empty('metrics')} } } }`, 3],
    [`{ conversations(first: 30) { nodes { ${empty('metrics')} } } }`, 362],
    [`{ conversations(first: 30) { nodes { ${empty('audit')} } } }`, 62],
    [`{ nodes(ids: [${agents(2)} "never"]) { ... on Queue { id } } }`, 4],
    [
      `{ nodes(ids: [${agents(2)}]) { ... on Agent { summary { ${empty('scoreDistribution(bucketWidth: 1)')} } } } }`,
      407,
    ],
  ])('%s', async ([query, count]) => {
    expect(await ending(query, count - 1)).toBe('refused before: COST_LIMIT_EXCEEDED VALUES_PER_OPERATION');
    expect(await ending(query, count)).not.toMatch(/^refused before/);
  });

  const each = (count: number, selected: string) => times(count, (at) => `a${at}: ${empty(selected)}`).join(' ');
  test.for<[title: string, query: string]>([
    ['metrics of a page', `{ conversations(first: 500) { nodes { ${each(40, 'metrics')} } } }`],
    [
      'metrics of twenty pages',
      `{ ${times(20, (at) => `r${at}: conversations(first: 500) { ...P }`).join(' ')} } fragment P on ConversationConnection { edges { node { ...M } } nodes { ...M } } fragment M on Conversation { ${each(38, 'metrics')} }`,
    ],
    [
      'audits of twenty pages',
      `{ ${times(20, (at) => `r${at}: conversations(first: 500) { ...P }`).join(' ')} } fragment P on ConversationConnection { nodes { ${each(38, 'audit')} } }`,
    ],
    [
      'buckets of agents that nobody knows',
      `{ nodes(ids: [${agents(250)}]) { ... on Agent { summary { ${each(58, 'scoreDistribution(bucketWidth: 1)')} } } } }`,
    ],
  ])('more of them than the default bound are refused before anything is read: %s', async ([, query]) => {
    expect(await ending(query, limits.valuesPerOperationMax)).toBe(
      'refused before: COST_LIMIT_EXCEEDED VALUES_PER_OPERATION',
    );
  });
});

describe('they count as they are answered, as many as there are', () => {
  test.for<[query: string, count: number]>([
    [rows('agents { agentId name }'), 30],
    [rows('queues { queueId }'), 18],
    [rows('id metrics { metricName weight }'), 158],
    [rows('a: metrics { weight } b: metrics { weight }'), 208],
    [rows('dispositions { setId codes { id } }'), 58],
    [rows('customFields'), 22],
    [rows('metrics { metric { metricId conversations(first: 1) { nodes { id } } } }'), 356],
    [rows('agents { conversations(first: 5) { totalCount nodes { id } } }'), 70],
    [rows('agents { conversations(first: 0) { totalCount pageInfo { hasNextPage } nodes { id } } }'), 54],
    [`{ scoreSummary(${window}) { metrics { yesCount } } }`, 52],
    [`{ scoreBreakdown(${window}, by: [QUEUE]) { groups { summary { metrics { yesCount } } } } }`, 161],
    [`{ scoreBreakdown(${window}, by: [QUEUE]) { coverage { complete } groups { queue { queueId } } } }`, 13],
    [`{ scoreBreakdown(${window}, by: [QUEUE]) { groups { summary { scoredCount @skip(if: true) } } } }`, 8],
    [`{ upstream { drift { path kind } } }`, 23],
  ])('%s', async ([query, count]) => {
    expect(await ending(query, count)).toBe('answered');
    expect(await ending(query, count - 1)).toBe('refused as it was answered: COST_LIMIT_EXCEEDED VALUES_PER_OPERATION');
  });

  test('together with those that were known before', async () => {
    const both = `{ nodes(ids: ["WyJBZ2VudCIsImEtMSJd"]) { ${times(20, (at) => `i${at}: id`).join(' ')} } conversations(${window}, first: 2) { nodes { agents { agentId } } } }`;
    expect(await ending(both, 44)).toBe('answered');
    expect(await ending(both, 43)).toMatch(/^refused as it was answered/);
  });
});

test('everything that 500 rows say stays within the default bound', async () => {
  const everything = `id conversationId customConversationId agents { id agentId name } queues { id queueId name }
    koreEvaluationScore unscoredReason fatalErrorCount language channel contactDirection isDirectionDefaulted
    durationStatus evaluationStatus evaluatedAt metrics { metric { id metricId name } metricName weight negativeWeight
    qualification isFatalError auditorResponse } audit { status statusLabel score auditor auditedAt }
    dispositions { setId setName codes { id name colour } } notApplicableScoringTreatment customFields`;
  const query = `{ conversations(first: 500) { nodes { ${everything} } } }`;
  expect(await ending(query, 76_002)).toBe('answered');
  expect(await ending(query, 76_001)).toMatch(/^refused before/);
  expect(76_002).toBeLessThan(limits.valuesPerOperationMax);
});

test('every list of the schema is counted: as a page, by its ids, as groups, as buckets, or by the size that it is assumed to have', () => {
  const uncounted = Object.values(buildSchema().getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ coordinate: `${type.name}.${field.name}`, field })),
    )
    .filter(({ field }) => isListType(getNullableType(field.type)) && itemsOf(field) === null)
    .map(({ coordinate }) => coordinate)
    .filter((coordinate) => !/Connection\.(edges|nodes)$/.test(coordinate));
  expect(uncounted).toEqual(['Query.nodes', 'Query._entities', 'ScoreBreakdown.groups']);
});
