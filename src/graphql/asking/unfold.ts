import { type GraphQLField, type GraphQLObjectType, getNullableType, isListType, Kind } from 'graphql';
import type { GlobalId } from '../ids.ts';
import type { Demand, ItemsDemand, Owner } from './demand.ts';

/** An object whose fields are walked. */
export type Branch = {
  readonly type: GraphQLObjectType;
  /** Of the field that it is the answer of. */
  readonly key: string;
  /** Response keys from the root field on. */
  readonly trail: readonly string[];
  /** How many such objects are answered at most, as far as that is known. */
  readonly factor: number;
  /** Which objects it stands for, if that is known before anything is read; none: it isn't, or they own nothing. */
  readonly owners: readonly Owner[];
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

/** What a list that isn't a page asks: its assumed size is what the SDL's `@listSize` says; null for what is no such list. */
export function itemsOf({ type, astNode }: GraphQLField<unknown, unknown>): ItemsDemand | null {
  if (!isListType(getNullableType(type))) return null;
  const sizes = astNode?.directives?.find(({ name }) => name.value === 'listSize')?.arguments ?? [];
  const assumed = sizes.find(({ name }) => name.value === 'assumedSize')?.value;
  return assumed?.kind === Kind.INT ? { kind: 'items', assumedSize: Number(assumed.value) } : null;
}

/** The objects of a type that a field answers: none where it is known that none is of that type. */
export function branchesOf(
  parent: Omit<Branch, 'type'>,
  type: GraphQLObjectType,
  demand: Demand | null,
): readonly Branch[] {
  const branch = { ...parent, type, owners: [], enclosing: demand };
  if (demand?.kind === 'nodes') {
    const ids = demand.ids.filter((id) => id?.typeName === type.name);
    if (ids.length === 0) return [];
    const owners = ids.flatMap(ownersOf);
    return [
      { ...branch, factor: parent.factor * ids.length, owners, isCertain: parent.isCertain && owners.length > 0 },
    ];
  }
  if (demand?.kind === 'buckets') return [{ ...branch, factor: parent.factor * demand.bucketCount }];
  if (demand?.kind === 'items') return [{ ...branch, factor: parent.factor * demand.assumedSize, isCertain: false }];
  // A connection is there for certain, what is on its page isn't.
  return [{ ...branch, isCertain: parent.isCertain && demand?.kind === 'conversations' }];
}

/** Agents, queues and metrics are there whatever is read; a conversation must be found, and owns nothing. */
function ownersOf(id: GlobalId | null): readonly Owner[] {
  if (id === null || id.typeName === 'Conversation') return [];
  const kinds = { Agent: 'AGENT', Queue: 'QUEUE', Metric: 'METRIC' } as const;
  return [{ kind: kinds[id.typeName], id: id.id }];
}

/** The one owner of a branch; null where there are several, or none is known. */
export function onlyOwnerOf({ owners }: Pick<Branch, 'owners'>): Owner | null {
  const [only = null, ...others] = owners;
  return others.length === 0 ? only : null;
}
