import type { GraphQLError, GraphQLResolveInfo } from 'graphql';
import type { Failure } from '../errors.ts';
import type { Caller } from '../model/access.ts';
import type { JsonObject } from '../model/conversation.ts';
import type { OperationOptions } from '../reading/figures.ts';
import type { Operation } from '../reading/operation.ts';
import type { Answers } from './answering/answers.ts';
import type { Names } from './answering/names.ts';
import type { Reads } from './answering/reads.ts';
import type { Demand } from './asking/demand.ts';
import { keyOfPath } from './asking/path.ts';
import type { AnswerValues } from './asking/values.ts';
import type { JsonBytes } from './executing/output.ts';
import type { Meter } from './meter.ts';
import type { UpstreamModel } from './models.ts';
import type { Plan } from './plan.ts';

/** What an operation asks, and what answers it. */
export type Prepared = {
  /** What each field asks, by its path of types and response keys. */
  readonly demands: ReadonlyMap<string, Demand>;
  /** What an answer of each field is counted as when it comes, by the same keys. */
  readonly answerValues: ReadonlyMap<string, AnswerValues>;
  /** Why root fields were refused before anything was read. */
  readonly refusals: ReadonlyMap<string, Failure>;
  readonly answers: Answers;
  readonly names: Names;
  readonly reads: Reads;
  readonly meter: Meter;
  /** Fields of the operation that are null because the caller may not see them, by their coordinates. */
  readonly hiddenFields: readonly string[];
  /** Whether there are fields that only read once their object is there. */
  readonly hasNestedReads: boolean;
};

/** What an operation would cost, and why some of its fields would be refused before anything was read. */
export type Planned = { readonly plan: Plan; readonly refusals: readonly GraphQLError[] };

/** What resolvers are given. They read nothing themselves: they ask `prepared` for the answer to what their field was found to ask. */
export type Context = {
  readonly requestId: string;
  readonly operation: Operation;
  readonly options: OperationOptions;
  /** What is known of the upstream now. */
  readonly upstream: () => UpstreamModel;
  /** Who asks, and what he may. */
  readonly caller: Caller;
  /** Whether the supergraph's router asks. */
  readonly isOfRouter: boolean;
  /** Whether the client wants to be told what its operation has cost. */
  readonly isTraced: boolean;
  /** Whether the client only wants to know what its operation would cost: then nothing is read. */
  readonly isPlanned: boolean;
  /** Null until the operation is known, and where it is only planned. */
  prepared: Prepared | null;
  /** Plans the operation; null unless it is only planned, and would be executed. */
  plan: (() => Promise<Planned>) | null;
  /** For how long all that its answer rests on stays fresh, and until the day is over, in milliseconds; 0 where something may be otherwise at any moment, or nothing was read. */
  readonly freshForMs: () => number;
  /** Its answer, where it was written as it was answered. An object of its own, for Apollo hands copies of the context around. */
  readonly written: { data: JsonBytes | null };
  /** Whether it tells of what changes all the time. */
  readonly moment: { isTold: boolean };
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
  refuseAt(context, { path });
  const key = keyOfPath(path);
  const demand = preparedOf(context).demands.get(key);
  if (demand === undefined || !isOfKind(demand, kind)) throw new Error(`${key} was not foreseen`);
  return demand;
}

/** Throws why a root field was refused, if it was. */
export function refuseAt(context: Context, { path }: Place): void {
  const refusal = preparedOf(context).refusals.get(keyOfPath(path));
  if (refusal !== undefined) throw refusal;
}

type Place = Pick<GraphQLResolveInfo, 'path'>;

/** Counts a page that is answered: its rows, and their values. Throws COST_LIMIT_EXCEEDED. */
export function meterPage(context: Context, { path }: Place, { edges }: { readonly edges: readonly unknown[] }): void {
  preparedOf(context).meter.takeRows(edges.length);
  meterItems(context, { path }, edges.length);
}

/** Counts the values of an answer that has so many items. Throws COST_LIMIT_EXCEEDED. */
export function meterItems(context: Context, { path }: Place, itemCount: number): void {
  const { meter, answerValues } = preparedOf(context);
  const { perAnswer = 0, perItem = 0 } = answerValues.get(keyOfPath(path)) ?? {};
  meter.takeValues(perAnswer + perItem * itemCount);
}

/** Counts the values of a list within an answer: its items, or none where the operation is refused by now. Throws COST_LIMIT_EXCEEDED. */
export function metered<Item>(context: Context, place: Place, items: readonly Item[]): readonly Item[] {
  if (preparedOf(context).meter.failure() !== null) return [];
  meterItems(context, place, items.length);
  return items;
}

/** Counts what a JSON object holds beyond the one value that it is as a leaf: the object, or null where the operation is refused by now. Throws COST_LIMIT_EXCEEDED. */
export function meteredJson(context: Context, json: JsonObject | null): JsonObject | null {
  const { meter } = preparedOf(context);
  if (json === null || meter.failure() !== null) return null;
  meter.takeValues(jsonValueCount(json) - 1);
  return json;
}

/** Its leaves, objects and lists, itself included. */
function jsonValueCount(json: JsonObject): number {
  const rest: unknown[] = [json];
  let count = 0;
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    count += 1;
    if (typeof next === 'object' && next !== null) for (const each of Object.values(next)) rest.push(each);
  }
  return count;
}

function isOfKind<Kind extends Demand['kind']>(
  demand: Demand,
  kind: Kind,
): demand is Extract<Demand, { readonly kind: Kind }> {
  return demand.kind === kind;
}
