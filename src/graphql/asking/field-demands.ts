import type {
  QueryAgentArgs,
  QueryConversationArgs,
  QueryConversationsArgs,
  QueryMetricArgs,
  QueryNodeArgs,
  QueryNodesArgs,
  QueryQueueArgs,
  QueryQueuesArgs,
  QueryScoreBreakdownArgs,
  QueryScoreSummaryArgs,
  ScoreSummaryScoreDistributionArgs,
  ScoreSummaryScorePercentileArgs,
} from '../generated.ts';
import { refuseInspection } from './access.ts';
import type {
  ConversationsDemand,
  Demand,
  DemandEnvironment,
  DirectoryDemand,
  Owner,
  SummaryDemand,
  Wants,
} from './demand.ts';
import {
  checkPercentile,
  demandBreakdown,
  demandBuckets,
  demandConversations,
  demandDirectory,
  demandEntity,
  demandNodes,
  demandSearch,
  demandSummary,
} from './demands.ts';
import { demandReferences } from './references.ts';

/** A field where it stands in an operation. */
export type AskedField = {
  /** `Query.agents` */
  readonly name: string;
  /** Coerced, as the field's definition says. */
  readonly args: { readonly [name: string]: unknown };
  /** What is selected of a connection. */
  readonly wants: () => Wants;
  /** The object that it is a field of, if that is known before anything is read. */
  readonly owner: Owner | null;
  /** What the field asks that it is selected of. */
  readonly enclosing: Demand | null;
};

/** What a field asks; null: nothing that has to be read, counted or bounded. Throws BAD_USER_INPUT, BAD_CURSOR and FORBIDDEN with their reasons. */
export function demandOf(field: AskedField, environment: DemandEnvironment): Demand | null {
  return demandByField[field.name]?.(field, environment) ?? null;
}

/** Whether a field, by its coordinates, ever asks anything. */
export function mayAsk(coordinate: string): boolean {
  return demandByField[coordinate] !== undefined;
}

type DemandField = (field: AskedField, environment: DemandEnvironment) => Demand | null;

const demandByField: { readonly [name: string]: DemandField | undefined } = {
  'Query.conversations': conversations,
  'Agent.conversations': conversations,
  'Queue.conversations': conversations,
  'Metric.conversations': conversations,
  'ConversationConnection.summary': ({ enclosing }) =>
    enclosing?.kind === 'conversations' ? { kind: 'summary', question: enclosing.question, isShared: false } : null,
  'Query.agents': directory('AGENT'),
  'Queue.agents': directory('AGENT'),
  'Query.queues': directory('QUEUE'),
  'Query.metrics': directory('METRIC'),
  'Query.scoreSummary': summary,
  'Agent.summary': summary,
  'Queue.summary': summary,
  'Metric.adherence': (asked, environment) => ({ ...summary(asked, environment), isShared: true }),
  'Query.scoreBreakdown': ({ args }, environment) => demandBreakdown(args as QueryScoreBreakdownArgs, environment),
  'Query.conversation': ({ args }, environment) => demandSearch(args as QueryConversationArgs, environment),
  'Query.agent': ({ args }) => demandEntity('Agent', (args as QueryAgentArgs).agentId, 'agentId'),
  'Query.queue': ({ args }) => demandEntity('Queue', (args as QueryQueueArgs).queueId, 'queueId'),
  'Query.metric': ({ args }) => demandEntity('Metric', (args as QueryMetricArgs).metricId, 'metricId'),
  'Query.node': ({ args }, environment) => demandNodes([(args as QueryNodeArgs).id], environment),
  'Query._entities': ({ args }, { limits }) => demandReferences(args['representations'], limits),
  'Query.nodes': ({ args }, environment) => demandNodes((args as QueryNodesArgs).ids, environment),
  'Query.upstream': (_, { mayInspect }) => refuseInspection(mayInspect),
  'ScoreSummary.scorePercentile': ({ args }) => checkPercentile(args as ScoreSummaryScorePercentileArgs),
  'ScoreSummary.scoreDistribution': ({ args }) => demandBuckets(args as ScoreSummaryScoreDistributionArgs),
};

function conversations({ name, args, wants, owner }: AskedField, environment: DemandEnvironment): ConversationsDemand {
  const place = { kind: name, owner, isOwned: name !== 'Query.conversations' };
  return demandConversations(args as QueryConversationsArgs, place, wants(), environment);
}

function directory(of: Owner['kind']) {
  return ({ name, args, wants, owner }: AskedField, environment: DemandEnvironment): DirectoryDemand =>
    demandDirectory(args as QueryQueuesArgs, { kind: name, of, owner }, wants(), environment);
}

function summary({ args }: AskedField, environment: DemandEnvironment): SummaryDemand {
  return demandSummary(args as QueryScoreSummaryArgs, environment);
}
