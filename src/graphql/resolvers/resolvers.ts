import type { Resolvers } from '../generated.ts';
import {
  AgentConnection,
  AgentEdge,
  ConversationConnection,
  ConversationEdge,
  ConversationWindow,
  MetricConnection,
  MetricEdge,
  PageInfo,
  QueueConnection,
  QueueEdge,
} from './connection.ts';
import { Conversation, ConversationAudit, Disposition, MetricResult } from './conversation.ts';
import { Agent, Metric, Node, Queue } from './entities.ts';
import { AuditSummary, MetricAdherence, ScoreSummary } from './figures.ts';
import { ScoreGroup } from './group.ts';
import { Query } from './query.ts';
import { Upstream, WireDrift } from './upstream.ts';

/** Every resolver that isn't the property of the same name; scalars stand apart. */
export const resolvers: Omit<Resolvers, 'Date' | 'DateTime' | 'JSONObject' | 'TimeZone'> = {
  Query,
  Node,
  Conversation,
  ConversationAudit,
  MetricResult,
  Disposition,
  ConversationConnection,
  ConversationEdge,
  ConversationWindow,
  PageInfo,
  Agent,
  AgentConnection,
  AgentEdge,
  Queue,
  QueueConnection,
  QueueEdge,
  Metric,
  MetricConnection,
  MetricEdge,
  ScoreSummary,
  AuditSummary,
  MetricAdherence,
  ScoreGroup,
  Upstream,
  WireDrift,
};
