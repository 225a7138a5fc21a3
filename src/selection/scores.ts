import type { DurationStatus, EvaluationStatus } from '../model/conversation.ts';
import { ascending, countOf, countValues, known, type Multiset, meanOf, mergeCounts, sumOf } from './multiset.ts';
import type { Selected } from './rows.ts';

/**
 * What figures over scores need to know. A fold over parts, merged, equals the fold over all to the last bit, for nothing in it depends on
 * where the rows were cut.
 */
export type ScoreTally = {
  readonly conversationCount: number;
  /** Without those that have none; a fatal zero is a score of 0. */
  readonly scores: Multiset<number>;
  /** Without those whose count isn't known. */
  readonly fatalErrorCounts: Multiset<number>;
  readonly durationStatuses: Multiset<DurationStatus | null>;
  readonly evaluationStatuses: Multiset<EvaluationStatus | null>;
};

/** From `from` to `until`, which only belongs to the last one. */
export type Bucket = { readonly from: number; readonly until: number; readonly count: number };

const scoreMin = -100;
const scoreMax = 100;

/** The tally of some rows, of one table or of many. */
export function tallyScores(parts: readonly Selected[]): ScoreTally {
  return {
    conversationCount: parts.reduce((count, { indices }) => count + indices.length, 0),
    scores: known(countValues(parts, ({ score }) => score)),
    fatalErrorCounts: known(countValues(parts, ({ fatalErrorCount }) => fatalErrorCount)),
    durationStatuses: countValues(parts, ({ durationStatus }) => durationStatus),
    evaluationStatuses: countValues(parts, ({ evaluationStatus }) => evaluationStatus),
  };
}

/** The tally of the rows of both. */
export function mergeScores(one: ScoreTally, other: ScoreTally): ScoreTally {
  return {
    conversationCount: one.conversationCount + other.conversationCount,
    scores: mergeCounts(one.scores, other.scores),
    fatalErrorCounts: mergeCounts(one.fatalErrorCounts, other.fatalErrorCounts),
    durationStatuses: mergeCounts(one.durationStatuses, other.durationStatuses),
    evaluationStatuses: mergeCounts(one.evaluationStatuses, other.evaluationStatuses),
  };
}

/** Conversations that carry a score. */
export function scoredCount({ scores }: ScoreTally): number {
  return countOf(scores);
}

/** Conversations below the minimum duration. */
export function belowThresholdCount({ durationStatuses }: ScoreTally): number {
  return durationStatuses.get('BELOW_THRESHOLD') ?? 0;
}

/** Conversations whose duration isn't known. */
export function durationUnavailableCount({ durationStatuses }: ScoreTally): number {
  return durationStatuses.get('DURATION_UNAVAILABLE') ?? 0;
}

/** Conversations that passed. */
export function passCount({ evaluationStatuses }: ScoreTally): number {
  return evaluationStatuses.get('PASS') ?? 0;
}

/** Conversations that failed. */
export function failCount({ evaluationStatuses }: ScoreTally): number {
  return evaluationStatuses.get('FAIL') ?? 0;
}

/** Those that passed of those that passed or failed, from 0 to 1; null when there are none. */
export function passRate(tally: ScoreTally): number | null {
  return ratio(passCount(tally), passCount(tally) + failCount(tally));
}

/** Conversations in which any fatal metric failed. */
export function fatalConversationCount({ fatalErrorCounts }: ScoreTally): number {
  return countOf(fatalErrorCounts, (count) => 0 < count);
}

/** The sum of the fatal errors. */
export function fatalErrorCount({ fatalErrorCounts }: ScoreTally): number {
  return sumOf(fatalErrorCounts);
}

/** Conversations with a fatal error for each that carries a score; null when none does. */
export function fatalRate(tally: ScoreTally): number | null {
  return ratio(fatalConversationCount(tally), scoredCount(tally));
}

/** The mean score; null when nothing is scored. */
export function averageScore({ scores }: ScoreTally): number | null {
  return meanOf(scores);
}

/** The least score; null when nothing is scored. */
export function minimumScore({ scores }: ScoreTally): number | null {
  return ascending(scores).at(0) ?? null;
}

/** The greatest score; null when nothing is scored. */
export function maximumScore({ scores }: ScoreTally): number | null {
  return ascending(scores).at(-1) ?? null;
}

/** The exact percentile at `at`, from 0 to 1, by linear interpolation at place at * (n - 1) of the sorted scores; null when nothing is scored. */
export function scorePercentile({ scores }: ScoreTally, at: number): number | null {
  const position = at * (countOf(scores) - 1);
  const [index, fraction] = [Math.floor(position), position % 1];
  let seenCount = 0;
  let lower: number | null = null;
  for (const score of ascending(scores)) {
    if (lower !== null) return lower + (score - lower) * fraction;
    seenCount += scores.get(score) ?? 0;
    if (index + 1 < seenCount) return score;
    if (index < seenCount) lower = score;
  }
  return lower;
}

/** Buckets of `bucketWidth` points (a whole number, 1 to 200) from -100 on, empty ones included; the last is cut and closed at 100. */
export function scoreDistribution({ scores }: ScoreTally, bucketWidth: number): readonly Bucket[] {
  const bucketCount = Math.ceil((scoreMax - scoreMin) / bucketWidth);
  const edge = (bucket: number): number => Math.min(scoreMax, scoreMin + bucket * bucketWidth);
  const counts = new Array<number>(bucketCount).fill(0);
  for (const [score, count] of scores) {
    const near = Math.max(0, Math.min(bucketCount - 1, Math.floor((score - scoreMin) / bucketWidth)));
    // A score a hair below an edge is rounded onto it by the subtraction.
    const bucket = score < edge(near) ? Math.max(0, near - 1) : near;
    counts[bucket] = (counts[bucket] ?? 0) + count;
  }
  return counts.map((count, bucket) => ({ from: edge(bucket), until: edge(bucket + 1), count }));
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
