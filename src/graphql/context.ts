import type { GraphQLResolveInfo } from 'graphql';
import type { Failure } from '../errors.ts';
import type { Operation } from '../reading/operation.ts';
import type { Answers } from './answers.ts';
import type { Meter } from './cost.ts';
import type { Demand } from './demand.ts';
import type { Names } from './names.ts';
import { keyOfPath } from './path.ts';
import type { Reads } from './reads.ts';

/** What an operation asks, and what answers it. */
export type Prepared = {
  /** What each field asks, by its path of types and response keys. */
  readonly demands: ReadonlyMap<string, Demand>;
  /** Why root fields were refused before anything was read. */
  readonly refusals: ReadonlyMap<string, Failure>;
  readonly answers: Answers;
  readonly names: Names;
  readonly reads: Reads;
  readonly meter: Meter;
  /** Whether there are fields that only read once their object is there. */
  readonly hasNestedReads: boolean;
};

/** What resolvers are given. They read nothing themselves: they ask `prepared` for the answer to what their field was found to ask. */
export type Context = {
  readonly requestId: string;
  readonly operation: Operation;
  /** Null until the operation is known. */
  prepared: Prepared | null;
};

/** What an operation was found to ask. */
export function preparedOf({ prepared }: Context): Prepared {
  if (prepared === null) throw new Error('the operation was not prepared');
  return prepared;
}

/** What a field of this kind asks. Throws why it was refused. */
export function demandAt<Kind extends Demand['kind']>(
  kind: Kind,
  context: Context,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
): Extract<Demand, { readonly kind: Kind }> {
  const { demands, refusals } = preparedOf(context);
  const key = keyOfPath(path);
  const refusal = refusals.get(key);
  if (refusal !== undefined) throw refusal;
  const demand = demands.get(key);
  if (demand === undefined || !isOfKind(demand, kind)) throw new Error(`${key} was not foreseen`);
  return demand;
}

function isOfKind<Kind extends Demand['kind']>(
  demand: Demand,
  kind: Kind,
): demand is Extract<Demand, { readonly kind: Kind }> {
  return demand.kind === kind;
}
