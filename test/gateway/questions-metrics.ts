import { expect } from 'vitest';
import type { MetricFacts } from '../oracle/rows.ts';
import {
  agentIdsOf,
  countOf,
  failureRate,
  groupBy,
  idsOf,
  listedOn,
  mean,
  queueIdsOf,
  type Reading,
  ranked,
  resultsOf,
  sum,
} from './questions-counting.ts';
import { pick, pickPairs } from './questions-world.ts';

type Results = ReturnType<typeof resultsOf>;

/** What is read out of the figures of docs/questions.md that are about metrics, by number of the question. */
export const metricReadings: Readonly<Record<string, Reading>> = {
  10: (answer, rows) => {
    const members = groupBy(listedOn(rows), agentIdsOf).get('a-cd8351c-0693-abf8-0cc8-499afe86384e') ?? [];
    expect(pick(answer, 'agent.summary.conversationCount')).toEqual([members.length]);
    const results = resultsOf(members);
    expect(pick(answer, 'worst.edges.*.node.metricId')).toEqual(first(5, results, (each) => failureRate(each)));
    expect(pick(answer, 'best.edges.*.node.metricId')).toEqual(first(5, results, (each) => -failureRate(each)));
  },

  12: (answer, rows) => {
    const results = resultsOf(listedOn(rows));
    expect(pick(answer, 'metrics.edges.*.node.metricId')).toEqual(first(10, results, failureRate));
    const [rate] = pick(answer, 'metrics.edges.0.adherence.adherenceRate');
    expect(1 - Number(rate)).toBeCloseTo(Math.max(...[...results.values()].map(failureRate)), 9);
    const queues = groupBy(listedOn(rows), queueIdsOf);
    for (const group of pick(answer, 'scoreBreakdown.groups.*').filter((each) => Object(each).queue !== null)) {
      const members = queues.get(String(pick(group, 'queue.queueId'))) ?? [];
      const [metricId] = pick(group, 'metric.metricId');
      const noCount = metricId === undefined ? [] : [countOf(resultsOf(members).get(String(metricId)), 'NO')];
      expect(pick(group, 'summary.metrics.*.noCount')).toEqual(noCount);
    }
  },

  13: (answer, rows) => {
    const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
    const results = new Map(dates.map((date) => [date, resultsOf(listedOn(rows, date))]));
    const cells = pick(answer, 'scoreBreakdown.groups.*').filter((each) => Object(each).metric !== null);
    expect(cells.length).toBe(sum([...results.values()].map(({ size }) => size)));
    expect(new Set(pick(cells, '*.period'))).toEqual(new Set(dates));
    for (const cell of cells) {
      const [date, metricId] = [String(pick(cell, 'period')), String(pick(cell, 'metric.metricId'))];
      const rate = failureRate(results.get(date)?.get(metricId));
      const [adherenceRate] = pick(cell, 'summary.metrics.0.adherenceRate');
      if (Number.isNaN(rate)) expect(adherenceRate).toBeNull();
      else expect(1 - Number(adherenceRate)).toBeCloseTo(rate, 9);
    }
  },

  14: (answer, rows) => {
    const results = resultsOf(listedOn(rows));
    expect(pick(answer, 'metrics.edges.*.node.metricId')).toEqual(first(10, results, (each) => countOf(each, 'NA')));
    for (const edge of pick(answer, 'metrics.edges.*')) {
      const answered = results.get(String(pick(edge, 'node.metricId'))) ?? [];
      const [yes, no, na] = ['yesCount', 'noCount', 'notApplicableCount'].map((figure) =>
        Number(pick(edge, `adherence.${figure}`)),
      );
      expect(Number(na) / (Number(yes) + Number(no) + Number(na))).toBe(
        countOf(answered, 'NA') / answered.filter(({ qualification }) => qualification !== 'PENDING').length,
      );
    }
  },

  15: (answer, rows) => {
    const lost = (results: readonly MetricFacts[]) =>
      sum(
        results.map(({ qualification, weight, negativeWeight }) =>
          qualification === 'NO' ? (weight ?? 0) + (negativeWeight ?? 0) : 0,
        ),
      );
    const results = resultsOf(listedOn(rows));
    expect(pick(answer, 'metrics.edges.*.node.metricId')).toEqual(first(10, results, lost));
    const points = pickPairs(answer, 'metrics.edges.*.node.metricId', 'metrics.edges.*.adherence.pointsLost');
    for (const [metricId, pointsLost] of points)
      expect(Number(pointsLost)).toBeCloseTo(lost(results.get(String(metricId)) ?? []), 6);
  },

  23: (answer, rows) => {
    const day = listedOn(rows);
    const isCompared = ({ qualification, auditorResponse }: MetricFacts) =>
      [qualification, auditorResponse].every((word) => word === 'YES' || word === 'NO' || word === 'NA');
    const differs = (each: MetricFacts) => isCompared(each) && each.qualification !== each.auditorResponse;
    const compared = [...resultsOf(day).values()].flat().filter(isCompared);
    const total = (figure: string) => sum(pick(answer, `metrics.edges.*.adherence.${figure}`).map(Number));
    expect(total('auditedCount')).toBe(compared.length);
    expect(total('auditedCount') - total('agreementCount')).toBe(compared.filter(differs).length);
    const disputed = day.filter(({ metrics }) => metrics.some(differs));
    expect(pick(answer, 'conversations.totalCount')).toEqual([disputed.length]);
    expect(pick(answer, 'conversations.nodes.*.conversationId')).toEqual(idsOf(disputed).slice(0, 25));
    const differences = day.flatMap(({ score, auditScore }) =>
      score === null || auditScore === null ? [] : [auditScore - score],
    );
    expect(pick(answer, 'scoreSummary.audit.bothScoredCount')).toEqual([differences.length]);
    expect(Number(pick(answer, 'scoreSummary.audit.meanDifference'))).toBeCloseTo(mean(differences), 9);
  },

  24: (answer, rows) => {
    const waiting = listedOn(rows).filter(({ metrics }) =>
      metrics.some(({ qualification }) => qualification === 'PENDING'),
    );
    expect(pick(answer, 'conversations.totalCount')).toEqual([waiting.length]);
    expect(pick(answer, 'conversations.nodes.*.conversationId')).toEqual(idsOf(waiting).slice(0, 25));
    expect(sum(pick(answer, 'metrics.edges.*.adherence.pendingCount').map(Number))).toBe(
      sum([...resultsOf(waiting).values()].map((results) => countOf(results, 'PENDING'))),
    );
  },
};

/** The metrics with the greatest numbers. */
function first(count: number, results: Results, numberOf: (results: readonly MetricFacts[]) => number) {
  return ranked(results, numberOf)
    .slice(0, count)
    .map(([id]) => id);
}
