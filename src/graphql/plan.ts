import type { Turns } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Window } from '../model/window.ts';
import { searchedList } from '../reading/find.ts';
import { offsetOfPage, pageSize } from '../reading/geometry.ts';
import { keyOfFilters, keyOfQuestion } from '../reading/pages.ts';
import { NotHeld, type SlicePlan, type SpanPlan } from '../reading/plan-spans.ts';
import type { Foreseen, Planner } from '../reading/planner.ts';
import { type FieldPlan, type Price, priceOf } from '../reading/price.ts';
import { walkOf } from './answering/conversations.ts';
import { createRowsSource, type RowsSource } from './answering/rows.ts';
import { searchFor } from './answering/search.ts';
import { walkSlices } from './answering/slice-walk.ts';
import { scansOf } from './ask.ts';
import { directDemandOf, isAnythingWanted } from './asking/cost.ts';
import type { ConversationsDemand, SearchDemand } from './asking/demand.ts';
import type { FieldDemand } from './asking/walk.ts';
import { scalars } from './resolvers/scalars.ts';

/** What an operation would ask of the upstream, as it is told to a client. */
export type Plan = {
  /** Pages, as far as they are known; at most `callsListedMax` of them. */
  readonly calls: readonly PlannedCall[];
  /** How many are left out of the list. */
  readonly callsLeftOut: number;
  readonly least: number;
  /** Null: it isn't known. */
  readonly most: number | null;
  /** Days, or parts of days, of which it isn't known how many calls they take. */
  readonly unknownSlices: number;
  /** How much of the quota that is: of `most`, or of `least` where that isn't known. */
  readonly quotaMinutes: number;
};

export type PlannedCall = {
  readonly window: { readonly from: string; readonly until: string };
  /** Null: at the end of the list, and where that is isn't known. */
  readonly offset: number | null;
  readonly limit: number;
  /** Whether it costs nothing: it is held, or of the future. */
  readonly held: boolean;
  /** What the upstream filters by itself. */
  readonly filters: Omit<ListQuestion, 'window'>;
};

/** Calls that a plan lists; the windows of one operation may have many more days. */
export const callsListedMax = 500;

/** The plan of an operation that reads nothing. */
export const emptyPlan: Plan = { calls: [], callsLeftOut: 0, least: 0, most: 0, unknownSlices: 0, quotaMinutes: 0 };

export type PlanParts = {
  readonly turns: Turns;
  /** Where a conversation is looked for that was never seen and is asked for without a window. */
  readonly defaultWindow: Window;
  /** Calls of the account in one minute. */
  readonly callsPerMinute: number;
  beginPlan(foreseen: Foreseen): Planner;
};

/** Plans an operation that asks this: what it would read of what isn't held now. Nothing is asked of the upstream. */
export async function planOf(
  fields: readonly FieldDemand[],
  plain: readonly ConversationsDemand[],
  parts: PlanParts,
): Promise<Plan> {
  const expected = scansOf(fields.map(({ demand }) => demand));
  const searched = fields.flatMap(searchesOf).map(({ window }) => searchedList(window ?? parts.defaultWindow));
  const planner = parts.beginPlan({ expected, searched });
  const scanned = [...expected.map(({ question }) => question), ...searched];
  const planning = { ...parts, planner, scanned, rows: createRowsSource(planner.scan, parts.turns) };
  const lists = await planner.lists(plain.map(directDemandOf));
  const plans: FieldPlan[] = [];
  for (const field of fields) plans.push(...(await planField(field, planning)));
  return told(priceOf(lists, plans), parts.callsPerMinute);
}

type Planning = PlanParts & {
  readonly planner: Planner;
  readonly rows: RowsSource;
  /** Every list that is scanned. */
  readonly scanned: readonly ListQuestion[];
};

/** What one field takes beside the plain lists. What is only asked once its object is found is never owed. */
async function planField(field: FieldDemand, planning: Planning): Promise<readonly FieldPlan[]> {
  const { demand, isCertain } = field;
  switch (demand.kind) {
    case 'conversations':
      return demand.isDirect || !isAnythingWanted(demand) ? [] : await planConversations(demand, field, planning);
    case 'directory':
    case 'summary':
    case 'breakdown':
      return demand.question.isImpossible ? [] : [await planAll(demand.question.list, isCertain, planning)];
    case 'search':
    case 'nodes':
      return await Promise.all(searchesOf(field).map((search) => planSearch(search, planning)));
    default:
      return [];
  }
}

async function planAll(list: ListQuestion, isCertain: boolean, { planner }: Planning): Promise<FieldPlan> {
  const spans = spansOf(await planner.slices(list));
  return { spans, owed: isCertain ? spans : [], isSpared: false };
}

/** A page of a list whose slices are read one after the other, until it is full: as far as they are held, it is looked for in them. */
async function planConversations(
  demand: ConversationsDemand,
  { owners, isCertain }: FieldDemand,
  planning: Planning,
): Promise<readonly FieldPlan[]> {
  const { question, order, wants } = demand;
  if (question.isImpossible) return [];
  if (!isCertain || order !== null || wants.totalCount) return [await planAll(question.list, isCertain, planning)];
  const { planner, rows, scanned } = planning;
  const spans = spansOf(await planner.slices(question.list));
  const isSpared = scanned.some((other) => isBeside(question.list, other));
  const plans: FieldPlan[] = [];
  for (const owner of owners.length === 0 ? [null] : owners) {
    const stop = await stopOf(walkSlices(rows.rowsOf(question, owner), walkOf(demand)));
    if (stop !== null) plans.push({ spans, owed: stop.spans, isSpared });
  }
  return plans;
}

async function planSearch({ sought, window }: SearchDemand, { planner, defaultWindow }: Planning): Promise<FieldPlan> {
  const stop = await stopOf(planner.find(sought, window, defaultWindow));
  if (stop === null) return { spans: [], owed: [], isSpared: true };
  const spans = spansOf(await planner.slices(searchedList(window ?? defaultWindow)));
  return { spans, owed: stop.spans, isSpared: true };
}

/** The slice that ends a reading of what is held; null where all that it looks at is held. */
async function stopOf(reading: Promise<unknown>): Promise<SlicePlan | null> {
  try {
    await reading;
    return null;
  } catch (error) {
    if (error instanceof NotHeld) return error.slice;
    throw error;
  }
}

/** Whether another list of the same filters is read of the same time: what it reads may be what is missing. */
function isBeside(list: ListQuestion, other: ListQuestion): boolean {
  const overlaps = other.window.from < list.window.until && list.window.from < other.window.until;
  return overlaps && keyOfFilters(list) === keyOfFilters(other) && keyOfQuestion(list) !== keyOfQuestion(other);
}

function searchesOf({ demand }: FieldDemand): readonly SearchDemand[] {
  if (demand.kind === 'search') return [demand];
  if (demand.kind !== 'nodes') return [];
  return demand.ids.flatMap((id) => (id?.typeName === 'Conversation' ? [searchFor(id)] : []));
}

function spansOf(slices: readonly SlicePlan[]): readonly SpanPlan[] {
  return slices.flatMap(({ spans }) => spans);
}

function told({ pages, least, most, unknownSpanCount }: Price, callsPerMinute: number): Plan {
  const { serialize } = scalars.DateTime;
  const calls = pages.slice(0, callsListedMax).map(({ question, index, isHeld }): PlannedCall => {
    const { window, ...filters } = question;
    return {
      window: { from: serialize(window.from * 1000), until: serialize(window.until * 1000) },
      offset: index === null ? null : offsetOfPage(index),
      limit: pageSize,
      held: isHeld,
      filters,
    };
  });
  const quotaMinutes = Math.ceil(((most ?? least) / callsPerMinute) * 100) / 100;
  return {
    calls,
    callsLeftOut: pages.length - calls.length,
    least,
    most,
    unknownSlices: unknownSpanCount,
    quotaMinutes,
  };
}
