import { compareValues } from './order.ts';
import type { Facts } from './rows.ts';

/** What is asked of a summary, in the SDL's words. Rows are those that count; every figure is counted anew. */
export function summaryOf(rows: readonly Facts[]) {
  const scores = rows.flatMap(({ score }) => (score === null ? [] : [score])).toSorted((one, other) => one - other);
  const passCount = rows.filter(({ evaluationStatus }) => evaluationStatus === 'PASS').length;
  const failCount = rows.filter(({ evaluationStatus }) => evaluationStatus === 'FAIL').length;
  const fatalConversationCount = rows.filter(({ fatalErrorCount }) => (fatalErrorCount ?? 0) > 0).length;
  return {
    conversationCount: rows.length,
    scoredCount: scores.length,
    belowThresholdCount: rows.filter(({ durationStatus }) => durationStatus === 'BELOW_THRESHOLD').length,
    durationUnavailableCount: rows.filter(({ durationStatus }) => durationStatus === 'DURATION_UNAVAILABLE').length,
    averageScore: mean(scores),
    minimumScore: scores[0] ?? null,
    maximumScore: scores.at(-1) ?? null,
    scorePercentile: ({ at = 0.5 }: { readonly at?: number }) => percentile(scores, at),
    scoreDistribution: ({ bucketWidth = 10 }: { readonly bucketWidth?: number }) => distribution(scores, bucketWidth),
    passCount,
    failCount,
    passRate: ratio(passCount, passCount + failCount),
    fatalConversationCount,
    fatalErrorCount: rows.reduce((sum, { fatalErrorCount }) => sum + (fatalErrorCount ?? 0), 0),
    fatalRate: ratio(fatalConversationCount, scores.length),
    audit: auditSummaryOf(rows),
  };
}

/** What auditors did with rows. */
export function auditSummaryOf(rows: readonly Facts[]) {
  const statuses = [...new Set(rows.map(({ auditStatus }) => auditStatus))].toSorted((one, other) =>
    compareValues(one, other),
  );
  const auditScores = rows.flatMap(({ auditScore }) => (auditScore === null ? [] : [auditScore]));
  const differences = rows.flatMap(({ auditScore, score }) =>
    auditScore === null || score === null ? [] : [auditScore - score],
  );
  return {
    byStatus: statuses.map((status) => ({
      status,
      count: rows.filter(({ auditStatus }) => auditStatus === status).length,
    })),
    auditedCount: rows.filter(({ auditStatus }) => completed.includes(auditStatus)).length,
    averageAuditScore: mean(auditScores),
    bothScoredCount: differences.length,
    meanDifference: mean(differences),
    meanAbsoluteDifference: mean(differences.map(Math.abs)),
  };
}

const completed: readonly (string | null)[] = ['AUDITED', 'RESOLVED', 'CLOSED'];

/** How one metric was met in rows; zeros where none of them lists it. */
export function adherenceOf(rows: readonly Facts[], metricId: string) {
  const results = rows.flatMap(({ metrics }) => metrics.filter((metric) => metric.metricId === metricId));
  const evaluated = results.filter(({ qualification }) => qualification !== null);
  const countOf = (word: string) => evaluated.filter(({ qualification }) => qualification === word).length;
  const compared = evaluated.filter(
    ({ qualification, auditorResponse }) => isPlain(qualification) && isPlain(auditorResponse),
  );
  const yesCount = countOf('YES');
  const noCount = countOf('NO');
  return {
    yesCount,
    noCount,
    notApplicableCount: countOf('NA'),
    pendingCount: countOf('PENDING'),
    fatalCount: evaluated.filter(({ isFatalError }) => isFatalError === true).length,
    auditedCount: compared.length,
    agreementCount: compared.filter(({ qualification, auditorResponse }) => qualification === auditorResponse).length,
    adherenceRate: ratio(yesCount, yesCount + noCount),
    pointsLost: evaluated
      .filter(({ qualification }) => qualification === 'NO')
      .reduce((sum, { weight, negativeWeight }) => sum + (weight ?? 0) + (negativeWeight ?? 0), 0),
  };
}

/** The ids of all metrics that rows list, ascending. */
export function metricIdsOf(rows: readonly Facts[]): readonly string[] {
  const ids = rows.flatMap(({ metrics }) => metrics.flatMap(({ metricId }) => (metricId === null ? [] : [metricId])));
  return [...new Set(ids)].toSorted((one, other) => compareValues(one, other));
}

/** The percentile of ascending numbers by linear interpolation; null of none. */
export function percentile(ascending: readonly number[], at: number): number | null {
  const place = at * (ascending.length - 1);
  const below = ascending[Math.floor(place)];
  const above = ascending[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}

/** Buckets from -100 to 100; each holds its lower edge, the last both. */
export function distribution(scores: readonly number[], width: number) {
  const buckets: { from: number; until: number; count: number }[] = [];
  for (let from = -100; from < 100; from += width) {
    const until = Math.min(from + width, 100);
    const count = scores.filter((score) => from <= score && (score < until || (until === 100 && score === 100))).length;
    buckets.push({ from, until, count });
  }
  return buckets;
}

function isPlain(word: string | null): boolean {
  return word === 'YES' || word === 'NO' || word === 'NA';
}

function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
