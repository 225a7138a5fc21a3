import { describe, expect, test } from 'vitest';
import { agentGlobalId, conversationGlobalId } from '../../src/graphql/ids.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { rowOf } from '../selection/arbitraries.ts';
import { answer, ask, dayLength, firstDay, window } from './desk.ts';
import type { StreamState } from './readings.ts';

const hour = 3600;
const scores = [-100, 0, 40, 40, 100, null];

const stream: StreamState = {
  contacts: scores.map((koreEvaluationScore, at) => ({
    at: firstDay + at * 10 * hour,
    conversation: conversationOf({
      conversationId: `c-${at}`,
      customConversationId: at === 2 ? 'mine' : null,
      koreEvaluationScore,
      channel: at % 2 === 0 ? 'VOICE' : null,
      agents: [{ agentId: `a-${at % 2}`, name: 'Somebody' }],
      durationStatus: at === 5 ? 'BELOW_THRESHOLD' : 'EVALUATED',
      evaluationStatus: koreEvaluationScore === null ? null : koreEvaluationScore < 40 ? 'FAIL' : 'PASS',
      fatalErrorCount: at === 0 ? 2 : 0,
      dispositions: at === 1 ? [{ setId: 's', setName: 'S', codes: [{ id: 'd', name: 'D', colour: null }] }] : [],
      metrics: [metricResultOf({ metricId: `em-${at % 2}`, qualification: 'YES' })],
      audit: {
        status: at === 0 ? 'AUDITED' : null,
        statusLabel: null,
        score: at === 0 ? -90 : null,
        auditor: null,
        auditedAt: null,
      },
    }),
  })),
};

describe('a summary', () => {
  test('has the figures of its rows, and of them alone', async () => {
    const query = `{ scoreSummary(${window}) {
      conversationCount scoredCount belowThresholdCount durationUnavailableCount averageScore minimumScore maximumScore
      median: scorePercentile high: scorePercentile(at: 1) scoreDistribution(bucketWidth: 150) { from until count }
      passCount failCount passRate fatalConversationCount fatalErrorCount fatalRate
      audit { byStatus { status count } auditedCount averageAuditScore bothScoredCount meanDifference meanAbsoluteDifference }
      metrics { metric { metricId } yesCount }
      coverage { complete daysRead daysExpected conversationsRead conversationsExpected asOf retryAfterSeconds }
    } }`;
    expect((await answer(query, stream))['scoreSummary']).toEqual({
      conversationCount: 5,
      scoredCount: 5,
      belowThresholdCount: 0,
      durationUnavailableCount: 0,
      averageScore: 16,
      minimumScore: -100,
      maximumScore: 100,
      median: 40,
      high: 100,
      scoreDistribution: [
        { from: -100, until: 50, count: 4 },
        { from: 50, until: 100, count: 1 },
      ],
      passCount: 3,
      failCount: 2,
      passRate: 0.6,
      fatalConversationCount: 1,
      fatalErrorCount: 2,
      fatalRate: 0.2,
      audit: {
        byStatus: [
          { status: 'AUDITED', count: 1 },
          { status: null, count: 4 },
        ],
        auditedCount: 1,
        averageAuditScore: -90,
        bothScoredCount: 1,
        meanDifference: 10,
        meanAbsoluteDifference: 10,
      },
      metrics: [
        { metric: { metricId: 'em-0' }, yesCount: 3 },
        { metric: { metricId: 'em-1' }, yesCount: 2 },
      ],
      coverage: {
        complete: true,
        daysRead: 5,
        daysExpected: 5,
        conversationsRead: 5,
        conversationsExpected: 5,
        asOf: '2026-03-02T00:00:00Z',
        retryAfterSeconds: null,
      },
    });
  });

  test.for<[filter: string, count: number]>([
    ['{ includeBelowThreshold: true }', 6],
    ['{ durationStatuses: [BELOW_THRESHOLD] }', 1],
    ['{ durationStatuses: [BELOW_THRESHOLD], includeBelowThreshold: false }', 0],
    ['{ not: { channels: [VOICE] } }', 2],
    ['{ channels: [] }', 0],
  ])('counts what its filter lets through: %s', async ([filter, count]) => {
    const query = `{ scoreSummary(${window}, filterBy: ${filter}) { conversationCount coverage { complete } } }`;
    expect(await answer(query, stream)).toEqual({
      scoreSummary: { conversationCount: count, coverage: { complete: true } },
    });
  });

  test('of a plain list is over all of it, not over the page', async () => {
    const query = `{ conversations(${window}, first: 1) { nodes { id } summary { conversationCount } } }`;
    expect(await answer(query, stream)).toMatchObject({ conversations: { summary: { conversationCount: 5 } } });
  });

  test('of a part is a part', async () => {
    const pending: StreamState = { ...stream, days: new Map([[firstDay, 'pending']]) };
    const query = `{ scoreSummary(${window}) { conversationCount coverage { complete daysRead conversationsExpected retryAfterSeconds } } }`;
    expect(await answer(query, pending)).toEqual({
      scoreSummary: {
        conversationCount: 2,
        coverage: { complete: false, daysRead: 4, conversationsExpected: null, retryAfterSeconds: 7 },
      },
    });
  });
});

describe('a breakdown', () => {
  test.for<[args: string, selected: string, groups: readonly object[]]>([
    [
      'by: [CHANNEL]',
      'channel language',
      [
        { channel: 'VOICE', language: null },
        { channel: null, language: null },
      ],
    ],
    [
      'by: [AGENT]',
      'agent { agentId name }',
      [{ agent: { agentId: 'a-0', name: 'Somebody' } }, { agent: { agentId: 'a-1', name: 'Somebody' } }],
    ],
    [
      'by: [DISPOSITION]',
      'disposition { id name colour }',
      [{ disposition: { id: 'd', name: 'D', colour: null } }, { disposition: null }],
    ],
    [
      'by: [EVALUATION_STATUS]',
      'evaluationStatus summary { conversationCount }',
      [
        { evaluationStatus: 'FAIL', summary: { conversationCount: 2 } },
        { evaluationStatus: 'PASS', summary: { conversationCount: 3 } },
      ],
    ],
    [
      'by: [WINDOW_DAY]',
      'period summary { conversationCount }',
      [
        { period: '2026-03-02', summary: { conversationCount: 3 } },
        { period: '2026-03-03', summary: { conversationCount: 2 } },
      ],
    ],
    [
      'by: [WINDOW_DAY], timeZone: "Asia/Tokyo"',
      'period summary { conversationCount }',
      [
        { period: '2026-03-02', summary: { conversationCount: 2 } },
        { period: '2026-03-03', summary: { conversationCount: 2 } },
        { period: '2026-03-04', summary: { conversationCount: 1 } },
      ],
    ],
    [
      'by: [WINDOW_MONTH, WINDOW_WEEK], timeZone: "America/New_York"',
      'period summary { conversationCount }',
      [
        { period: '2026-02-23', summary: { conversationCount: 1 } },
        { period: '2026-03-02', summary: { conversationCount: 4 } },
      ],
    ],
    [
      'by: [METRIC]',
      'metric { metricId } summary { metrics { metric { metricId } yesCount } }',
      [
        { metric: { metricId: 'em-0' }, summary: { metrics: [{ metric: { metricId: 'em-0' }, yesCount: 3 }] } },
        { metric: { metricId: 'em-1' }, summary: { metrics: [{ metric: { metricId: 'em-1' }, yesCount: 2 }] } },
      ],
    ],
  ])('shows what it was grouped by: %s', async ([args, selected, groups]) => {
    const query = `{ scoreBreakdown(${window}, ${args}) { groups { ${selected} } coverage { complete } } }`;
    expect(await answer(query, stream)).toEqual({ scoreBreakdown: { groups, coverage: { complete: true } } });
  });

  test('of too many groups is refused, and of as many as may be is not', async () => {
    const query = `{ scoreBreakdown(${window}, by: [CHANNEL, AGENT]) { groups { channel } } }`;
    const { errors } = await ask(query, stream, { bounds: { breakdownGroupsMax: 1 } });
    expect(errors).toEqual([{ path: 'scoreBreakdown', code: 'QUERY_LIMIT_EXCEEDED', reason: 'GROUPS' }]);
    expect((await ask(query, stream, { bounds: { breakdownGroupsMax: 2 } })).errors).toEqual([]);
  });

  test('is cut at the midnights of its own zone alone, and only where a period begins', async () => {
    const cutsOf = async (args: string) => {
      const { readings } = await ask(`{ scoreBreakdown(${window}, ${args}) { coverage { complete } } }`, stream);
      return readings.expected.flatMap(({ cuts }) => cuts).map((cut) => (cut - firstDay) / hour);
    };
    expect(await cutsOf('by: [WINDOW_DAY], timeZone: "Asia/Tokyo"')).toEqual([15, 39, 63, 87, 111]);
    expect(await cutsOf('by: [WINDOW_WEEK], timeZone: "America/New_York"')).toEqual([5]);
    expect(await cutsOf('by: [WINDOW_DAY]')).toEqual([]);
    expect(await cutsOf('by: [CHANNEL], timeZone: "Asia/Tokyo"')).toEqual([]);
  });
});

describe('by its id', () => {
  const first = stream.contacts[0]?.conversation ?? conversationOf({});
  const id = conversationGlobalId(rowOf(first), first);

  test('a conversation is found, or is known to be none', async () => {
    const query = `{
      a: conversation(conversationId: "c-1", ${window}) { koreEvaluationScore }
      b: conversation(customConversationId: "mine", ${window}) { conversationId }
      c: conversation(conversationId: "c-5", ${window}) { durationStatus }
      d: conversation(conversationId: "c-9", ${window}) { id }
      nodes(ids: ["${id}", "${agentGlobalId('a-1')}", "never given out", "${agentGlobalId('')}"]) {
        __typename id ... on Agent { agentId } ... on Conversation { conversationId }
      }
      node(id: "${id}") { id }
    }`;
    expect(await answer(query, stream)).toEqual({
      a: { koreEvaluationScore: 0 },
      b: { conversationId: 'c-2' },
      c: { durationStatus: 'BELOW_THRESHOLD' },
      d: null,
      nodes: [
        { __typename: 'Conversation', id, conversationId: 'c-0' },
        { __typename: 'Agent', id: agentGlobalId('a-1'), agentId: 'a-1' },
        null,
        null,
      ],
      node: { id },
    });
  });

  test('each fails by itself where not all could be read', async () => {
    const pending: StreamState = { ...stream, days: new Map([[firstDay + 4 * dayLength, 'pending']]) };
    const other = conversationOf({ conversationId: 'c-9' });
    const query = `{ nodes(ids: ["${id}", "${conversationGlobalId(rowOf(other), other)}"]) { id } agent(agentId: "a") { agentId } }`;
    const { data, errors } = await ask(query, pending);
    expect(data).toEqual({ nodes: [{ id }, null], agent: { agentId: 'a' } });
    expect(errors).toEqual([{ path: 'nodes.1', code: 'NOT_LOCATED', reason: undefined }]);
  });
});
