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
      customFields: { tier: 'gold', tags: ['a', 'b'], of: { nobody: null } },
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
    [`{ conversations(first: 30) { nodes { metrics { metricName weight } } } }`, 600],
    [`{ conversations(first: 30) { nodes { a: metrics { weight } b: metrics { weight } id } } }`, 630],
    [`{ conversations(first: 30) { edges { node { agents { agentId name } queues { queueId } } } } }`, 90],
    [`{ conversations(first: 30) { nodes { dispositions { setId codes { id name } } } } }`, 90],
    [`{ scoreSummary { metrics { yesCount noCount } audit { byStatus { count } } } }`, 49],
    [`{ agents(first: 10) { edges { summary { metrics { yesCount } } } } }`, 200],
    [`{ conversation(conversationId: "c-9") { metrics { weight } } }`, 10],
    [`{ upstream { drift { path kind } } }`, 10],
  ])('%s', async ([query, count]) => {
    expect(await ending(query, count - 1)).toBe('refused before: COST_LIMIT_EXCEEDED VALUES_PER_OPERATION');
    expect(await ending(query, count)).not.toMatch(/^refused before/);
  });
});

describe('they count as they are answered, as many as there are', () => {
  test.for<[query: string, count: number]>([
    [rows('agents { agentId name }'), 16],
    [rows('queues { queueId }'), 6],
    [rows('id metrics { metricName weight }'), 102],
    [rows('a: metrics { weight } b: metrics { weight }'), 100],
    [rows('dispositions { setId codes { id } }'), 24],
    [rows('customFields'), 8],
    [rows('metrics { metric { metricId conversations(first: 1) { nodes { id } } } }'), 100],
    [`{ scoreSummary(${window}) { metrics { yesCount } } }`, 25],
    [`{ scoreBreakdown(${window}, by: [QUEUE]) { groups { summary { metrics { yesCount } } } } }`, 75],
    [`{ upstream { drift { path kind } } }`, 14],
  ])('%s', async ([query, count]) => {
    expect(await ending(query, count)).toBe('answered');
    expect(await ending(query, count - 1)).toBe('refused as it was answered: COST_LIMIT_EXCEEDED VALUES_PER_OPERATION');
  });

  test('together with those that were known before', async () => {
    const both = `{ nodes(ids: ["WyJBZ2VudCIsImEtMSJd"]) { ${times(20, (at) => `i${at}: id`).join(' ')} } conversations(${window}, first: 2) { nodes { agents { agentId } } } }`;
    expect(await ending(both, 28)).toBe('answered');
    expect(await ending(both, 27)).toMatch(/^refused as it was answered/);
  });
});

test('everything that 500 rows say stays within the default bound', async () => {
  const everything = `id conversationId customConversationId agents { id agentId name } queues { id queueId name }
    koreEvaluationScore unscoredReason fatalErrorCount language channel contactDirection isDirectionDefaulted
    durationStatus evaluationStatus evaluatedAt metrics { metric { id metricId name } metricName weight negativeWeight
    qualification isFatalError auditorResponse } audit { status statusLabel score auditor auditedAt }
    dispositions { setId setName codes { id name colour } } notApplicableScoringTreatment customFields`;
  const query = `{ conversations(first: 500) { nodes { ${everything} } } }`;
  expect(await ending(query, 60_500)).toBe('answered');
  expect(await ending(query, 60_499)).toMatch(/^refused before/);
  expect(60_500).toBeLessThan(limits.valuesPerOperationMax);
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
