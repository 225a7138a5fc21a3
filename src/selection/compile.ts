import type { JsonObject } from '../model/conversation.ts';
import type { Table } from '../model/table.ts';
import type { CustomFieldFilter, DispositionFilter, Filter, NumberRange, Span } from './filter.ts';
import { anyBranch, type Condition, inverse, onColumn, selectWhere } from './mask.ts';
import { onMetrics } from './metric-condition.ts';
import { type Selected, selectAll } from './rows.ts';

/**
 * The rows of a table for which every filter holds. Two-valued: a condition on a value that is null is false, and `not` inverts that. Neither
 * the filters nor the table are changed.
 */
export function compileFilters(filters: readonly Filter[]): (table: Table) => Selected {
  const conditions = filters.flatMap(conditionsOf);
  return (table) => (conditions.length === 0 ? selectAll(table) : selectWhere(table, conditions));
}

function conditionsOf(filter: Filter): readonly Condition[] {
  return [
    ...plainConditions(filter),
    ...scoreConditions(filter),
    ...auditConditions(filter),
    ...(filter.metrics ?? []).map(onMetrics),
    ...(filter.customFields ?? []).map(onCustomField),
    ...(filter.dispositions ?? []).map(onDisposition),
    ...given(filter.anyOf, (branches) => anyBranch(branches.map(conditionsOf))),
    ...given(filter.not, (inner) => inverse(conditionsOf(inner))),
  ];
}

function plainConditions(filter: Filter): readonly Condition[] {
  return [
    ...given(filter.contactDirection, (wanted) => onColumn((columns) => columns.contactDirection, among([wanted]))),
    ...given(filter.conversationIds, onConversationId),
    ...given(filter.customConversationIds, (ids) => onColumn((columns) => columns.customConversationId, among(ids))),
    ...given(filter.agentIds, (ids) => {
      const isWanted = among(ids);
      return onColumn(
        (columns) => columns.agents,
        (agents) => agents.some(({ agentId }) => isWanted(agentId)),
      );
    }),
    ...given(filter.queueIds, (ids) => {
      const isWanted = among(ids);
      return onColumn(
        (columns) => columns.queues,
        (queues) => queues.some(({ queueId }) => isWanted(queueId)),
      );
    }),
    ...given(filter.channels, (wanted) => onColumn((columns) => columns.channel, among(wanted))),
    ...given(filter.languages, (wanted) => onColumn((columns) => columns.language, among(wanted))),
    ...given(filter.durationStatuses, (wanted) => onColumn((columns) => columns.durationStatus, among(wanted))),
  ];
}

function scoreConditions(filter: Filter): readonly Condition[] {
  return [
    ...given(filter.koreEvaluationScore, (range) => onColumn((columns) => columns.score, within(range))),
    ...given(filter.isScored, (wanted) =>
      onColumn(
        (columns) => columns.score,
        (score) => (score !== null) === wanted,
      ),
    ),
    ...given(filter.unscoredReasons, (wanted) => onColumn((columns) => columns.unscoredReason, among(wanted))),
    ...given(filter.hasFatalError, (wanted) =>
      onColumn(
        (columns) => columns.fatalErrorCount,
        (count) => count !== null && (wanted ? count > 0 : count === 0),
      ),
    ),
    ...given(filter.evaluationStatuses, (wanted) => onColumn((columns) => columns.evaluationStatus, among(wanted))),
    ...given(filter.evaluated, (span) => onColumn((columns) => columns.evaluatedAt, during(span))),
  ];
}

function auditConditions(filter: Filter): readonly Condition[] {
  return [
    ...given(filter.auditStatuses, (wanted) => onColumn((columns) => columns.auditStatus, among(wanted))),
    ...given(filter.auditors, (wanted) => onColumn((columns) => columns.auditor, among(wanted))),
    ...given(filter.audited, (span) => onColumn((columns) => columns.auditedAt, during(span))),
  ];
}

/** The condition of an argument, if it was given. */
function given<T>(argument: T | null | undefined, make: (argument: T) => Condition): readonly Condition[] {
  return argument === null || argument === undefined ? [] : [make(argument)];
}

function among<T>(wanted: readonly T[]): (value: T | null) => boolean {
  const values = new Set(wanted);
  return (value) => value !== null && values.has(value);
}

function within({ min, max }: NumberRange): (value: number | null) => boolean {
  const [least, greatest] = [min ?? -Infinity, max ?? Infinity];
  return (value) => value !== null && least <= value && value <= greatest;
}

function during({ fromMs, untilMs }: Span): (atMs: number | null) => boolean {
  return (atMs) => atMs !== null && fromMs <= atMs && atMs < untilMs;
}

/** Conversation ids are all different, so they are no column. */
function onConversationId(ids: readonly string[]): Condition {
  const wanted = new Set(ids);
  return ({ conversationIds }, mask) => {
    for (const [index, id] of conversationIds.entries()) if (!wanted.has(id)) mask[index] = 0;
  };
}

function onDisposition({ setId, codeId }: DispositionFilter): Condition {
  return onColumn(
    (columns) => columns.dispositions,
    (sets) =>
      sets.some(
        (set) => isGivenAs(setId, set.setId) && (isAbsent(codeId) || set.codes.some(({ id }) => isGivenAs(codeId, id))),
      ),
  );
}

function onCustomField({ name, equals }: CustomFieldFilter): Condition {
  return onColumn(
    (columns) => columns.customFields,
    (fields) => fields !== null && fieldText(fields, name) === equals,
  );
}

/** A field as text; null where it is no string, number or boolean. Only own fields count: what objects inherit was sent by nobody. */
function fieldText(fields: JsonObject, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : null;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(value) : null;
}

function isGivenAs(wanted: string | null | undefined, value: string | null): boolean {
  return isAbsent(wanted) || wanted === value;
}

function isAbsent(argument: unknown): argument is null | undefined {
  return argument === null || argument === undefined;
}
