import { demandAt, meterItems, meterPage, refuseAt } from '../context.ts';
import type { QueryResolvers } from '../generated.ts';
import { nodeOf } from './nodes.ts';
import { eachWhenRead, whenRead } from './when-read.ts';

export const Query: QueryResolvers = {
  conversations: async (_, _args, context, info) => {
    const demand = demandAt('conversations', context, info);
    const connection = await whenRead(context, ({ answers }) => answers.conversations(demand, null));
    meterPage(context, info, connection);
    return connection;
  },
  conversation: async (_, _args, context, info) => {
    const demand = demandAt('search', context, info);
    const rows = await whenRead(context, ({ answers }) => answers.search(demand));
    return rows[0] ?? null;
  },
  agents: async (_, _args, context, info) => {
    const demand = demandAt('directory', context, info);
    const connection = await whenRead(context, ({ answers }) => answers.agents(demand, null));
    meterPage(context, info, connection);
    return connection;
  },
  queues: async (_, _args, context, info) => {
    const demand = demandAt('directory', context, info);
    const connection = await whenRead(context, ({ answers }) => answers.queues(demand));
    meterPage(context, info, connection);
    return connection;
  },
  metrics: async (_, _args, context, info) => {
    const demand = demandAt('directory', context, info);
    const connection = await whenRead(context, ({ answers }) => answers.metrics(demand));
    meterPage(context, info, connection);
    return connection;
  },
  // Nothing is read for an id: the demand is looked up because it may have been refused.
  agent: async (_, { agentId }, context, info) => {
    demandAt('nodes', context, info);
    return whenRead(context, () => ({ agentId, name: null }));
  },
  queue: async (_, { queueId }, context, info) => {
    demandAt('nodes', context, info);
    return whenRead(context, () => ({ queueId, name: null }));
  },
  metric: async (_, { metricId }, context, info) => {
    demandAt('nodes', context, info);
    return whenRead(context, () => ({ metricId, name: null }));
  },
  scoreSummary: async (_, _args, context, info) => {
    const { question } = demandAt('summary', context, info);
    return whenRead(context, ({ answers }) => answers.summary(question, null));
  },
  scoreBreakdown: async (_, _args, context, info) => {
    const demand = demandAt('breakdown', context, info);
    const breakdown = await whenRead(context, ({ answers }) => answers.breakdown(demand));
    meterItems(context, info, breakdown.groups.length);
    return breakdown;
  },
  node: async (_, _args, context, info) => {
    const [id = null] = demandAt('nodes', context, info).ids;
    return whenRead(context, () => nodeOf(id, context));
  },
  nodes: async (_, _args, context, info) => {
    const { ids } = demandAt('nodes', context, info);
    return await eachWhenRead(ids, context, nodeOf);
  },
  upstream: async (_, _args, context, info) => {
    refuseAt(context, info);
    context.moment.isTold = true;
    return whenRead(context, () => context.upstream());
  },
};
