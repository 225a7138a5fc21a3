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
  return globalId('Conversation', conversationId, segmentPrintOf(identity));
}

/** What a global id says: which type, the upstream's own id, and which segment of a contact. */
export type GlobalId =
  | { readonly typeName: 'Agent' | 'Queue' | 'Metric'; readonly id: string }
  | {
      readonly typeName: 'Conversation';
      readonly id: string;
      /** Null: whichever segment comes first, for the upstream's own id doesn't tell them apart. */
      readonly segmentPrint: string | null;
    };

/** Reads a global id; null for any text that was never given out as one. */
export function parseGlobalId(text: string): GlobalId | null {
  const parts = partsOf(text);
  if (parts === null || globalId(...parts) !== text) return null;
  const [typeName, id = '', segmentPrint = '', ...rest] = parts;
  if (id === '' || 0 < rest.length) return null;
  if (typeName === 'Conversation' && /^[0-9a-f]{8}$/.test(segmentPrint)) return { typeName, id, segmentPrint };
  const isPlain = typeName === 'Agent' || typeName === 'Queue' || typeName === 'Metric';
  return isPlain && parts.length === 2 ? { typeName, id } : null;
}

/** Tells the segments of one contact apart, among few. */
export function segmentPrintOf(identity: string): string {
  return hash('sha256', identity, 'hex').slice(0, 8);
}

function globalId(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function partsOf(text: string): readonly string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : null;
  } catch {
    return null; // No JSON: not ours.
  }
}
