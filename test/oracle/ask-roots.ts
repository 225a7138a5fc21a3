import fc from 'fast-check';
import {
  adherenceFields,
  argOf,
  connectionFields,
  conversationFields,
  coverages,
  summaryFields,
} from './ask-fields.ts';
import { filters, orders, plainFilters, windows } from './ask-filters.ts';
import type { Pool } from './pool.ts';
import { type Arg, field, leaves, type Selection } from './selection.ts';

/** Arbitrary fields of Query, each with its arguments and what is selected of it. */

type Args = fc.Arbitrary<readonly Arg[]>;

const pageSizes = fc.oneof(fc.integer({ min: 1, max: 120 }), fc.constantFrom(0, 1, 99, 100, 101, 500));
const smallSizes = fc.integer({ min: 1, max: 3 });

const none: Args = fc.constant([]);
const sometimes = (args: Args): Args => fc.oneof({ weight: 4, arbitrary: args }, { weight: 1, arbitrary: none });
const joined = (...all: readonly Args[]): Args => fc.tuple(...all).map((lists) => lists.flat());

/** A window; left out now and then, where the last seven days are meant. */
export function windowArgs(pool: Pool): Args {
  return fc.oneof(
    { weight: 9, arbitrary: argOf('window', 'TimeWindow', windows(pool)) },
    { weight: 1, arbitrary: none },
  );
}

export function filterArgs(pool: Pool): Args {
  return argOf('filterBy', 'ConversationFilter', filters(pool));
}

export const plainFilterArgs: Args = sometimes(argOf('filterBy', 'ConversationFilter', plainFilters()));

export const conversationOrders: Args = argOf(
  'orderBy',
  'ConversationOrder',
  orders([
    'KORE_EVALUATION_SCORE',
    'FATAL_ERROR_COUNT',
    'EVALUATED_AT',
    'AUDIT_SCORE',
    'AUDITED_AT',
    'CONVERSATION_ID',
  ]),
);

const summaryOrderFields = [
  'CONVERSATION_COUNT',
  'SCORED_COUNT',
  'AVERAGE_SCORE',
  'MEDIAN_SCORE',
  'FATAL_CONVERSATION_COUNT',
  'PASS_RATE',
];

export function summaryOrders({ hasOneName }: Pool): Args {
  const fields = hasOneName ? [...summaryOrderFields, 'NAME', 'NAME'] : summaryOrderFields;
  return argOf('orderBy', 'SummaryOrder', orders(fields));
}

export function metricOrders({ hasOneName }: Pool): Args {
  const fields = ['ADHERENCE_RATE', 'NO_COUNT', 'NOT_APPLICABLE_COUNT', 'FATAL_COUNT', 'POINTS_LOST'];
  return argOf('orderBy', 'MetricOrder', orders(hasOneName ? [...fields, 'NAME', 'NAME'] : fields));
}

function pageArgs(sizes: fc.Arbitrary<number> = pageSizes): Args {
  return fc.oneof(argOf('first', 'Int', sizes), argOf('first', 'Int', sizes), argOf('last', 'Int', sizes), none);
}

/** Conversations: as the upstream lists them, filtered, or ordered. */
export function conversationsAsked(pool: Pool, args: Args, sizes?: fc.Arbitrary<number>): fc.Arbitrary<Selection> {
  const summary = summaryFields(pool).map((fields) => field('summary', { fields }));
  const window = fc.constant(field('window', { fields: leaves('from', 'until') }));
  return fc
    .record({
      args: joined(args, pageArgs(sizes)),
      fields: connectionFields(nodeFields(pool), { whole: [window, summary] }),
    })
    .map((parts) => field('conversations', parts));
}

// Now and then what stands below an agent of a row: the same window of it, or another.
function nodeFields(pool: Pool): fc.Arbitrary<readonly Selection[]> {
  const below = fc.tuple(windowArgs(pool), plainFilterArgs, coverages).map(([window, filter, coverage]) =>
    field('agents', {
      alias: 'partakers',
      fields: [
        field('agentId'),
        field('summary', {
          args: [...window, ...filter],
          fields: [coverage, ...leaves('conversationCount', 'averageScore')],
        }),
      ],
    }),
  );
  return fc.oneof(
    { weight: 7, arbitrary: conversationFields(pool) },
    {
      weight: 1,
      arbitrary: fc.tuple(conversationFields(pool), below).map(([fields, nested]) => [...fields, nested]),
    },
  );
}

/** Agents, queues or metrics of a window, with their figures. */
export function directoryAsked(pool: Pool, name: 'agents' | 'queues' | 'metrics'): fc.Arbitrary<Selection> {
  const order = name === 'metrics' ? metricOrders(pool) : summaryOrders(pool);
  const args = joined(
    windowArgs(pool),
    sometimes(fc.oneof(filterArgs(pool), plainFilterArgs)),
    sometimes(order),
    pageArgs(),
  );
  const id = { agents: 'agentId', queues: 'queueId', metrics: 'metricId' }[name];
  const nodes = fc.constant([...leaves('id', id), ...(pool.hasOneName ? leaves('name') : [])]);
  const figures =
    name === 'metrics'
      ? adherenceFields(pool).map((fields) => field('adherence', { fields }))
      : summaryFields(pool).map((fields) => field('summary', { fields }));
  return fc.record({ args, fields: connectionFields(nodes, { edge: figures }) }).map((parts) => field(name, parts));
}

/** One summary of everything that a filter lets through. */
export function summaryAsked(pool: Pool): fc.Arbitrary<Selection> {
  const args = joined(windowArgs(pool), sometimes(fc.oneof(filterArgs(pool), plainFilterArgs)));
  return fc.record({ args, fields: summaryFields(pool) }).map((parts) => field('scoreSummary', parts));
}

const dimensions = {
  AGENT: field('agent', { fields: leaves('agentId') }),
  QUEUE: field('queue', { fields: leaves('queueId') }),
  METRIC: field('metric', { fields: leaves('metricId') }),
  LANGUAGE: field('language'),
  CHANNEL: field('channel'),
  CONTACT_DIRECTION: field('contactDirection'),
  AUDIT_STATUS: field('auditStatus'),
  AUDITOR: field('auditor'),
  EVALUATION_STATUS: field('evaluationStatus'),
  DURATION_STATUS: field('durationStatus'),
  DISPOSITION: field('disposition', { fields: leaves('id', 'name', 'colour') }),
  WINDOW_DAY: field('period'),
  WINDOW_WEEK: field('period'),
  WINDOW_MONTH: field('period'),
};

const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Beirut', 'Pacific/Chatham'] as const;

/** Groups by one to three dimensions, in the gateway's zone or another. */
export function breakdownAsked(pool: Pool): fc.Arbitrary<Selection> {
  const names = Object.keys(dimensions) as readonly (keyof typeof dimensions)[];
  const by = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });
  const small = fc
    .tuple(coverages, fc.subarray(['averageScore', 'scoredCount', 'passRate', 'fatalErrorCount', 'scorePercentile']))
    .map(([coverage, names]) => [coverage, ...leaves('conversationCount', ...names)]);
  return fc
    .record({
      by,
      args: joined(windowArgs(pool), sometimes(fc.oneof(filterArgs(pool), plainFilterArgs))),
      zone: sometimes(argOf('timeZone', 'TimeZone', fc.constantFrom(...zones))),
      isVariable: fc.boolean(),
      summary: fc.oneof(small, summaryFields(pool)),
      small,
      coverage: coverages,
    })
    .map(({ by, args, zone, isVariable, summary, small, coverage }) => {
      const values = [...new Set(by.map((dimension) => dimensions[dimension]))];
      const group = [...values, field('summary', { fields: by.length === 1 ? summary : small })];
      const dimensionsArg = { name: 'by', type: '[ScoreDimension!]!', value: by, isVariable };
      const fields = [coverage, field('groups', { fields: group })];
      return field('scoreBreakdown', { args: [...args, dimensionsArg, ...zone], fields });
    });
}

/** One conversation by either of its ids. */
export function soughtAsked(pool: Pool): fc.Arbitrary<Selection> {
  const ids = fc.oneof(
    argOf('conversationId', 'ID', fc.constantFrom(...pool.conversationIds)),
    argOf('customConversationId', 'ID', fc.constantFrom(...pool.customConversationIds)),
  );
  return fc
    .record({ args: joined(ids, windowArgs(pool)), fields: conversationFields(pool) })
    .map((parts) => field('conversation', parts));
}

/** One agent, queue or metric by its id, and what stands below it. Its name depends on what was read before, so it isn't asked for. */
export function thingAsked(pool: Pool): fc.Arbitrary<Selection> {
  const window = windowArgs(pool);
  const args = joined(window, sometimes(fc.oneof(filterArgs(pool), plainFilterArgs)));
  const conversations = conversationsAsked(pool, joined(args, sometimes(conversationOrders)));
  const nameless = { ...pool, hasOneName: false };
  const summary = fc.record({ args, fields: summaryFields(nameless) }).map((parts) => field('summary', parts));
  const adherence = fc.record({ args, fields: adherenceFields(nameless) }).map((parts) => field('adherence', parts));
  const agents = fc.tuple(window, smallSizes).map(([asked, size]) =>
    field('agents', {
      args: [...asked, { name: 'first', type: 'Int', value: size, isVariable: false }],
      fields: [
        field('coverage', { fields: leaves('complete') }),
        field('totalCount'),
        field('nodes', { fields: leaves('agentId') }),
      ],
    }),
  );
  const thing = (name: string, key: string, ids: readonly string[], below: fc.Arbitrary<Selection>) =>
    fc
      .record({ args: argOf(key, 'ID!', fc.constantFrom(...ids)), below: fc.oneof(conversations, below) })
      .map(({ args: own, below }) => field(name, { args: own, fields: [...leaves('__typename', 'id', key), below] }));
  return fc.oneof(
    thing('agent', 'agentId', pool.agentIds, summary),
    thing('queue', 'queueId', pool.queueIds, fc.oneof(summary, agents)),
    thing('metric', 'metricId', pool.metricIds, adherence),
  );
}
