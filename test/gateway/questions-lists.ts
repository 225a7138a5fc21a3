import { expect } from 'vitest';
import {
  agentIdsOf,
  everythingOn,
  groupBy,
  idsOf,
  listedOn,
  mean,
  queueIdsOf,
  type Reading,
  ranked,
  scoresOf,
  worstOf,
} from './questions-counting.ts';
import { pick, pickPairs } from './questions-world.ts';

/** What is read out of the lists of docs/questions.md, by number of the question. */
export const listReadings: Readonly<Record<string, Reading>> = {
  1: (answer, rows) => {
    const first = listedOn(rows).slice(0, 100);
    expect(pick(answer, 'conversations.nodes.*.conversationId')).toEqual(
      first.map(({ conversationId }) => conversationId),
    );
    expect(pick(answer, 'conversations.nodes.*.koreEvaluationScore')).toEqual(first.map(({ score }) => score));
    expect(pick(answer, 'conversations.pageInfo.hasNextPage')).toEqual([true]);
  },

  2: (answer, rows) => {
    const [row] = rows.filter(({ conversationId }) => conversationId === 'c-1bf5737-2aae-808c-3dc7-c9f1829ec19f');
    expect(pick(answer, 'conversation.koreEvaluationScore')).toEqual([row?.score]);
    expect(pick(answer, 'conversation.metrics.*.qualification')).toEqual(
      row?.metrics.map(({ qualification }) => qualification),
    );
  },

  3: (answer, rows) => {
    const named = (id: string) => everythingOn(rows).filter(({ customConversationId }) => customConversationId === id);
    expect(pick(answer, 'conversation.conversationId')).toEqual(idsOf(named('EXP-20260302-854283')));
    expect(pick(answer, 'shared.nodes.*.conversationId')).toEqual(idsOf(named('feb2102')));
    expect(named('feb2102').length).toBeGreaterThan(1);
  },

  16: (answer, rows) => {
    const fatal = listedOn(rows).filter(({ fatalErrorCount }) => (fatalErrorCount ?? 0) > 0);
    expect(pick(answer, 'conversations.nodes.*.conversationId')).toEqual(idsOf(fatal));
    const causes = fatal.flatMap(({ metrics }) => metrics.filter(({ isFatalError }) => isFatalError === true));
    const shown = pick(answer, 'conversations.nodes.*.metrics.*').filter((each) => Object(each).isFatalError === true);
    expect(shown.map((each) => Object(each).metricName).toSorted()).toEqual(
      causes.map(({ metricName }) => metricName).toSorted(),
    );
    const causeCounts = ranked(
      Map.groupBy(causes, ({ metricId }) => metricId),
      ({ length }) => length,
    );
    expect(pick(answer, 'metrics.edges.*.adherence.fatalCount').slice(0, causeCounts.length)).toEqual(
      causeCounts.map(([, count]) => count),
    );
    const counts = ranked(groupBy(fatal, agentIdsOf), ({ length }) => length);
    expect(pick(answer, 'agents.edges.*.node.agentId').slice(0, counts.length)).toEqual(
      counts.slice(0, 10).map(([id]) => id),
    );
    const [queueId, queueCount] = ranked(groupBy(fatal, queueIdsOf), ({ length }) => length)[0] ?? [];
    const scoredCount = scoresOf(groupBy(listedOn(rows), queueIdsOf).get(queueId ?? null) ?? []).length;
    expect(pick(answer, 'queues.edges.0.summary.fatalRate')).toEqual([(queueCount ?? 0) / scoredCount]);
  },

  17: (answer, rows) => {
    const band = listedOn(rows).filter(({ score }) => score !== null && 20 <= score && score <= 50);
    expect(pick(answer, 'conversations.totalCount')).toEqual([band.length]);
    expect(pick(answer, 'conversations.nodes.*.conversationId')).toEqual(worstOf(band, 25));
  },

  19: (answer, rows) => {
    const short = everythingOn(rows).filter(({ durationStatus }) => durationStatus === 'BELOW_THRESHOLD');
    const [without, withThem] = [listedOn(rows).length, everythingOn(rows).length];
    expect([without, withThem, short.length]).toEqual([1000, 1080, 80]);
    expect(pick(answer, 'without.conversationCount')).toEqual([without]);
    expect(pick(answer, 'with.conversationCount')).toEqual([withThem]);
    expect(pick(answer, 'with.averageScore')).toEqual(pick(answer, 'without.averageScore'));
    for (const [list, id, keysOf] of [
      ['queues', 'queueId', queueIdsOf],
      ['agents', 'agentId', agentIdsOf],
    ] as const) {
      const counts = pickPairs(answer, `${list}.edges.*.node.${id}`, `${list}.edges.*.summary.belowThresholdCount`);
      const expected = ranked(groupBy(short, keysOf), ({ length }) => length);
      expect([...counts]).toEqual(list === 'agents' ? expected.slice(0, 10) : expected);
    }
  },

  20: (answer, rows) => {
    const unscored = listedOn(rows).filter(({ score }) => score === null);
    expect(pick(answer, 'unscored.nodes.*.conversationId')).toEqual(idsOf(unscored));
    const reasons = groupBy(unscored, ({ unscoredReason }) => [unscoredReason]);
    for (const [alias, reason] of [
      ['unknownDuration', 'DURATION_UNAVAILABLE'],
      ['nothingApplied', 'ALL_METRICS_NOT_APPLICABLE'],
      ['notEvaluated', 'NOT_EVALUATED'],
    ] as const) {
      expect(pick(answer, `${alias}.totalCount`)).toEqual([reasons.get(reason)?.length]);
    }
    const formless = pick(answer, 'unscored.nodes.*').filter((node) => pick(node, 'metrics.*').length === 0);
    expect(new Set(pick(formless, '*.unscoredReason'))).toEqual(new Set(['NOT_EVALUATED']));
    expect(formless.length).toBe(unscored.filter(({ metrics }) => metrics.length === 0).length);
  },

  22: (answer, rows) => {
    const unassigned = listedOn(rows).filter(({ auditStatus }) => auditStatus === 'UNASSIGNED');
    const fatal = unassigned.filter(({ fatalErrorCount }) => (fatalErrorCount ?? 0) > 0);
    expect(pick(answer, 'fatal.nodes.*.conversationId')).toEqual(idsOf(fatal));
    expect(fatal.length).toBeGreaterThan(0);
    expect(pick(answer, 'lowest.nodes.*.conversationId')).toEqual(worstOf(unassigned, 25));
    const states = groupBy(listedOn(rows), ({ auditStatus }) => [auditStatus]);
    expect(pickPairs(answer, 'scoreSummary.audit.byStatus.*.status', 'scoreSummary.audit.byStatus.*.count')).toEqual(
      new Map([...states].map(([status, members]) => [status, members.length])),
    );
    const auditors = groupBy(listedOn(rows), ({ auditor }) => [auditor]);
    expect(pickPairs(answer, 'byAuditor.groups.*.auditor', 'byAuditor.groups.*.summary.conversationCount')).toEqual(
      new Map([...auditors].map(([auditor, members]) => [auditor, members.length])),
    );
  },

  'The dashboard of a QA lead': (answer, rows) => {
    const days = listedOn(rows, '2026-03-02', 4);
    const leaders = ranked(groupBy(days, agentIdsOf), (members) => mean(scoresOf(members)));
    expect(pick(answer, 'leaderboard.edges.*.node.agentId')).toEqual(leaders.slice(0, 10).map(([id]) => id));
    expect(pick(answer, 'leaderboard.totalCount')).toEqual([leaders.length]);
    expect(pick(answer, 'adherence.edges.*.node.metricId').length).toBe(
      groupBy(days, ({ metrics }) => metrics.map(({ metricId }) => metricId)).size,
    );
    const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
    expect(pick(answer, 'trend.groups.*.period')).toEqual(dates);
    expect(pick(answer, 'trend.groups.*.summary.scoredCount')).toEqual(
      dates.map((date) => scoresOf(listedOn(rows, date)).length),
    );
    const unassigned = days.filter(({ auditStatus }) => auditStatus === 'UNASSIGNED');
    expect(pick(answer, 'workList.nodes.*.conversationId')).toEqual(worstOf(unassigned, 25));
  },
};
