import type { GraphQLObjectType } from 'graphql';
import type { GlobalId } from '../ids.ts';
import type { Demand, Owner } from './demand.ts';

/** An object whose fields are walked. */
export type Branch = {
  readonly type: GraphQLObjectType;
  /** Of the field that it is the answer of. */
  readonly key: string;
  /** Response keys from the root field on. */
  readonly trail: readonly string[];
  /** How many such objects are answered at most, as far as that is known. */
  readonly factor: number;
  /** Which object it is, if that is known before anything is read. */
  readonly owner: Owner | null;
  /** What the field asks that it is the answer of. */
  readonly enclosing: Demand | null;
  /** Whether it is going to be answered, whatever is found before. */
  readonly isCertain: boolean;
};

/** How many objects a field of this name answers for one that is the answer of `enclosing`: pages hold as many as were asked for. */
export function factorOf(enclosing: Demand | null, fieldName: string): number {
  const isPage = enclosing?.kind === 'conversations' || enclosing?.kind === 'directory';
  return isPage && (fieldName === 'edges' || fieldName === 'nodes') ? enclosing.range.count : 1;
}

/** The objects of a type that a field answers: none where it is known that none is of that type. */
export function branchesOf(
  parent: Omit<Branch, 'type'>,
  type: GraphQLObjectType,
  demand: Demand | null,
): readonly Branch[] {
  const branch = { ...parent, type, owner: null, enclosing: demand };
  if (demand?.kind === 'nodes') {
    const ids = demand.ids.filter((id) => id?.typeName === type.name);
    const [only, ...others] = ids;
    if (only === undefined || only === null) return [];
    const owner = others.length === 0 ? ownerOf(only) : null;
    return [{ ...branch, factor: parent.factor * ids.length, owner, isCertain: parent.isCertain && owner !== null }];
  }
  if (demand?.kind === 'buckets') return [{ ...branch, factor: parent.factor * demand.bucketCount }];
  // A connection is there for certain, what is on its page isn't.
  return [{ ...branch, isCertain: parent.isCertain && demand?.kind === 'conversations' }];
}

/** The owner that an id is of; null for a conversation, which owns nothing. */
export function ownerOf({ typeName, id }: GlobalId): Owner | null {
  const kinds = { Agent: 'AGENT', Queue: 'QUEUE', Metric: 'METRIC', Conversation: null } as const;
  const kind = kinds[typeName];
  return kind === null ? null : { kind, id };
}
