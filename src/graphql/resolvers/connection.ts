import { preparedOf } from '../context.ts';
import type {
  AgentConnectionResolvers,
  AgentEdgeResolvers,
  ConversationConnectionResolvers,
  ConversationEdgeResolvers,
  ConversationWindowResolvers,
  MetricConnectionResolvers,
  MetricEdgeResolvers,
  PageInfoResolvers,
  QueueConnectionResolvers,
  QueueEdgeResolvers,
} from '../generated.ts';

export const ConversationConnection: ConversationConnectionResolvers = {
  nodes: ({ edges }) => edges.map(({ row }) => row),
  summary: ({ question, owner }, _, context) => preparedOf(context).answers.summary(question, owner),
};

export const ConversationEdge: ConversationEdgeResolvers = {
  cursor: ({ cursor }) => cursor(),
  node: ({ row }) => row,
};

export const ConversationWindow: ConversationWindowResolvers = {
  from: ({ from }) => from * 1000,
  until: ({ until }) => until * 1000,
};

/** Cursors are sealed when they are selected. */
export const PageInfo: PageInfoResolvers = {
  startCursor: ({ startCursor }) => startCursor(),
  endCursor: ({ endCursor }) => endCursor(),
};

export const AgentConnection: AgentConnectionResolvers = { nodes: ({ edges }) => edges.map(({ node }) => node) };
export const AgentEdge: AgentEdgeResolvers = { cursor: ({ cursor }) => cursor(), summary: ({ figures }) => figures };

export const QueueConnection: QueueConnectionResolvers = { nodes: ({ edges }) => edges.map(({ node }) => node) };
export const QueueEdge: QueueEdgeResolvers = { cursor: ({ cursor }) => cursor(), summary: ({ figures }) => figures };

export const MetricConnection: MetricConnectionResolvers = { nodes: ({ edges }) => edges.map(({ node }) => node) };
export const MetricEdge: MetricEdgeResolvers = {
  cursor: ({ cursor }) => cursor(),
  adherence: ({ figures }) => figures,
};
