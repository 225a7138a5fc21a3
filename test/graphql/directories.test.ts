import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { answer, ask, dayLength, firstDay, window } from './desk.ts';
import type { Contact, StreamState } from './readings.ts';
import { contacts } from './stream.ts';

const parameters = { seed: 20_261_125, numRuns: 50 };

type Directory = {
  readonly edges: readonly {
    readonly node: { readonly [id: string]: string };
    readonly summary: { readonly conversationCount: number };
  }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
};

/** How many conversations each agent has, in the order of a field. */
function ranked(all: readonly Contact[], sign: number): readonly [id: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { conversation } of all) {
    if (conversation.durationStatus === 'BELOW_THRESHOLD') continue;
    for (const id of new Set(conversation.agents.map(({ agentId }) => agentId)))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort(([one, few], [other, many]) => sign * (few - many) || (one < other ? -1 : 1));
}

test.for<[order: string, sign: number]>([
  ['', 0],
  ['orderBy: { field: CONVERSATION_COUNT, direction: ASC },', 1],
  ['orderBy: { field: CONVERSATION_COUNT, direction: DESC },', -1],
])('pages of agents join to all of them, in order, ties by id: %s', { timeout: 60_000 }, async ([order, sign]) => {
  const sides = fc.constantFrom('first', 'last');
  await fc.assert(
    fc.asyncProperty(contacts, fc.integer({ min: 1, max: 4 }), sides, async (all, size, side) => {
      const expected = ranked(all, sign);
      let seen: [string, number][] = [];
      let cursor: string | null = null;
      do {
        const place = cursor === null ? '' : `, ${side === 'first' ? 'after' : 'before'}: "${cursor}"`;
        const query = `{ agents(${window}, ${order} ${side}: ${size}${place}) {
          edges { node { agentId } summary { conversationCount } } totalCount
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        } }`;
        const { edges, pageInfo, totalCount } = (await answer(query, { contacts: all }))['agents'] as Directory;
        const page = edges.map(({ node, summary }): [string, number] => [
          node['agentId'] ?? '',
          summary.conversationCount,
        ]);
        const isAtStart = seen.length === 0;
        seen = side === 'first' ? [...seen, ...page] : [...page, ...seen];
        const isAtEnd = seen.length === expected.length;
        const ends = side === 'first' ? [!isAtEnd, !isAtStart] : [!isAtStart, !isAtEnd];
        expect([pageInfo.hasNextPage, pageInfo.hasPreviousPage, totalCount]).toEqual([...ends, expected.length]);
        cursor = isAtEnd ? null : side === 'first' ? pageInfo.endCursor : pageInfo.startCursor;
      } while (cursor !== null);
      expect(seen).toEqual(expected);
    }),
    parameters,
  );
});

const results = (...answers: readonly ('YES' | 'NO')[]) =>
  answers.map((qualification, at) =>
    metricResultOf({ metricId: `em-${at}`, metricName: `Metric ${at}`, weight: 2, negativeWeight: 1, qualification }),
  );

/** Two agents and two queues over two days; only the first contact has an agent's name. */
const desk: StreamState = {
  contacts: [
    { agents: ['a-1'], queues: ['qu-1'], score: 10, metrics: results('YES', 'NO') },
    { agents: ['a-1', 'a-2'], queues: ['qu-1', 'qu-2'], score: 30, metrics: results('NO') },
    { agents: ['a-2'], queues: ['qu-2'], score: 80, metrics: results('NO', 'NO') },
    { agents: [], queues: [], score: null, metrics: [] },
  ].map(({ agents, queues, score, metrics }, at) => ({
    at: firstDay + (at % 2) * dayLength,
    conversation: conversationOf({
      conversationId: `c-${at}`,
      koreEvaluationScore: score,
      agents: agents.map((agentId) => ({ agentId, name: at === 0 ? 'Ada' : null })),
      queues: queues.map((queueId) => ({ queueId, name: queueId.toUpperCase() })),
      metrics,
    }),
  })),
};

describe('figures of one question are added up over its own rows', () => {
  test.for<[query: string, expected: object]>([
    [
      `{ agents(${window}, orderBy: { field: AVERAGE_SCORE, direction: DESC }) { nodes { agentId } edges { summary { averageScore } } } }`,
      {
        agents: {
          nodes: [{ agentId: 'a-2' }, { agentId: 'a-1' }],
          edges: [{ summary: { averageScore: 55 } }, { summary: { averageScore: 20 } }],
        },
      },
    ],
    [
      `{ agents(${window}, orderBy: { field: NAME, direction: DESC }) { nodes { agentId name } } }`,
      {
        agents: {
          nodes: [
            { agentId: 'a-1', name: 'Ada' },
            { agentId: 'a-2', name: null },
          ],
        },
      },
    ],
    [
      `{ queues(${window}, filterBy: { koreEvaluationScore: { min: 30 } }) { nodes { queueId name agents(${window}) { edges { node { agentId } summary { conversationCount } } } } } }`,
      {
        queues: {
          nodes: [
            {
              queueId: 'qu-1',
              name: 'QU-1',
              agents: {
                edges: [
                  { node: { agentId: 'a-1' }, summary: { conversationCount: 2 } },
                  { node: { agentId: 'a-2' }, summary: { conversationCount: 1 } },
                ],
              },
            },
            {
              queueId: 'qu-2',
              name: 'QU-2',
              agents: {
                edges: [
                  { node: { agentId: 'a-1' }, summary: { conversationCount: 1 } },
                  { node: { agentId: 'a-2' }, summary: { conversationCount: 2 } },
                ],
              },
            },
          ],
        },
      },
    ],
    [
      `{ metrics(${window}, orderBy: { field: NO_COUNT, direction: ASC }) { edges { node { metricId name } adherence { yesCount noCount adherenceRate pointsLost metric { name } } } totalCount } }`,
      {
        metrics: {
          edges: [
            {
              node: { metricId: 'em-0', name: 'Metric 0' },
              adherence: { yesCount: 1, noCount: 2, adherenceRate: 1 / 3, pointsLost: 6, metric: { name: 'Metric 0' } },
            },
            {
              node: { metricId: 'em-1', name: 'Metric 1' },
              adherence: { yesCount: 0, noCount: 2, adherenceRate: 0, pointsLost: 6, metric: { name: 'Metric 1' } },
            },
          ],
          totalCount: 2,
        },
      },
    ],
    [
      `{ agent(agentId: "a-2") { summary(${window}) { conversationCount averageScore metrics { metric { metricId } noCount } } conversations(${window}, last: 1) { nodes { conversationId } totalCount } } }`,
      {
        agent: {
          summary: {
            conversationCount: 2,
            averageScore: 55,
            metrics: [
              { metric: { metricId: 'em-0' }, noCount: 2 },
              { metric: { metricId: 'em-1' }, noCount: 1 },
            ],
          },
          conversations: { nodes: [{ conversationId: 'c-1' }], totalCount: 2 },
        },
      },
    ],
    [
      `{ metric(metricId: "em-1") { adherence(${window}) { noCount yesCount } conversations(${window}) { nodes { conversationId } summary { conversationCount } } } }`,
      {
        metric: {
          adherence: { noCount: 2, yesCount: 0 },
          conversations: {
            nodes: [{ conversationId: 'c-0' }, { conversationId: 'c-2' }],
            summary: { conversationCount: 2 },
          },
        },
      },
    ],
    [
      `{ metric(metricId: "never") { name adherence(${window}) { noCount adherenceRate pointsLost coverage { complete } } } }`,
      {
        metric: {
          name: null,
          adherence: { noCount: 0, adherenceRate: null, pointsLost: 0, coverage: { complete: true } },
        },
      },
    ],
    [
      `{ agents(${window}, filterBy: { channels: [] }) { totalCount nodes { id } coverage { complete daysRead daysExpected } } }`,
      { agents: { totalCount: 0, nodes: [], coverage: { complete: true, daysRead: 0, daysExpected: 5 } } },
    ],
  ])('%s', async ([query, expected]) => {
    expect(await answer(query, desk)).toEqual(expected);
  });
});

test('twenty owners of one window are one reading of it', async () => {
  const query = `{ agents(${window}, first: 20) { nodes {
    summary(${window}) { scoredCount } conversations(${window}, first: 3) { nodes { id } totalCount summary { scoredCount } }
  } } }`;
  const { readings } = await ask(query, desk);
  expect(readings.slicesRead).toHaveLength(5);
});

test('a part of a directory is passed off as no more than that', async () => {
  const pending: StreamState = { ...desk, days: new Map([[firstDay + dayLength, 'pending']]) };
  const selected =
    '{ nodes { agentId } totalCount pageInfo { hasNextPage endCursor } coverage { complete retryAfterSeconds } }';
  const part = (await answer(`{ agents(${window}) ${selected} }`, pending))['agents'] as Directory;
  expect(part).toMatchObject({
    nodes: [{ agentId: 'a-1' }, { agentId: 'a-2' }],
    totalCount: null,
    pageInfo: { hasNextPage: true },
    coverage: { complete: false, retryAfterSeconds: 7 },
  });
  const after = `after: "${part.pageInfo.endCursor}"`;
  expect((await answer(`{ agents(${window}, ${after}) ${selected} }`, desk))['agents']).toEqual({
    nodes: [],
    totalCount: 2,
    pageInfo: { hasNextPage: false, endCursor: part.pageInfo.endCursor },
    coverage: { complete: false, retryAfterSeconds: null },
  });
});

test('the cursor of one agent is refused for the others, by the field of each', async () => {
  const list = `conversations(${window}, first: 1`;
  const first = await answer(`{ agent(agentId: "a-1") { ${list}) { pageInfo { endCursor } } } }`, desk);
  const { endCursor } = (first['agent'] as { conversations: { pageInfo: { endCursor: string } } }).conversations
    .pageInfo;
  const { data, errors } = await ask(
    `{ agents(${window}) { nodes { ${list}, after: "${endCursor}") { nodes { conversationId } } } } }`,
    desk,
  );
  expect(data).toEqual({
    agents: { nodes: [{ conversations: { nodes: [{ conversationId: 'c-1' }] } }, { conversations: null }] },
  });
  expect(errors).toEqual([{ path: 'agents.nodes.1.conversations', code: 'BAD_CURSOR', reason: 'OTHER_QUESTION' }]);
});
