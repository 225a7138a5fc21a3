import type { GraphQLResolveInfo } from 'graphql';
import type { Names } from '../answering/names.ts';
import type { Owner } from '../asking/demand.ts';
import { type Context, demandAt, meterPage, preparedOf } from '../context.ts';
import type { AgentResolvers, MetricResolvers, NodeResolvers, QueueResolvers } from '../generated.ts';
import { agentGlobalId, metricGlobalId, queueGlobalId } from '../ids.ts';
import type { ConnectionModel, SummaryModel } from '../models.ts';
import { typeNameOf } from './nodes.ts';

export const Agent: AgentResolvers = {
  id: ({ agentId }) => agentGlobalId(agentId),
  name: ({ agentId, name }, _, context) => nameWhenRead(context, (names) => names.agentName(agentId, name)),
  conversations: ({ agentId }, _, context, info) => conversationsOf({ kind: 'AGENT', id: agentId }, context, info),
  summary: ({ agentId }, _, context, info) => summaryOf({ kind: 'AGENT', id: agentId }, context, info),
};

export const Queue: QueueResolvers = {
  id: ({ queueId }) => queueGlobalId(queueId),
  name: ({ queueId, name }, _, context) => nameWhenRead(context, (names) => names.queueName(queueId, name)),
  conversations: ({ queueId }, _, context, info) => conversationsOf({ kind: 'QUEUE', id: queueId }, context, info),
  summary: ({ queueId }, _, context, info) => summaryOf({ kind: 'QUEUE', id: queueId }, context, info),
  agents: async ({ queueId }, _, context, info) => {
    const { answers, meter } = preparedOf(context);
    if (meter.failure() !== null) return null;
    const demand = demandAt('directory', context, info);
    const agents = await answers.agents(demand, { kind: 'QUEUE', id: queueId });
    meterPage(context, info, agents);
    return agents;
  },
};

export const Metric: MetricResolvers = {
  id: ({ metricId }) => metricGlobalId(metricId),
  name: ({ metricId, name }, _, context) => nameWhenRead(context, (names) => names.metricName(metricId, name)),
  conversations: ({ metricId }, _, context, info) => conversationsOf({ kind: 'METRIC', id: metricId }, context, info),
  adherence: ({ metricId }, _, context, info) =>
    preparedOf(context).answers.adherence(demandAt('summary', context, info).question, metricId),
};

export const Node: NodeResolvers = {
  __resolveType: typeNameOf,
};

async function conversationsOf(
  owner: Owner,
  context: Context,
  info: Pick<GraphQLResolveInfo, 'path'>,
): Promise<ConnectionModel | null> {
  const { answers, meter } = preparedOf(context);
  if (meter.failure() !== null) return null;
  const demand = demandAt('conversations', context, info);
  const connection = await answers.conversations(demand, owner);
  // While it was read, another may have been refused.
  if (meter.failure() !== null) return null;
  meterPage(context, info, connection);
  return connection;
}

function summaryOf(owner: Owner, context: Context, info: Pick<GraphQLResolveInfo, 'path'>): Promise<SummaryModel> {
  return preparedOf(context).answers.summary(demandAt('summary', context, info).question, owner);
}

/** Names are learned from what is read, so they are said when that is there, also what fields beside and below have begun to read. */
function nameWhenRead(context: Context, say: (names: Names) => string | null): string | null | Promise<string | null> {
  const { names, reads, hasNestedReads } = preparedOf(context);
  if (!hasNestedReads) return say(names);
  return Promise.resolve()
    .then(() => reads.settled())
    .then(() => say(names));
}
