import fc from 'fast-check';
import type { Conversation, Qualification } from '../../src/model/conversation.ts';
import type {
  CustomFieldFilter,
  DispositionFilter,
  Filter,
  MetricFilter,
  NumberRange,
  Span,
} from '../../src/selection/filter.ts';
import {
  atMs,
  auditStatus,
  channel,
  contactDirection,
  durationStatus,
  evaluationStatus,
  qualification,
  score,
  unscoredReason,
  word,
  words,
} from './arbitraries.ts';

const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 3 });
const absent = fc.constantFrom(null, undefined);
const perhaps = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: value }, { weight: 1, arbitrary: absent });
const id = fc.constantFrom('a', 'b', '__proto__', '\u{1F600}', 'c-1', 'c-2', 'c-3');

const span: fc.Arbitrary<Span> = fc.record({ fromMs: atMs, untilMs: atMs });
const range: fc.Arbitrary<NumberRange> = fc.record({ min: perhaps(score), max: perhaps(score) });

export const metricFilter: fc.Arbitrary<MetricFilter> = fc.record({
  metricId: perhaps(id),
  qualifications: perhaps(list(qualification)),
  auditorResponses: fc.oneof({ weight: 1, arbitrary: list(qualification) }, { weight: 3, arbitrary: absent }),
  isFatalError: perhaps(fc.boolean()),
  disagrees: perhaps(fc.boolean()),
});
const dispositionFilter: fc.Arbitrary<DispositionFilter> = fc.record({ setId: perhaps(id), codeId: perhaps(id) });
const customFieldFilter: fc.Arbitrary<CustomFieldFilter> = fc.record({
  name: word,
  equals: fc.constantFrom(...words, '0', '0.5', '1e+21', 'null', 'false', '[]', '{}'),
});

/** One condition, given or not. */
const plain: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ contactDirection: perhaps(contactDirection) }),
  fc.record({ conversationIds: perhaps(list(id)) }),
  fc.record({ customConversationIds: perhaps(list(word)) }),
  fc.record({ agentIds: perhaps(list(id)) }),
  fc.record({ queueIds: perhaps(list(id)) }),
  fc.record({ channels: perhaps(list(channel)) }),
  fc.record({ languages: perhaps(list(word)) }),
  fc.record({ koreEvaluationScore: perhaps(range) }),
  fc.record({ isScored: perhaps(fc.boolean()) }),
  fc.record({ unscoredReasons: perhaps(list(unscoredReason)) }),
  fc.record({ hasFatalError: perhaps(fc.boolean()) }),
  fc.record({ durationStatuses: perhaps(list(durationStatus)) }),
  fc.record({ evaluationStatuses: perhaps(list(evaluationStatus)) }),
  fc.record({ auditStatuses: perhaps(list(auditStatus)) }),
  fc.record({ auditors: perhaps(list(word)) }),
  fc.record({ evaluated: perhaps(span) }),
  fc.record({ audited: perhaps(span) }),
  fc.record({ metrics: perhaps(list(metricFilter)) }),
  fc.record({ customFields: perhaps(list(customFieldFilter)) }),
  fc.record({ dispositions: perhaps(list(dispositionFilter)) }),
);

/** Filters of few conditions, for of many hardly a row would match. */
function filterOf(depth: number): fc.Arbitrary<Filter> {
  const directed = fc.record({ contactDirection });
  const nested: fc.Arbitrary<Filter>[] =
    depth === 0
      ? []
      : [
          fc.record({ anyOf: perhaps(list(filterOf(depth - 1))) }),
          fc.record({ anyOf: list(directed) }),
          fc.record({ not: perhaps(filterOf(depth - 1)) }),
        ];
  const condition = fc.oneof({ weight: 4, arbitrary: plain }, ...nested.map((arbitrary) => ({ weight: 1, arbitrary })));
  return fc.array(condition, { maxLength: 3 }).map((conditions): Filter => Object.assign({}, ...conditions));
}

export const filter = filterOf(3);
export const filters = fc.array(filter, { maxLength: 3 });

/** Whether a conversation matches: the schema's descriptions, one after the other. */
export function matches(each: Conversation, wanted: Filter): boolean {
  const value = (name: keyof Filter, holds: () => boolean): boolean => (wanted[name] ?? null) === null || holds();
  const isOneOf = (item: string | null, items: readonly string[] | null | undefined): boolean =>
    item !== null && (items ?? []).includes(item);
  const isIn = (item: number | null, limits: Span | null | undefined): boolean =>
    item !== null && (limits?.fromMs ?? 0) <= item && item < (limits?.untilMs ?? 0);
  return (
    value('contactDirection', () => each.contactDirection === wanted.contactDirection) &&
    value('conversationIds', () => isOneOf(each.conversationId, wanted.conversationIds)) &&
    value('customConversationIds', () => isOneOf(each.customConversationId, wanted.customConversationIds)) &&
    value('agentIds', () => each.agents.some(({ agentId }) => isOneOf(agentId, wanted.agentIds))) &&
    value('queueIds', () => each.queues.some(({ queueId }) => isOneOf(queueId, wanted.queueIds))) &&
    value('channels', () => isOneOf(each.channel, wanted.channels)) &&
    value('languages', () => isOneOf(each.language, wanted.languages)) &&
    value('koreEvaluationScore', () => isWithin(each.koreEvaluationScore, wanted.koreEvaluationScore ?? {})) &&
    value('isScored', () => (each.koreEvaluationScore !== null) === wanted.isScored) &&
    value('unscoredReasons', () => isOneOf(each.unscoredReason, wanted.unscoredReasons)) &&
    value('hasFatalError', () => each.fatalErrorCount !== null && each.fatalErrorCount > 0 === wanted.hasFatalError) &&
    value('durationStatuses', () => isOneOf(each.durationStatus, wanted.durationStatuses)) &&
    value('evaluationStatuses', () => isOneOf(each.evaluationStatus, wanted.evaluationStatuses)) &&
    value('auditStatuses', () => isOneOf(each.audit.status, wanted.auditStatuses)) &&
    value('auditors', () => isOneOf(each.audit.auditor, wanted.auditors)) &&
    value('evaluated', () => isIn(each.evaluatedAt, wanted.evaluated)) &&
    value('audited', () => isIn(each.audit.auditedAt, wanted.audited)) &&
    (wanted.metrics ?? []).every((metric) => each.metrics.some((result) => isMetric(result, metric))) &&
    (wanted.customFields ?? []).every((field) => hasField(each, field)) &&
    (wanted.dispositions ?? []).every((disposition) => hasDisposition(each, disposition)) &&
    value('anyOf', () => (wanted.anyOf ?? []).some((branch) => matches(each, branch))) &&
    value('not', () => !matches(each, wanted.not ?? {}))
  );
}

function isWithin(value: number | null, { min, max }: NumberRange): boolean {
  if (value === null) return false;
  return ((min ?? null) === null || value >= (min ?? 0)) && ((max ?? null) === null || value <= (max ?? 0));
}

function isMetric(result: Conversation['metrics'][number], wanted: MetricFilter): boolean {
  const { metricId, qualifications, auditorResponses, isFatalError, disagrees } = wanted;
  const among = (value: Qualification | null, values: readonly Qualification[] | null | undefined): boolean =>
    (values ?? null) === null || (value !== null && (values ?? []).includes(value));
  const plainAnswers: readonly (string | null)[] = ['YES', 'NO', 'NA'];
  const arePlain = plainAnswers.includes(result.qualification) && plainAnswers.includes(result.auditorResponse);
  return (
    ((metricId ?? null) === null || result.metricId === metricId) &&
    among(result.qualification, qualifications) &&
    among(result.auditorResponse, auditorResponses) &&
    ((isFatalError ?? null) === null || result.isFatalError === isFatalError) &&
    ((disagrees ?? null) === null ||
      (arePlain && disagrees === true && result.qualification !== result.auditorResponse) ||
      (arePlain && disagrees === false && result.qualification === result.auditorResponse))
  );
}

function hasField({ customFields }: Conversation, { name, equals }: CustomFieldFilter): boolean {
  const [, value = null] = Object.entries(customFields ?? {}).find(([key]) => key === name) ?? [];
  if (typeof value === 'string') return value === equals;
  return (typeof value === 'number' || typeof value === 'boolean') && JSON.stringify(value) === equals;
}

function hasDisposition({ dispositions }: Conversation, { setId, codeId }: DispositionFilter): boolean {
  return dispositions.some(
    (set) =>
      ((setId ?? null) === null || set.setId === setId) &&
      ((codeId ?? null) === null || set.codes.some((code) => code.id === codeId)),
  );
}
