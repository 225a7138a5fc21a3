import type { Facts, MetricFacts } from './rows.ts';

type Listed<T> = readonly T[] | null;
type Span = { readonly from: string; readonly until: string };

/** ConversationFilter of the SDL, as plain data. Null is the same as left out. */
export type Filter = {
  readonly contactDirection?: string | null;
  readonly includeBelowThreshold?: boolean | null;
  readonly conversationIds?: Listed<string>;
  readonly customConversationIds?: Listed<string>;
  readonly agentIds?: Listed<string>;
  readonly queueIds?: Listed<string>;
  readonly channels?: Listed<string>;
  readonly languages?: Listed<string>;
  readonly koreEvaluationScore?: { readonly min?: number | null; readonly max?: number | null } | null;
  readonly isScored?: boolean | null;
  readonly unscoredReasons?: Listed<string>;
  readonly hasFatalError?: boolean | null;
  readonly durationStatuses?: Listed<string>;
  readonly evaluationStatuses?: Listed<string>;
  readonly auditStatuses?: Listed<string>;
  readonly auditors?: Listed<string>;
  readonly evaluated?: Span | null;
  readonly audited?: Span | null;
  readonly metrics?: Listed<MetricCondition>;
  readonly customFields?: Listed<{ readonly name: string; readonly equals: string }>;
  readonly dispositions?: Listed<{ readonly setId?: string | null; readonly codeId?: string | null }>;
  readonly anyOf?: Listed<Filter>;
  readonly not?: Filter | null;
};

export type MetricCondition = {
  readonly metricId?: string | null;
  readonly qualifications?: Listed<string>;
  readonly auditorResponses?: Listed<string>;
  readonly isFatalError?: boolean | null;
  readonly disagrees?: boolean | null;
};

/** Whether all given conditions hold for a row. The upstream's own two are judged by `isListed`; a nested direction is what the row states. */
export function holds(filter: Filter, row: Facts, isNested = false): boolean {
  const { contactDirection, koreEvaluationScore: score, not } = filter;
  const agentIds = row.agents.map(({ id }) => id);
  const queueIds = row.queues.map(({ id }) => id);
  return (
    (!isNested || isMissing(contactDirection) || row.contactDirection === contactDirection) &&
    isOneOf(filter.conversationIds, row.conversationId) &&
    isOneOf(filter.customConversationIds, row.customConversationId) &&
    isAnyOneOf(filter.agentIds, agentIds) &&
    isAnyOneOf(filter.queueIds, queueIds) &&
    isOneOf(filter.channels, row.channel) &&
    isOneOf(filter.languages, row.language) &&
    (isMissing(score) || isWithin(score, row.score)) &&
    (isMissing(filter.isScored) || filter.isScored === (row.score !== null)) &&
    isOneOf(filter.unscoredReasons, row.unscoredReason) &&
    (isMissing(filter.hasFatalError) || hasFatalError(row) === filter.hasFatalError) &&
    isOneOf(filter.durationStatuses, row.durationStatus) &&
    isOneOf(filter.evaluationStatuses, row.evaluationStatus) &&
    isOneOf(filter.auditStatuses, row.auditStatus) &&
    isOneOf(filter.auditors, row.auditor) &&
    (isMissing(filter.evaluated) || isInSpan(filter.evaluated, row.evaluatedAtMs)) &&
    (isMissing(filter.audited) || isInSpan(filter.audited, row.auditedAtMs)) &&
    (filter.metrics ?? []).every((condition) => row.metrics.some((metric) => metricHolds(condition, metric))) &&
    (filter.customFields ?? []).every((condition) => customFieldHolds(condition, row)) &&
    (filter.dispositions ?? []).every((condition) => dispositionHolds(condition, row)) &&
    (isMissing(filter.anyOf) || filter.anyOf.some((each) => holds(each, row, true))) &&
    (isMissing(not) || !holds(not, row, true))
  );
}

/** Whether the upstream lists a row under its own two filters, as the question implies them. */
export function isListed(filter: Filter, row: Facts): boolean {
  const isBelowWanted = filter.includeBelowThreshold ?? asksForBelowThreshold(filter);
  const { contactDirection } = filter;
  return (
    (isBelowWanted || !row.isListedBelowThreshold) &&
    (isMissing(contactDirection) || row.listedDirection === contactDirection)
  );
}

/** Whether a filter has a condition beside the upstream's own two. */
export function isResidual({ contactDirection: _, includeBelowThreshold: __, ...rest }: Filter): boolean {
  return Object.values(rest).some((condition) => !isMissing(condition));
}

function asksForBelowThreshold({ durationStatuses, anyOf }: Filter): boolean {
  return (durationStatuses ?? []).includes('BELOW_THRESHOLD') || (anyOf ?? []).some(asksForBelowThreshold);
}

function isMissing(condition: unknown): condition is null | undefined {
  return condition === null || condition === undefined;
}

function isOneOf(wanted: Listed<string> | undefined, value: string | null): boolean {
  return isMissing(wanted) || (value !== null && wanted.includes(value));
}

function isAnyOneOf(wanted: Listed<string> | undefined, values: readonly string[]): boolean {
  return isMissing(wanted) || values.some((value) => wanted.includes(value));
}

function isWithin(range: NonNullable<Filter['koreEvaluationScore']>, value: number | null): boolean {
  if (value === null) return false;
  return (isMissing(range.min) || range.min <= value) && (isMissing(range.max) || value <= range.max);
}

function hasFatalError({ fatalErrorCount }: Facts): boolean | null {
  return fatalErrorCount === null ? null : fatalErrorCount > 0;
}

function isInSpan({ from, until }: Span, instantMs: number | null): boolean {
  return instantMs !== null && Date.parse(from) <= instantMs && instantMs < Date.parse(until);
}

/** The words that count as an answer, for comparing auditor and AI. */
const plainAnswers: readonly (string | null)[] = ['YES', 'NO', 'NA'];

function metricHolds(condition: MetricCondition, metric: MetricFacts): boolean {
  const { metricId, qualifications, auditorResponses, isFatalError, disagrees } = condition;
  const isAnswered = plainAnswers.includes(metric.qualification) && plainAnswers.includes(metric.auditorResponse);
  return (
    (isMissing(metricId) || metric.metricId === metricId) &&
    isOneOf(qualifications, metric.qualification) &&
    isOneOf(auditorResponses, metric.auditorResponse) &&
    (isMissing(isFatalError) || metric.isFatalError === isFatalError) &&
    (isMissing(disagrees) || (isAnswered && (metric.qualification !== metric.auditorResponse) === disagrees))
  );
}

function customFieldHolds({ name, equals }: { readonly name: string; readonly equals: string }, row: Facts): boolean {
  if (row.customFields === null || !Object.hasOwn(row.customFields, name)) return false;
  const value = row.customFields[name];
  if (typeof value === 'string') return value === equals;
  return (typeof value === 'number' || typeof value === 'boolean') && JSON.stringify(value) === equals;
}

function dispositionHolds(
  { setId, codeId }: { readonly setId?: string | null; readonly codeId?: string | null },
  row: Facts,
): boolean {
  return row.dispositions.some(
    (each) =>
      (isMissing(setId) || each.setId === setId) && (isMissing(codeId) || each.codes.some(({ id }) => id === codeId)),
  );
}
