import { ConversationConnection, ConversationEdge, ConversationWindow, PageInfo } from './connection.ts';
import { Conversation, MetricResult } from './conversation.ts';
import type { Resolvers } from './generated.ts';
import { agentGlobalId, metricGlobalId, queueGlobalId } from './ids.ts';
import { Query } from './query.ts';

/** Every resolver that isn't the property of the same name; scalars stand apart. */
export const resolvers: Omit<Resolvers, 'DateTime' | 'JSONObject'> = {
  Query,
  Conversation,
  MetricResult,
  ConversationConnection,
  ConversationEdge,
  ConversationWindow,
  PageInfo,
  Agent: {
    id: ({ agentId }) => agentGlobalId(agentId),
    name: ({ agentId, name }, _, { directory }) => directory.agentName(agentId) ?? name,
  },
  Queue: {
    id: ({ queueId }) => queueGlobalId(queueId),
    name: ({ queueId, name }, _, { directory }) => directory.queueName(queueId) ?? name,
  },
  Metric: {
    id: ({ metricId }) => metricGlobalId(metricId),
    name: ({ metricId, name }, _, { directory }) => directory.metricName(metricId) ?? name,
  },
};
