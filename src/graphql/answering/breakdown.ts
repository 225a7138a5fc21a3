import { Failure } from '../../errors.ts';
import type {
  AuditStatus,
  ContactDirection,
  ConversationChannel,
  DurationStatus,
  EvaluationStatus,
} from '../../model/conversation.ts';
import type { Dimension, DispositionCode, GroupValue } from '../../selection/dimension.ts';
import { type Group, type Grouping, groupRows, mergeGroups } from '../../selection/group.ts';
import type { BreakdownDemand } from '../asking/demand.ts';
import { createPeriods, finestPeriod, noPeriods } from '../asking/periods.ts';
import type { BreakdownModel } from '../models.ts';
import type { AnswerParts } from './answer-parts.ts';
import { readWhole, summarize } from './summary.ts';

/** The dimensions whose values are of a closed set. */
type Literals = {
  readonly CHANNEL: ConversationChannel;
  readonly CONTACT_DIRECTION: ContactDirection;
  readonly AUDIT_STATUS: AuditStatus;
  readonly EVALUATION_STATUS: EvaluationStatus;
  readonly DURATION_STATUS: DurationStatus;
};

/** What a group was grouped by. */
export type GroupFacts = {
  /** A value under one of the dimensions; null too where it was not grouped by that. */
  text(dimension: Dimension): string | null;
  /** The same under a dimension of literals. */
  literal<Name extends keyof Literals>(dimension: Name): Literals[Name] | null;
  readonly disposition: DispositionCode | null;
  /** The first day of the finest period, YYYY-MM-DD. */
  readonly period: string | null;
};

/** Groups of a question's rows. Throws QUERY_LIMIT_EXCEEDED with the reason GROUPS where there are too many to be answered. */
export async function answerBreakdown(demand: BreakdownDemand, parts: AnswerParts): Promise<BreakdownModel> {
  const { dimensions, calendar } = demand;
  const { groupCountMax, turns, folding } = parts;
  const { slices, coverage } = await readWhole(demand.question, null, parts);
  const periodsOf = finestPeriod(dimensions) === null ? () => noPeriods : createPeriods(calendar);
  const groupings: Grouping<Group>[] = [];
  for (const { report, selected } of slices) {
    for (const [at, { window }] of report.tiles.entries()) {
      const rows = selected[at];
      if (rows === undefined) continue;
      await turns.share();
      groupings.push(groupRows(rows, dimensions, periodsOf(window.from), groupCountMax));
    }
  }
  const merged = mergeGroups(groupings, groupCountMax);
  if (merged.kind === 'too-many') {
    const message = `A breakdown has at most ${groupCountMax} groups, and this one has more; narrow the filter or the window`;
    throw new Failure('QUERY_LIMIT_EXCEEDED', message, { reason: 'GROUPS' });
  }
  const groups = [...merged.groups.values()].map(({ values, parts: rows }) => {
    const facts = factsOf(dimensions, values);
    // The null group has no metric to hold alone, and its rows hold none.
    const onlyMetricId = facts.text('METRIC') ?? undefined;
    return { facts, summary: summarize(rows, coverage, folding, onlyMetricId) };
  });
  return { groups, coverage };
}

function factsOf(dimensions: readonly Dimension[], values: readonly GroupValue[]): GroupFacts {
  const under = (dimension: Dimension | null): GroupValue =>
    dimension === null ? null : (values[dimensions.indexOf(dimension)] ?? null);
  const text = (dimension: Dimension | null): string | null => {
    const value = under(dimension);
    return typeof value === 'string' ? value : null;
  };
  const disposition = under('DISPOSITION');
  return {
    text,
    // A column of literals holds nothing else.
    literal: <Name extends keyof Literals>(dimension: Name) => text(dimension) as Literals[Name] | null,
    disposition: typeof disposition === 'string' ? null : disposition,
    period: text(finestPeriod(dimensions)),
  };
}
