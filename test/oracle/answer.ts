import { codeOf, groupsOf, periodOf } from './breakdown.ts';
import { dateAt } from './calendar.ts';
import { wholeCoverage } from './connection.ts';
import { type Dataset, type ListArgs, listOf, rowsIn, windowOf } from './dataset.ts';
import { AnyOf, Refused } from './expected.ts';
import { compareIds } from './order.ts';
import type { Facts } from './rows.ts';
import {
  agentOf,
  agentsOf,
  conversationOf,
  conversationsOf,
  metricOf,
  metricsOf,
  queueOf,
  queuesOf,
  summaryOfList,
} from './things.ts';

/** The root of the SDL: what each field of Query must answer, as a function of its arguments. */
export function queryOf(data: Dataset) {
  return {
    conversations: (args: ListArgs) => conversationsOf(data, args),
    conversation: (args: SoughtArgs) => soughtOf(data, args),
    agents: (args: ListArgs) => agentsOf(data, args),
    queues: (args: ListArgs) => queuesOf(data, args),
    metrics: (args: ListArgs) => metricsOf(data, args),
    agent: ({ agentId }: { readonly agentId: string }) => agentOf(data, agentId),
    queue: ({ queueId }: { readonly queueId: string }) => queueOf(data, queueId),
    metric: ({ metricId }: { readonly metricId: string }) => metricOf(data, metricId),
    scoreSummary: (args: ListArgs) => summaryOfList(data, listOf(data, { ...args, orderBy: null })),
    scoreBreakdown: (args: BreakdownArgs) => breakdownOf(data, args),
    node: ({ id }: { readonly id: string }) => nodeOf(data, id),
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => nodeOf(data, id)),
  };
}

type SoughtArgs = Pick<ListArgs, 'window'> & {
  readonly conversationId?: string | null;
  readonly customConversationId?: string | null;
};

/**
 * One conversation by either id. With several rows of that id, which one is found depends on where it was seen before: each of them that is
 * the first of its day will do, and outside of the window, for it is looked for first where it was seen.
 */
function soughtOf(data: Dataset, args: SoughtArgs): unknown {
  const { conversationId, customConversationId } = args;
  const isSought = (row: Facts) =>
    row.conversationId === conversationId ||
    (row.customConversationId !== null && row.customConversationId === customConversationId);
  const everywhere = data.rows.filter(isSought).toSorted(compareIds);
  const inWindow = rowsIn(data, windowOf(data, args)).filter(isSought);
  const choices = everywhere.map((row) => conversationOf(data, row));
  return new AnyOf(inWindow.length === 0 ? [null, ...choices] : choices);
}

type BreakdownArgs = ListArgs & { readonly by: readonly string[]; readonly timeZone?: string | null };

const groupCountMax = 5_000;

function breakdownOf(data: Dataset, args: BreakdownArgs): unknown {
  const { by } = args;
  const list = listOf(data, { ...args, orderBy: null });
  const groups = groupsOf(list.rows, by, args.timeZone ?? data.timeZone);
  if (groups.length > groupCountMax) throw new Refused('QUERY_LIMIT_EXCEEDED');
  return {
    coverage: wholeCoverage(list.coverage),
    groups: groups.map(({ values, rows }) => {
      const valueIn = (dimension: string) => values[by.indexOf(dimension)] ?? null;
      const id = { agent: valueIn('AGENT'), queue: valueIn('QUEUE'), metric: valueIn('METRIC') };
      const code = valueIn('DISPOSITION');
      return {
        agent: id.agent === null ? null : agentOf(data, id.agent),
        queue: id.queue === null ? null : queueOf(data, id.queue),
        metric: id.metric === null ? null : metricOf(data, id.metric),
        language: valueIn('LANGUAGE'),
        channel: valueIn('CHANNEL'),
        contactDirection: valueIn('CONTACT_DIRECTION'),
        auditStatus: valueIn('AUDIT_STATUS'),
        auditor: valueIn('AUDITOR'),
        evaluationStatus: valueIn('EVALUATION_STATUS'),
        durationStatus: valueIn('DURATION_STATUS'),
        disposition: code === null ? null : codeOf(rows, code),
        period: periodOf(by, values),
        summary: () => summaryOfList(data, { ...list, rows }, by.includes('METRIC') ? id.metric : undefined),
      };
    }),
  };
}

/** A thing by the global id that an earlier answer gave it; null for one that was never given out. */
function nodeOf(data: Dataset, id: string): unknown {
  const thing = [...data.globalIds].find(([, known]) => known === id)?.[0];
  if (thing === undefined) return null;
  const [kind = '', name = ''] = thing.split(' ');
  if (kind === 'agent') return agentOf(data, name);
  if (kind === 'queue') return queueOf(data, name);
  if (kind === 'metric') return metricOf(data, name);
  const row = data.rows.find(({ identity }) => identity === thing);
  return row === undefined ? null : conversationOf(data, row);
}

/** The days of a zone that rows are listed in, oldest first: what questions about single days are made of. */
export function datesOf(rows: readonly Facts[], timeZone: string): readonly string[] {
  return [...new Set(rows.map(({ listedMs }) => dateAt(timeZone, listedMs)))].toSorted();
}
