import type { Range } from '../../model/range.ts';
import { planPages } from '../../reading/plan.ts';
import { type ListDemand, tooManyCalls } from '../../reading/read.ts';
import { createMeter, type MeterLimits } from '../meter.ts';
import type { ConversationsDemand, Demand } from './demand.ts';
import { keyOfRows } from './question.ts';
import type { SlicesOf } from './scanned.ts';
import type { FieldDemand, RootDemand } from './walk.ts';

/** What one operation may take. What of it is known before it takes anything is refused here, the rest by the meter of its answer. */
export type CostLimits = MeterLimits & {
  /** Calls that its plain lists may take; scans answer in parts instead. */
  readonly callsPerOperationMax: number;
};

/**
 * Throws COST_LIMIT_EXCEEDED for an operation that may take more calls, answer more rows or values, or look through more slices, than one may. Where a list
 * stands below another one it is answered for each of its nodes; the adherence of metrics is looked through once for all of them.
 */
export function refuseCostly(
  roots: readonly RootDemand[],
  direct: readonly ListDemand[],
  slicesOf: SlicesOf,
  limits: CostLimits,
): void {
  if (limits.callsPerOperationMax < planPages(direct).length) throw tooManyCalls(limits.callsPerOperationMax);
  const meter = createMeter(limits);
  const answered = createAnswered();
  for (const root of roots) {
    if (root.kind === 'refused') continue;
    for (const field of root.fields) meter.takeRows(rowCountOf(field));
    meter.takeValues(root.valueCount);
    for (const field of root.fields) meter.takeSlices(answered(field) * slicesOf(field.demand));
  }
}

/** How many answers are made for fields, at most: one for each time that they are asked, or where that is shared one for all that ask the same. */
function createAnswered(): (field: FieldDemand) => number {
  const shared = new Set<string>();
  return ({ demand, askedCount }) => {
    if (demand.kind !== 'summary' || !demand.isShared || askedCount === 0) return askedCount;
    const key = keyOfRows(demand.question);
    const isKnown = shared.has(key);
    shared.add(key);
    return isKnown ? 0 : 1;
  };
}

/** What a plain list wants of the upstream's own. */
export function directDemandOf(demand: ConversationsDemand): ListDemand {
  const { question, wants, range } = demand;
  return {
    question: question.list,
    range: isPageWanted(demand) ? anchored(range) : null,
    needsTotal: wants.totalCount,
  };
}

/** Whether a row, or what there is around the page, is wanted of a list. */
export function isPageWanted({ wants, range }: Pick<ConversationsDemand, 'wants' | 'range'>): boolean {
  return wants.pageInfo || (wants.rows && 0 < range.count);
}

/** Whether anything of a list is wanted that has to be read. */
export function isAnythingWanted(demand: Pick<ConversationsDemand, 'wants' | 'range'>): boolean {
  return isPageWanted(demand) || demand.wants.totalCount;
}

function anchored({ after, before, side, count }: ConversationsDemand['range']): Range {
  return {
    after: after?.kind === 'anchor' ? after.anchor : null,
    before: before?.kind === 'anchor' ? before.anchor : null,
    side,
    count,
  };
}

function rowCountOf({ demand, askedCount }: FieldDemand): number {
  return askedCount * rowsOf(demand);
}

/** Rows that one answer of a field has at most. */
function rowsOf(demand: Demand): number {
  if (demand.kind === 'conversations') return isPageWanted(demand) ? demand.range.count : 0;
  if (demand.kind === 'directory') return demand.range.count;
  if (demand.kind === 'nodes') return demand.ids.filter((id) => id?.typeName === 'Conversation').length;
  return demand.kind === 'search' ? 1 : 0;
}
