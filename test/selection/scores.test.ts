import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/model/conversation.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { selectAll } from '../../src/selection/rows.ts';
import {
  averageScore,
  belowThresholdCount,
  durationUnavailableCount,
  failCount,
  fatalConversationCount,
  fatalErrorCount,
  fatalRate,
  maximumScore,
  mergeScores,
  minimumScore,
  passCount,
  passRate,
  type ScoreTally,
  scoreDistribution,
  scoredCount,
  scorePercentile,
  tallyScores,
} from '../../src/selection/scores.ts';
import { conversationOf } from '../model/sample.ts';
import { rowOf } from './arbitraries.ts';
import { split } from './split.ts';

const parameters = { seed: 20_261_125, numRuns: 500 };
const options = { timeout: 30_000 };

describe('scores', () => {
  test('of parts, merged in whatever order, have the figures of the whole to the last bit', options, () => {
    fc.assert(
      fc.property(split, ({ whole, parts }) => {
        const figures = figuresOf(tallyScores([whole]));
        expect(figuresOf(tallyScores(parts))).toStrictEqual(figures);
        const tallies = parts.map((part) => tallyScores([part]));
        expect(figuresOf(tallies.reduce(mergeScores))).toStrictEqual(figures);
        expect(figuresOf(tallies.reduceRight(mergeScores))).toStrictEqual(figures);
      }),
      parameters,
    );
  });

  test('are what the schema says of them', options, () => {
    const at = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(split, at, fc.integer({ min: 1, max: 200 }), ({ conversations, whole }, at, bucketWidth) => {
        const tally = tallyScores([whole]);
        const scores = scoresOf(conversations);
        const count = (fits: (each: Conversation) => boolean): number => conversations.filter(fits).length;
        expect(tally.conversationCount).toBe(conversations.length);
        expect(scoredCount(tally)).toBe(scores.length);
        expect(belowThresholdCount(tally)).toBe(count(({ durationStatus }) => durationStatus === 'BELOW_THRESHOLD'));
        expect(durationUnavailableCount(tally)).toBe(count((each) => each.durationStatus === 'DURATION_UNAVAILABLE'));
        const passed = count(({ evaluationStatus }) => evaluationStatus === 'PASS');
        const failed = count(({ evaluationStatus }) => evaluationStatus === 'FAIL');
        expect([passCount(tally), failCount(tally)]).toEqual([passed, failed]);
        expect(passRate(tally)).toBe(passed + failed === 0 ? null : passed / (passed + failed));
        const fatal = count((each) => (each.fatalErrorCount ?? 0) > 0);
        expect(fatalConversationCount(tally)).toBe(fatal);
        expect(fatalErrorCount(tally)).toBe(conversations.reduce((sum, each) => sum + (each.fatalErrorCount ?? 0), 0));
        expect(fatalRate(tally)).toBe(scores.length === 0 ? null : fatal / scores.length);
        expect([minimumScore(tally), maximumScore(tally)]).toEqual([scores.at(0) ?? null, scores.at(-1) ?? null]);
        expect(scorePercentile(tally, at)).toBe(percentileOf(scores, at));
        expect(scoreDistribution(tally, bucketWidth)).toEqual(bucketsOf(scores, bucketWidth));
        const mean = scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
        if (mean === null) expect(averageScore(tally)).toBeNull();
        else expect(averageScore(tally)).toBeCloseTo(mean, 8);
      }),
      parameters,
    );
  });

  test('have an average that is never outside of them', options, () => {
    const alike = fc.record({
      score: fc.double({ min: -100, max: 100, noNaN: true }),
      count: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(alike, ({ score, count }) => {
        const tally = tallied(Array.from({ length: count }, () => score + 0));
        expect(averageScore(tally)).toBe(score + 0);
      }),
      parameters,
    );
  });

  test.for<[at: number, scores: readonly number[], percentile: number | null]>([
    [0.5, [], null],
    [0.5, [7], 7],
    [1, [7], 7],
    [0, [3, 1, 2], 1],
    [1, [3, 1, 2], 3],
    [0.5, [3, 1, 2], 2],
    [0.5, [4, 1, 2, 3], 2.5],
    [0.25, [0, 10], 2.5],
    [0.5, [0, 0, 10, 10], 5],
    [0.5, [0, 10, 10, 10], 10],
  ])('have the percentile at %s of %o', ([at, scores, percentile]) => {
    expect(scorePercentile(tallied(scores), at)).toBe(percentile);
  });

  test.for<[bucketWidth: number, scores: readonly number[], buckets: readonly (readonly number[])[]]>([
    [200, [], [[-100, 100, 0]]],
    [
      100,
      [-100, -Number.MIN_VALUE, 0, 100],
      [
        [-100, 0, 2],
        [0, 100, 2],
      ],
    ],
    [
      150,
      [49.999, 50, 100],
      [
        [-100, 50, 1],
        [50, 100, 2],
      ],
    ],
    [
      100,
      [-1e-20],
      [
        [-100, 0, 1],
        [0, 100, 0],
      ],
    ],
  ])('lie in buckets of width %s: %o', ([bucketWidth, scores, buckets]) => {
    expect(
      scoreDistribution(tallied(scores), bucketWidth).map(({ from, until, count }) => [from, until, count]),
    ).toEqual(buckets);
  });
});

function tallied(scores: readonly number[]): ScoreTally {
  const rows = scores.map((koreEvaluationScore) => rowOf(conversationOf({ koreEvaluationScore })));
  return tallyScores([selectAll(tableOf(rows))]);
}

function figuresOf(tally: ScoreTally) {
  return [
    tally.conversationCount,
    ...[scoredCount, belowThresholdCount, durationUnavailableCount, passCount, failCount, passRate].map((figure) =>
      figure(tally),
    ),
    ...[fatalConversationCount, fatalErrorCount, fatalRate, averageScore, minimumScore, maximumScore].map((figure) =>
      figure(tally),
    ),
    ...[0, 0.1, 0.5, 0.99, 1].map((at) => scorePercentile(tally, at)),
    scoreDistribution(tally, 7),
  ];
}

function scoresOf(conversations: readonly Conversation[]): readonly number[] {
  const scores = conversations.flatMap(({ koreEvaluationScore }) => koreEvaluationScore ?? []);
  return scores.sort((one, other) => one - other);
}

function percentileOf(sorted: readonly number[], at: number): number | null {
  if (sorted.length === 0) return null;
  const position = at * (sorted.length - 1);
  const lower = sorted[Math.floor(position)] ?? Number.NaN;
  const upper = sorted[Math.ceil(position)] ?? Number.NaN;
  return lower + (upper - lower) * (position % 1);
}

function bucketsOf(scores: readonly number[], bucketWidth: number) {
  const buckets: { from: number; until: number; count: number }[] = [];
  for (let from = -100; from < 100; from += bucketWidth) {
    const until = Math.min(100, from + bucketWidth);
    const count = scores.filter((score) => from <= score && (score < until || (until === 100 && score === 100))).length;
    buckets.push({ from, until, count });
  }
  return buckets;
}
