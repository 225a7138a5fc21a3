import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/model/conversation.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { adherenceRate, mergeAdherence, pointsLost, tallyAdherence } from '../../src/selection/adherence.ts';
import {
  auditedCount,
  auditStatusCounts,
  averageAuditScore,
  bothScoredCount,
  meanAbsoluteDifference,
  meanDifference,
  mergeAudits,
  tallyAudits,
} from '../../src/selection/audits.ts';
import { selectAll } from '../../src/selection/rows.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { rowOf } from './arbitraries.ts';
import { split } from './split.ts';

const parameters = { seed: 20_261_125, numRuns: 500 };
const options = { timeout: 30_000 };

describe('audits', () => {
  test('of parts, merged in whatever order, have the figures of the whole to the last bit', options, () => {
    fc.assert(
      fc.property(split, ({ whole, parts }) => {
        const figures = auditFigures(tallyAudits([whole]));
        expect(auditFigures(tallyAudits(parts))).toStrictEqual(figures);
        const tallies = parts.map((part) => tallyAudits([part]));
        expect(auditFigures(tallies.reduce(mergeAudits))).toStrictEqual(figures);
        expect(auditFigures(tallies.reduceRight(mergeAudits))).toStrictEqual(figures);
      }),
      parameters,
    );
  });

  test('are what the schema says of them', options, () => {
    fc.assert(
      fc.property(split, ({ conversations, whole }) => {
        const tally = tallyAudits([whole]);
        const statuses = conversations.map(({ audit }) => audit.status);
        const named = [...new Set(statuses)].filter((status) => status !== null).sort();
        const expected = [...named, ...(statuses.includes(null) ? [null] : [])];
        expect(auditStatusCounts(tally)).toEqual(
          expected.map((status) => ({ status, count: statuses.filter((each) => each === status).length })),
        );
        expect(auditedCount(tally)).toBe(
          statuses.filter((status) => status === 'AUDITED' || status === 'RESOLVED' || status === 'CLOSED').length,
        );
        const audited = conversations.flatMap(({ audit }) => (audit.score === null ? [] : [audit.score]));
        const differences = conversations.flatMap(({ audit, koreEvaluationScore: score }) =>
          audit.score === null || score === null ? [] : [audit.score - score],
        );
        expectMean(averageAuditScore(tally), audited);
        expect(bothScoredCount(tally)).toBe(differences.length);
        expectMean(meanDifference(tally), differences);
        expectMean(meanAbsoluteDifference(tally), differences.map(Math.abs));
      }),
      parameters,
    );
  });
});

describe('adherence', () => {
  test('of parts, merged in whatever order, has the figures of the whole to the last bit', options, () => {
    fc.assert(
      fc.property(split, ({ whole, parts }) => {
        const figures = adherenceFigures(tallyAdherence([whole]));
        expect(adherenceFigures(tallyAdherence(parts))).toStrictEqual(figures);
        const tallies = parts.map((part) => tallyAdherence([part]));
        expect(adherenceFigures(tallies.reduce(mergeAdherence))).toStrictEqual(figures);
        expect(adherenceFigures(tallies.reduceRight(mergeAdherence))).toStrictEqual(figures);
      }),
      parameters,
    );
  });

  test('is what the schema says of it, of all metrics and of one', options, () => {
    fc.assert(
      fc.property(split, ({ conversations, whole }) => {
        const ids = conversations.flatMap(({ metrics }) => metrics.flatMap(({ metricId }) => metricId ?? []));
        const tallies = tallyAdherence([whole]);
        expect([...tallies.keys()]).toEqual([...new Set(ids)].sort());
        for (const [metricId, tally] of tallies) {
          const expected = naiveAdherence(conversations, metricId);
          expect({ ...tally, losses: null }).toEqual({ ...expected, losses: null });
          const sum = expected.losses.reduce((total, loss) => total + loss, 0);
          expect(Math.abs(pointsLost(tally) - sum)).toBeLessThanOrEqual(Math.abs(sum) * 1e-12);
          expect(tallyAdherence([whole], metricId)).toEqual(new Map([[metricId, tally]]));
        }
        expect(tallyAdherence([whole], 'no such metric')).toEqual(new Map());
      }),
      parameters,
    );
  });

  test('is of a metric also where nothing was answered, and its figures are null then', () => {
    const row = conversationOf({
      metrics: [metricResultOf({ metricId: 'm', isFatalError: true }), metricResultOf({})],
    });
    const tallies = tallyAdherence([selectAll(tableOf([rowOf(row)]))]);
    expect([...tallies.keys()]).toEqual(['m']);
    expect(adherenceFigures(tallies)).toMatchObject([['m', { noCount: 0, fatalCount: 0 }, null, 0]]);
  });

  test('loses no more points than a number can say', () => {
    const heavy = metricResultOf({ metricId: 'm', qualification: 'NO', weight: Number.MAX_VALUE });
    const light = { ...heavy, weight: -Number.MAX_VALUE };
    const of = (metrics: Conversation['metrics']) =>
      tallyAdherence([selectAll(tableOf([rowOf(conversationOf({ metrics }))]))]);
    for (const metrics of [
      [heavy, heavy],
      [light, light, heavy],
      [{ ...heavy, negativeWeight: Number.MAX_VALUE }, light],
    ]) {
      for (const tally of of(metrics).values()) expect(Number.isFinite(pointsLost(tally))).toBe(true);
    }
  });
});

function auditFigures(tally: ReturnType<typeof tallyAudits>) {
  return [
    auditStatusCounts(tally),
    auditedCount(tally),
    averageAuditScore(tally),
    bothScoredCount(tally),
    meanDifference(tally),
    meanAbsoluteDifference(tally),
  ];
}

function adherenceFigures(tallies: ReturnType<typeof tallyAdherence>) {
  return [...tallies].map(([metricId, tally]) => [
    metricId,
    { ...tally, losses: null },
    adherenceRate(tally),
    pointsLost(tally),
  ]);
}

/** A naive reading of the schema's descriptions. */
function naiveAdherence(conversations: readonly Conversation[], metricId: string) {
  const results = conversations
    .flatMap(({ metrics }) => metrics)
    .filter((result) => result.metricId === metricId && result.qualification !== null);
  const answered = (answer: string) => results.filter(({ qualification }) => qualification === answer);
  const isPlain = (answer: string | null) => answer === 'YES' || answer === 'NO' || answer === 'NA';
  const audited = results.filter((result) => isPlain(result.qualification) && isPlain(result.auditorResponse));
  return {
    yesCount: answered('YES').length,
    noCount: answered('NO').length,
    notApplicableCount: answered('NA').length,
    pendingCount: answered('PENDING').length,
    fatalCount: results.filter(({ isFatalError }) => isFatalError === true).length,
    auditedCount: audited.length,
    agreementCount: audited.filter((result) => result.qualification === result.auditorResponse).length,
    losses: answered('NO').map(({ weight, negativeWeight }) => (weight ?? 0) + (negativeWeight ?? 0)),
  };
}

function expectMean(actual: number | null, values: readonly number[]): void {
  if (values.length === 0) expect(actual).toBeNull();
  else expect(actual).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 8);
}
