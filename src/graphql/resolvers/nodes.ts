import { Failure } from '../../errors.ts';
import type { AgentSighting, QueueSighting, Row } from '../../model/conversation.ts';
import { searchFor, segmentOf } from '../answering/search.ts';
import { type Context, preparedOf } from '../context.ts';
import type { GlobalId } from '../ids.ts';
import type { MetricSighting } from '../models.ts';

/** Anything that has an id of its own. */
export type NodeModel = Row | AgentSighting | QueueSighting | MetricSighting;

/** The object of an id. Agents, queues and metrics are known by id alone; null for a conversation that isn't in the days searched, and for no id. */
export async function nodeOf(id: GlobalId | null, context: Context): Promise<NodeModel | null> {
  switch (id?.typeName) {
    case 'Agent':
      return { agentId: id.id, name: null };
    case 'Queue':
      return { queueId: id.id, name: null };
    case 'Metric':
      return { metricId: id.id, name: null };
    case 'Conversation': {
      const rows: readonly Row[] = await preparedOf(context).answers.search(searchFor(id));
      return segmentOf(rows, id.segmentPrint);
    }
    default:
      return null;
  }
}

/**
 * The object that another subgraph refers to. Throws NOT_LOCATED for a conversation that isn't in the days searched: whoever refers to it knows of
 * it, so it may well be in other days.
 */
export async function referencedNodeOf(id: GlobalId | null, context: Context): Promise<NodeModel> {
  const node = await nodeOf(id, context);
  if (node === null) throw new Failure('NOT_LOCATED', 'The days that were searched do not hold this conversation');
  return node;
}

/** Which type of the SDL an object is of. */
export function typeNameOf(node: NodeModel): 'Agent' | 'Queue' | 'Metric' | 'Conversation' {
  if ('agentId' in node) return 'Agent';
  if ('queueId' in node) return 'Queue';
  return 'metricId' in node ? 'Metric' : 'Conversation';
}
