import { describe, expect, test } from 'vitest';
import type { OperationLimits } from '../../src/graphql/operations.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { ask, dayLength, firstDay, window } from './desk.ts';
import type { StreamState } from './readings.ts';

const stream: StreamState = {
  contacts: Array.from({ length: 30 }, (_, at) => ({
    at: firstDay + (at % 5) * dayLength,
    conversation: conversationOf({
      conversationId: `c-${at}`,
      agents: Array.from({ length: 4 }, (_each, agent) => ({ agentId: `a-${agent}`, name: null })),
      queues: [{ queueId: `qu-${at % 3}`, name: null }],
      metrics: [metricResultOf({ metricId: `em-${at % 3}`, qualification: 'YES' })],
    }),
  })),
};

type Bounds = Partial<OperationLimits>;

async function refusalOf(query: string, bounds: Bounds): Promise<string | null> {
  try {
    const { errors, readings } = await ask(query, stream, { bounds });
    const [error] = errors;
    return error === undefined ? null : `${error.code} ${error.reason} after ${readings.slicesRead.length}`;
  } catch (error) {
    const { code, reason } = error as { readonly code: string; readonly reason: string };
    return `${code} ${reason}`;
  }
}

const idOf = (...parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
const agentIds = ['a-0', 'a-1', 'none'].map((id) => `"${idOf('Agent', id)}"`).join(' ');

/** How many days the answers of an operation look through: five in the window, seven where none is given. */
const slices: readonly (readonly [query: string, count: number])[] = [
  [`{ scoreSummary(${window}) { scoredCount } }`, 5],
  [`{ scoreSummary(${window}, filterBy: { agentIds: [] }) { scoredCount } }`, 1],
  [`{ scoreBreakdown(${window}, by: [QUEUE]) { groups { period } } }`, 5],
  [`{ conversations(${window}, first: 7) { nodes { id } } }`, 1],
  [`{ conversations(${window}, orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }) { nodes { id } } }`, 5],
  [`{ conversations(${window}, first: 7) { nodes { id } summary { scoredCount } } }`, 6],
  [`{ agents(${window}) { nodes { id } } queues(${window}) { nodes { id } } metrics { nodes { id } } }`, 17],
  [`{ agents(${window}, first: 20) { nodes { a: conversations(${window}, first: 0) { totalCount } } } }`, 105],
  [`{ queues(${window}, first: 3) { nodes { agents(${window}) { nodes { id } } } } }`, 20],
  [`{ metrics(${window}, first: 3) { nodes { adherence(${window}) { yesCount } } } }`, 10],
  [
    `{ metrics(${window}, first: 3) { nodes { a: adherence(${window}) { yesCount } b: adherence { yesCount } c: adherence { noCount } } } }`,
    17,
  ],
  [`{ metrics(${window}, first: 3) { nodes { conversations(${window}, first: 1) { nodes { id } } } } }`, 20],
  [
    `{ nodes(ids: [${agentIds}]) { ... on Agent { a: summary(${window}) { scoredCount } b: summary { scoredCount } } } }`,
    36,
  ],
  [
    `{ nodes(ids: ["${idOf('Conversation', 'c-1', '00000000')}", "${idOf('Conversation', 'c-2', '00000000')}"]) { id } }`,
    14,
  ],
  [`{ conversation(conversationId: "c-1", ${window}) { id } }`, 5],
];

describe('an operation is refused before it reads anything, where it is known to answer too much', () => {
  const nested = `{ agents(${window}, first: 20) { nodes { conversations(${window}, first: 3) { nodes { id } } } } }`;
  test.for<[query: string, within: Bounds, beyond: Bounds, reason: string]>([
    [
      `{ conversations(${window}, first: 7) { nodes { id } } }`,
      { rowsPerOperationMax: 7 },
      { rowsPerOperationMax: 6 },
      'ROWS_PER_OPERATION',
    ],
    [
      `{ a: conversations(${window}, first: 4) { nodes { id } } b: conversations(${window}, last: 4) { nodes { id } } }`,
      { rowsPerOperationMax: 8 },
      { rowsPerOperationMax: 7 },
      'ROWS_PER_OPERATION',
    ],
    [nested, { rowsPerOperationMax: 80 }, { rowsPerOperationMax: 79 }, 'ROWS_PER_OPERATION'],
    [nested, { valuesPerOperationMax: 182 }, { valuesPerOperationMax: 181 }, 'VALUES_PER_OPERATION'],
    [
      `{ conversations(${window}, first: 9) { nodes { id language } totalCount } }`,
      { valuesPerOperationMax: 30 },
      { valuesPerOperationMax: 29 },
      'VALUES_PER_OPERATION',
    ],
    [
      `{ scoreSummary(${window}) { scoreDistribution(bucketWidth: 1) { count } } }`,
      { valuesPerOperationMax: 402 },
      { valuesPerOperationMax: 401 },
      'VALUES_PER_OPERATION',
    ],
    [
      `{ a: conversations(${window}, first: 100) { nodes { id } } b: conversations(first: 100) { nodes { id } } }`,
      { callsPerOperationMax: 4 },
      { callsPerOperationMax: 1 },
      'UPSTREAM_CALLS_PER_OPERATION',
    ],
  ])('%s', async ([query, within, beyond, reason]) => {
    expect(await refusalOf(query, within)).toBeNull();
    expect(await refusalOf(query, beyond)).toBe(`COST_LIMIT_EXCEEDED ${reason}`);
  });
});

test('the adherence of the metrics of rows is answered, for all share the days that it is made of', async () => {
  const quarter = 'window: { from: "2026-01-01T00:00:00Z", until: "2026-04-01T00:00:00Z" }';
  const query = `{ conversations(${window}, first: 50) { nodes { metrics { metric { name adherence(${quarter}) { yesCount } } } } } }`;
  expect(await refusalOf(query, {})).toBeNull();
  expect(await refusalOf(query, { slicesPerOperationMax: 91 })).toBeNull();
  expect(await refusalOf(query, { slicesPerOperationMax: 90 })).toBe('COST_LIMIT_EXCEEDED SLICES_PER_OPERATION');
});

describe('days that answers look through are counted before anything is read, those of each answer', () => {
  test.for(slices)('%s: %s', async ([query, count]) => {
    expect(await refusalOf(query, { slicesPerOperationMax: count })).toBeNull();
    expect(await refusalOf(query, { slicesPerOperationMax: count - 1 })).toBe(
      'COST_LIMIT_EXCEEDED SLICES_PER_OPERATION',
    );
  });
});

describe('what is only known when it was read is refused then', () => {
  test('lists of the agents of a row', async () => {
    const query = `{ conversations(${window}, first: 2) { nodes { agents { conversations(${window}, first: 5) { nodes { id } } } } } }`;
    // Two rows with four agents each, five rows of each of them.
    expect(await refusalOf(query, { rowsPerOperationMax: 42 })).toBeNull();
    expect(await refusalOf(query, { rowsPerOperationMax: 41 })).toBe('COST_LIMIT_EXCEEDED ROWS_PER_OPERATION after 1');
  });

  test('days that are looked through for the agents of a row, each agent once', async () => {
    const query = `{ conversations(${window}, first: 2) { nodes { agents { conversations(${window}, first: 0) { totalCount } } } } }`;
    // A page of the list, and five days of each of four agents.
    expect(await refusalOf(query, { slicesPerOperationMax: 21 })).toBeNull();
    expect(await refusalOf(query, { slicesPerOperationMax: 20 })).toMatch(/^COST_LIMIT_EXCEEDED SLICES_PER_OPERATION/);
  });

  test('groups', async () => {
    const query = `{ scoreBreakdown(${window}, by: [QUEUE, WINDOW_DAY]) { groups { period summary { scoredCount } } } }`;
    expect(await refusalOf(query, { valuesPerOperationMax: 62 })).toBeNull();
    expect(await refusalOf(query, { valuesPerOperationMax: 61 })).toBe(
      'COST_LIMIT_EXCEEDED VALUES_PER_OPERATION after 5',
    );
  });

  test('values of lists within groups, and buckets', async () => {
    const buckets = `{ scoreBreakdown(${window}, by: [QUEUE]) { groups { summary { scoreDistribution(bucketWidth: 20) { count } } } } }`;
    expect(await refusalOf(buckets, { valuesPerOperationMax: 71 })).toBeNull();
    expect(await refusalOf(buckets, { valuesPerOperationMax: 70 })).toMatch(/^COST_LIMIT_EXCEEDED VALUES/);
  });

  test('values of lists of the agents of a row', async () => {
    const query = `{ conversations(${window}, first: 2) { nodes { agents { conversations(${window}, first: 5) { nodes { id language channel } } } } } }`;
    expect(await refusalOf(query, { valuesPerOperationMax: 190 })).toBeNull();
    expect(await refusalOf(query, { valuesPerOperationMax: 189 })).toMatch(/^COST_LIMIT_EXCEEDED VALUES/);
  });
});
