import { expect } from 'vitest';
import type { Facts } from '../oracle/rows.ts';
import {
  agentIdsOf,
  everythingOn,
  groupBy,
  listedOn,
  mean,
  queueIdsOf,
  type Reading,
  ranked,
  scoresOf,
  sum,
} from './questions-counting.ts';
import { pick, pickPairs } from './questions-world.ts';

const averageOf = (rows: readonly Facts[]) => mean(scoresOf(rows));
const isFatal = ({ fatalErrorCount }: Facts) => (fatalErrorCount ?? 0) > 0;

/** What is read out of the figures of docs/questions.md that are about scores, by number of the question. */
export const scoreReadings: Readonly<Record<string, Reading>> = {
  4: (answer, rows) => {
    const scores = scoresOf(listedOn(rows));
    const middle = scores.slice((scores.length - 1) >> 1, (scores.length >> 1) + 1);
    expect(pick(answer, 'scoreSummary.conversationCount')).toEqual([1000]);
    expect(pick(answer, 'scoreSummary.scoredCount')).toEqual([scores.length]);
    expect(pick(answer, 'scoreSummary.minimumScore')).toEqual(scores.slice(0, 1));
    expect(pick(answer, 'scoreSummary.maximumScore')).toEqual(scores.slice(-1));
    expect(pick(answer, 'scoreSummary.medianScore')).toEqual([mean(middle)]);
    expect(numberAt(answer, 'scoreSummary.averageScore')).toBeCloseTo(mean(scores), 9);
  },

  5: (answer, rows) => {
    const scores = scoresOf(listedOn(rows));
    const counts = pickPairs(answer, 'scoreSummary.scoreDistribution.*.from', 'scoreSummary.scoreDistribution.*.count');
    expect(counts.size).toBe(20);
    expect(counts.get(70)).toBe(scores.filter((score) => 70 <= score && score < 80).length);
    expect(counts.get(90)).toBe(scores.filter((score) => 90 <= score).length);
    const below = [...counts].flatMap(([from, count]) => (Number(from) < 0 ? [Number(count)] : []));
    expect(sum(below)).toBe(scores.filter((score) => score < 0).length);
    expect(sum([...counts.values()].map(Number))).toBe(scores.length);
  },

  6: (answer, rows) => {
    // Berlin is one hour ahead of UTC in that winter.
    const later = rows.map((row) => ({ ...row, listedMs: row.listedMs + 3_600_000 }));
    const on = (date: string, dayCount: number) => scoresOf(listedOn(later, date, dayCount)).length;
    const countsIn = (alias: string) =>
      Object.fromEntries(pickPairs(answer, `${alias}.groups.*.period`, `${alias}.groups.*.summary.scoredCount`));
    expect(countsIn('byDay')).toEqual({
      '2026-02-27': on('2026-02-27', 1),
      '2026-02-28': on('2026-02-28', 1),
      '2026-03-01': on('2026-03-01', 1),
      '2026-03-02': on('2026-03-02', 1),
    });
    expect(countsIn('byWeek')).toEqual({ '2026-02-23': on('2026-02-27', 3), '2026-03-02': on('2026-03-02', 1) });
    expect(countsIn('byMonth')).toEqual({ '2026-02-01': on('2026-02-27', 2), '2026-03-01': on('2026-03-01', 2) });
  },

  7: (answer, rows) => {
    const change = numberAt(answer, 'current.averageScore') - numberAt(answer, 'previous.averageScore');
    const [current, previous] = ['2026-03-03', '2026-03-02'].map((date) => averageOf(listedOn(rows, date)));
    expect(change).toBeCloseTo((current ?? 0) - (previous ?? 0), 9);
    expect(change).not.toBe(0);
  },

  8: (answer, rows) => {
    const agents = groupBy(listedOn(rows), agentIdsOf);
    const leaders = ranked(agents, averageOf);
    expect(pick(answer, 'agents.edges.*.node.agentId')).toEqual(leaders.slice(0, 10).map(([id]) => id));
    expect(pick(answer, 'agents.totalCount')).toEqual([agents.size]);
    expect(sum([...agents.values()].map(({ length }) => length))).toBeGreaterThan(1000);
  },

  9: (answer, rows) => {
    const enough = 15;
    const few = [...groupBy(listedOn(rows), agentIdsOf)]
      .filter(([, members]) => scoresOf(members).length < enough)
      .map(([id]) => id);
    const counts = pickPairs(answer, 'agents.edges.*.node.agentId', 'agents.edges.*.summary.scoredCount');
    const found = [...counts].filter(([, count]) => Number(count) < enough).map(([id]) => id);
    expect(new Set(found)).toEqual(new Set(few));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(counts.size);
  },

  11: (answer, rows) => {
    const queues = groupBy(everythingOn(rows), queueIdsOf);
    expect(pick(answer, 'queues.edges.*.node.queueId')).toEqual(
      ranked(queues, (members) => -averageOf(members)).map(([id]) => id),
    );
    for (const edge of pick(answer, 'queues.edges.*')) {
      const members = queues.get(String(pick(edge, 'node.queueId'))) ?? [];
      const share = numberAt(edge, 'summary.belowThresholdCount') / numberAt(edge, 'summary.conversationCount');
      expect(share).toBe(
        members.filter(({ score, isListedBelowThreshold }) => score === null && isListedBelowThreshold).length /
          members.length,
      );
      expect(pick(edge, 'summary.fatalRate')).toEqual([members.filter(isFatal).length / scoresOf(members).length]);
    }
  },

  18: (answer, rows) => {
    const wordCount = (word: string) =>
      listedOn(rows).filter(({ evaluationStatus }) => evaluationStatus === word).length;
    const [passCount, failCount] = [wordCount('PASS'), wordCount('FAIL')];
    expect(pick(answer, 'scoreSummary.passRate')).toEqual([passCount / (passCount + failCount)]);
  },

  21: (answer, rows) => {
    const directions = groupBy(listedOn(rows), ({ contactDirection }) => [contactDirection]);
    expect(pick(answer, 'scoreBreakdown.groups.*.contactDirection')).toEqual(['INBOUND', 'OUTBOUND', null]);
    for (const group of pick(answer, 'scoreBreakdown.groups.*')) {
      const [direction] = pick(group, 'contactDirection');
      const members = directions.get(direction === null ? null : String(direction)) ?? [];
      expect(pick(group, 'summary.conversationCount')).toEqual([members.length]);
      expect(numberAt(group, 'summary.averageScore')).toBeCloseTo(averageOf(members), 9);
    }
  },

  25: (answer, rows) => {
    const day = listedOn(rows);
    const sliceOf = (holds: (row: Facts) => boolean) => day.filter(holds).length;
    const languages = pickPairs(
      answer,
      'byLanguage.groups.*.language',
      'byLanguage.groups.*.summary.conversationCount',
    );
    expect(languages.get('Dutch')).toBe(sliceOf(({ language }) => language === 'Dutch'));
    expect(pick(answer, 'unresolved.conversationCount')).toEqual([
      sliceOf(({ dispositions }) => dispositions.some(({ codes }) => codes.some(({ name }) => name === 'Unresolved'))),
    ]);
    expect(pick(answer, 'emea.conversationCount')).toEqual([
      sliceOf(({ customFields }) => customFields?.['Region'] === 'EMEA'),
    ]);
    const pair = ['a-217a95e-1153-ef96-d1a5-17179462da5e', 'a-fbd7542-83bf-f044-9cce-77c594887311'];
    const together = sliceOf((row) => pair.every((id) => agentIdsOf(row).includes(id)));
    expect(pick(answer, 'together.conversationCount')).toEqual([together]);
    expect(together).toBeGreaterThan(0);
    expect(pick(answer, 'together.coverage')).toEqual([
      {
        complete: true,
        daysRead: 1,
        daysExpected: 1,
        conversationsRead: 1000,
        conversationsExpected: 1000,
        asOf: '2026-03-20T12:00:00Z',
        retryAfterSeconds: null,
      },
    ]);
  },
};

function numberAt(value: unknown, path: string): number {
  return Number(pick(value, path)[0]);
}
