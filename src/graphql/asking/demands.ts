import { Failure } from '../../errors.ts';
import type { ListQuestion } from '../../model/range.ts';
import type {
  AgentSummaryArgs,
  QueryConversationArgs,
  QueryConversationsArgs,
  QueryMetricsArgs,
  QueryQueuesArgs,
  QueryScoreBreakdownArgs,
  ScoreSummaryScoreDistributionArgs,
  ScoreSummaryScorePercentileArgs,
} from '../generated.ts';
import { type GlobalId, parseGlobalId } from '../ids.ts';
import { refuseHiddenDimensions } from './access.ts';
import type {
  BreakdownDemand,
  BucketsDemand,
  ConversationsDemand,
  DemandEnvironment,
  DirectoryDemand,
  NodesDemand,
  Owner,
  SearchDemand,
  SummaryDemand,
  Wants,
} from './demand.ts';
import { cutsOf } from './periods.ts';
import { type AskedFilters, isOfEveryRow, questionOf } from './question.ts';
import { askRange, askWindow } from './range-demand.ts';
import { windowOf } from './window.ts';

/** What a list of conversations asks. `kind` is the field that lists them; `owner` is whose they are, as far as that is known. */
export function demandConversations(
  args: Partial<QueryConversationsArgs>,
  { kind, owner, isOwned }: { readonly kind: string; readonly owner: Owner | null; readonly isOwned: boolean },
  wants: Wants,
  environment: DemandEnvironment,
): ConversationsDemand {
  const filters = environment.filtersOf(args.filterBy);
  const order = args.orderBy ?? null;
  const list = { kind, ...listOf(filters, order, environment) };
  const isPlain = !isOwned && !environment.access.isLimited && order === null && isOfEveryRow(filters);
  const { window, ...asked } = askRange(args, { list, filters, isPlain, owner }, wants, environment);
  const question = questionOf(filters, window);
  const isDirect = isPlain && !question.isImpossible && isInUpstreamOrder(question.list, asked.range, environment);
  return { kind: 'conversations', question, order, isDirect, ...asked };
}

/** Whether a plain list is read in the upstream's own order. A walk that began in one order can't go on in the other. */
function isInUpstreamOrder(
  question: ListQuestion,
  { after, before }: ConversationsDemand['range'],
  { prefersScan }: DemandEnvironment,
): boolean {
  const kinds = new Set([after, before].flatMap((cursor) => (cursor === null ? [] : [cursor.kind])));
  const isUnfirm = prefersScan(question);
  if (kinds.has('anchor') && (kinds.has('keyset') || isUnfirm)) {
    const message = 'The upstream lists its rows in another order by now; start anew';
    throw new Failure('BAD_CURSOR', message, { reason: 'ORDER_CHANGED' });
  }
  return !kinds.has('keyset') && !isUnfirm;
}

/** What a list of agents, queues or metrics asks. */
export function demandDirectory(
  args: Partial<QueryQueuesArgs> | Partial<QueryMetricsArgs>,
  { kind, of, owner }: { readonly kind: string; readonly of: Owner['kind']; readonly owner: Owner | null },
  wants: Wants,
  environment: DemandEnvironment,
): DirectoryDemand {
  const filters = environment.filtersOf(args.filterBy);
  const order = args.orderBy ?? null;
  const list = { kind, ...listOf(filters, order, environment) };
  const { window, ...asked } = askRange(args, { list, filters, isPlain: false, owner }, wants, environment);
  return { kind: 'directory', of, question: questionOf(filters, window), order, ...asked };
}

function listOf(
  { pushed, filterKey }: AskedFilters,
  order: { readonly field: string; readonly direction: string } | null,
  { calendar: { timeZone }, access: { sightKey } }: DemandEnvironment,
) {
  const orderKey = order === null ? '' : `${order.field} ${order.direction}`;
  // Whoever sees other rows has another list.
  return { ...pushed, filterKey: `${filterKey}${sightKey}`, orderKey, timeZone };
}

/** What a summary asks. */
export function demandSummary(args: Partial<AgentSummaryArgs>, environment: DemandEnvironment): SummaryDemand {
  const filters = environment.filtersOf(args.filterBy);
  return { kind: 'summary', question: questionOf(filters, askWindow(args.window, environment)), isShared: false };
}

const dimensionsMax = 3;

/** What a breakdown asks. Throws BAD_USER_INPUT with the reason DIMENSIONS for none, too many, or one twice, and FORBIDDEN for a hidden one. */
export function demandBreakdown(
  { by, timeZone, ...args }: QueryScoreBreakdownArgs,
  environment: DemandEnvironment,
): BreakdownDemand {
  if (by.length === 0 || dimensionsMax < by.length || new Set(by).size < by.length)
    throw badInput(`\`by\` is one to ${dimensionsMax} dimensions, none twice`, 'DIMENSIONS');
  refuseHiddenDimensions(by, environment.access);
  const { question } = demandSummary(args, environment);
  const own = environment.calendar;
  const calendar = environment.calendarOf(timeZone ?? own.timeZone);
  const cuts = calendar === own ? [] : cutsOf(question.list.window, by, calendar, own);
  return { kind: 'breakdown', question, dimensions: by, calendar, cuts };
}

/** What looking for one conversation asks. Throws BAD_USER_INPUT with the reason ONE_ID or ID. */
export function demandSearch(
  { conversationId, customConversationId, window }: Partial<QueryConversationArgs>,
  { calendar, limits }: DemandEnvironment,
): SearchDemand {
  const ids = [
    { by: 'conversationId' as const, id: conversationId },
    { by: 'customConversationId' as const, id: customConversationId },
  ].flatMap(({ by, id }) => (id === null || id === undefined ? [] : [{ by, id }]));
  const [sought] = ids;
  if (sought === undefined || 1 < ids.length)
    throw badInput('Give exactly one of `conversationId` and `customConversationId`', 'ONE_ID');
  checkId(sought.id, sought.by);
  const asked = window === null || window === undefined ? null : windowOf(window, calendar, limits);
  return { kind: 'search', sought, window: asked };
}

/** What an object of the upstream's own id asks: nothing has to be read. Throws BAD_USER_INPUT with the reason ID for an empty id. */
export function demandEntity(typeName: 'Agent' | 'Queue' | 'Metric', id: string, argument: string): NodesDemand {
  checkId(id, argument);
  return { kind: 'nodes', ids: [{ typeName, id }] };
}

/** What objects by their global ids ask. Throws BAD_USER_INPUT with the reason LIST_TOO_LONG. */
export function demandNodes(ids: readonly string[], { limits: { nodeIdsMax } }: DemandEnvironment): NodesDemand {
  if (nodeIdsMax < ids.length) throw badInput(`\`ids\` has at most ${nodeIdsMax} items`, 'LIST_TOO_LONG');
  return { kind: 'nodes', ids: ids.map((id): GlobalId | null => parseGlobalId(id)) };
}

/** Throws BAD_USER_INPUT with the reason PERCENTILE for what is no share. */
export function checkPercentile({ at = 0 }: ScoreSummaryScorePercentileArgs): null {
  if (at < 0 || 1 < at) throw badInput('`at` is from 0 to 1', 'PERCENTILE');
  return null;
}

const bucketWidthMax = 200;

/** Throws BAD_USER_INPUT with the reason BUCKET_WIDTH for a width that scores can't be cut by. */
export function demandBuckets({ bucketWidth = 1 }: ScoreSummaryScoreDistributionArgs): BucketsDemand {
  if (bucketWidth < 1 || bucketWidthMax < bucketWidth)
    throw badInput(`\`bucketWidth\` is from 1 to ${bucketWidthMax}`, 'BUCKET_WIDTH');
  return { kind: 'buckets', bucketCount: Math.ceil(bucketWidthMax / bucketWidth) };
}

function checkId(id: string, argument: string): void {
  if (id === '') throw badInput(`\`${argument}\` is empty`, 'ID');
}

function badInput(message: string, reason: string): Failure {
  return new Failure('BAD_USER_INPUT', message, { reason });
}
