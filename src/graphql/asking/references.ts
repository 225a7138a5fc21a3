import { GraphQLID } from 'graphql';
import { Failure } from '../../errors.ts';
import type { GlobalId } from '../ids.ts';
import type { DemandLimits, NodesDemand } from './demand.ts';

/** The natural key of each entity, as `@key` says it in the SDL. */
const keyFields = { Agent: 'agentId', Queue: 'queueId', Metric: 'metricId', Conversation: 'conversationId' } as const;

/**
 * What `_entities` asks: the objects that another subgraph refers to by their natural keys, in its order. Apollo Federation subgraph specification, "Resolving
 * entity fields". Throws QUERY_LIMIT_EXCEEDED with the reason REPRESENTATIONS for too many, BAD_USER_INPUT with the reason REPRESENTATION for what refers to
 * nothing of this subgraph.
 */
export function demandReferences(
  representations: unknown,
  { representationsMax }: Pick<DemandLimits, 'representationsMax'>,
): NodesDemand {
  const given: readonly unknown[] = Array.isArray(representations) ? representations : [];
  if (representationsMax < given.length) {
    const message = `\`representations\` has at most ${representationsMax} items`;
    throw new Failure('QUERY_LIMIT_EXCEEDED', message, { reason: 'REPRESENTATIONS' });
  }
  return { kind: 'nodes', ids: given.map(referenceOf) };
}

/** Other fields of a representation, which only `@requires` would ask for, are passed over. */
function referenceOf(representation: unknown, index: number): GlobalId {
  const { __typename: typeName, ...fields } = isRecord(representation) ? representation : {};
  if (!isEntity(typeName)) throw badReference(index, 'names no entity of this subgraph');
  const id = idOf(fields[keyFields[typeName]]);
  if (id === null) throw badReference(index, `has no \`${keyFields[typeName]}\` that is an id`);
  return typeName === 'Conversation' ? { typeName, id, segmentPrint: null } : { typeName, id };
}

/** An id as an argument of the type ID would take it; null: it would not, or is a number that has lost digits. */
function idOf(value: unknown): string | null {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
  try {
    const id = GraphQLID.parseValue(value);
    return id === '' ? null : id;
  } catch {
    return null;
  }
}

function isEntity(typeName: unknown): typeName is keyof typeof keyFields {
  return typeof typeName === 'string' && Object.hasOwn(keyFields, typeName);
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badReference(index: number, fault: string): Failure {
  const message = `\`representations[${index}]\` ${fault}`;
  return new Failure('BAD_USER_INPUT', message, { reason: 'REPRESENTATION' });
}
