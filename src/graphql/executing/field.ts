import type { FieldNode, GraphQLField, GraphQLFieldResolver, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { WriteLeaf } from './leaf.ts';
import type { Chunk } from './output.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

/** A field as the schema defines it. */
export type Definition = GraphQLField<unknown, unknown>;

/** Values by name: arguments of a field, or variables of an operation. */
export type Args = { readonly [name: string]: unknown };

export type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** A resolver that names no `info`, and is given none. */
export type ShortResolver = (source: unknown, args: Args, context: unknown) => unknown;

/** A field of an operation where it stands, with all that doesn't depend on who asks and what is answered. */
export type Field = {
  readonly responseKey: string;
  /** What it is known by: `asking/path.ts`. */
  readonly fieldKey: string;
  readonly name: string;
  readonly parentType: GraphQLObjectType;
  readonly definition: Definition;
  readonly nodes: readonly FieldNode[];
  /** What it is of every object, as JSON: `__typename`. Null: it is to be resolved. */
  readonly constant: Uint8Array | null;
  /** Null: the property of its object that is called like it. */
  readonly resolve: Resolver | null;
  /** The same, where it names no `info`: none needs be made then. */
  readonly resolveShort: ShortResolver | null;
  /** Of a leaf, how most of its values are written; null of all else. */
  readonly writeLeaf: WriteLeaf | null;
  readonly isNonNull: boolean;
  /** Whether what is answered of an object depends on nothing but the object (`kept.ts`). */
  readonly isSteady: (run: Run) => boolean;
  readonly complete: Complete;
  /** Its arguments, the same for all objects of a run. Throws a GraphQLError where a variable isn't what an argument needs. */
  readonly argsOf: (run: Run) => Args;
};

/** Writes what is answered of what a field was resolved to: GraphQL specification, section 6.4.3 Value Completion. Throws what failed; something may be written then. */
export type Complete = (run: Run, field: Field, place: Place, value: unknown) => Answer;

/** Whether an answer is written, or that it is null; or an answer that comes later. */
export type Answer = 'written' | 'nothing' | Promise<Chunk>;

/** The fields of an object, in the order of the answer. */
export type Fields = {
  readonly list: readonly Field[];
  /** What stands before the answer of each: `{"name":` and `,"name":`. */
  readonly labels: readonly Uint8Array[];
  /** What stands behind the last. */
  readonly end: Uint8Array;
};

/** The place of a field of an object that stands at `prev`. */
export function placeOf({ responseKey, parentType, fieldKey }: Field, prev: Place | undefined): Place {
  return { prev, key: responseKey, typename: parentType.name, fieldKey };
}

/** What a resolver is told of its field. Its parts are getters of the class: they are read by name, and a copy by `...` has only `path`. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly path: Place;
  readonly #run: Run;
  readonly #field: Field;

  constructor(run: Run, field: Field, path: Place) {
    this.path = path;
    this.#run = run;
    this.#field = field;
  }
  get fieldName() {
    return this.#field.name;
  }
  get fieldNodes() {
    return this.#field.nodes;
  }
  get returnType() {
    return this.#field.definition.type;
  }
  get parentType() {
    return this.#field.parentType;
  }
  get schema() {
    return this.#run.of.schema;
  }
  get fragments() {
    return this.#run.of.fragments;
  }
  get operation() {
    return this.#run.of.operation;
  }
  get rootValue() {
    return undefined;
  }
  get variableValues() {
    return this.#run.variables;
  }
}
