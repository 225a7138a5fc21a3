import { hash } from 'node:crypto';
import type { Conversation, Row } from '../model/conversation.ts';

/** The global id of an agent: opaque, stable, unique among all types. Relay Global Object Identification, section 4. */
export function agentGlobalId(agentId: string): string {
  return globalId('Agent', agentId);
}

/** The global id of a queue. */
export function queueGlobalId(queueId: string): string {
  return globalId('Queue', queueId);
}

/** The global id of a metric. */
export function metricGlobalId(metricId: string): string {
  return globalId('Metric', metricId);
}

/** Segments of one contact share its conversationId, so the id also says which agents and queues: a client's cache must not merge them. */
export function conversationGlobalId({ identity }: Row, { conversationId }: Conversation): string {
  return globalId('Conversation', conversationId, hash('sha256', identity, 'hex').slice(0, 8));
}

function globalId(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
