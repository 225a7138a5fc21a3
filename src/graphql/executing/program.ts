import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNullableType,
  isLeafType,
  isNonNullType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { fieldKey } from '../asking/path.ts';
import { collectFields, selectionSetsOf } from '../selection.ts';
import { argumentsOf } from './arguments.ts';
import { completionOf, type Select } from './complete.ts';
import type { Complete, Definition, Field, Fields, Resolver, ShortResolver } from './field.ts';
import { type Completions, type Kept, keeping, steadinessOf } from './kept.ts';
import { leafWriter } from './leaf.ts';
import type { OperationParts, Run } from './run.ts';

/** An operation as far as it can be known before it is executed, for one outcome of its conditions. Fields are compiled when they are first reached. */
export type Program = {
  /** The root's fields, asked once for each run. Throws a GraphQLError where a condition can't be evaluated. */
  root(run: Run): Fields;
  /** How many fields are compiled by now. */
  fieldCount(): number;
};

export type ProgramParts = {
  /** What resolves a field; null: the property of its object that is called like it. */
  readonly resolverOf: (definition: Definition) => Resolver | null;
  /** Whether the values of a field (`Type.field`) never change: then what was answered of them is kept, within the budget. */
  readonly keeps: (coordinate: string) => boolean;
  readonly kept: Kept;
};

/** A program of which nothing is compiled yet. */
export function createProgram(
  { schema, fragments, operation }: OperationParts,
  rootType: GraphQLObjectType,
  { resolverOf, keeps, kept }: ProgramParts,
): Program {
  const fragmentsByName = new Map(Object.entries(fragments));
  let [fieldCount, runCount] = [0, 0];

  const fieldsOf = (
    type: GraphQLObjectType,
    selectionSets: readonly SelectionSetNode[],
    parentKey: string,
    { variables }: Run,
  ): Fields => {
    const selected = collectFields(type.name, selectionSets, { schema, fragments: fragmentsByName, variables });
    const list = [...selected].flatMap(([responseKey, nodes]) => {
      const definition = definitionOf(schema, type, nodes);
      if (definition === undefined) return [];
      const key = fieldKey(parentKey, type.name, responseKey);
      const compiled = new Map<GraphQLObjectType, Fields>();
      const select = (ofType: GraphQLObjectType, run: Run): Fields => {
        const fields = compiled.get(ofType) ?? fieldsOf(ofType, selectionSetsOf(nodes), key, run);
        compiled.set(ofType, fields);
        return fields;
      };
      const selection = { responseKey, fieldKey: key, parentType: type, nodes };
      const field = compileField(selection, definition, resolverOf(definition), select);
      if (!keeps(`${type.name}.${definition.name}`)) return [field];
      const keep = (completions: Completions) => keeping(completions, select, kept, () => runCount > 1);
      // Lists that differ have most items in common: of a list that isn't kept as a whole its items are.
      const keepingItem = (complete: Complete) => keep({ passing: complete, lasting: complete });
      const passing = completionOf(definition.type, select, keepingItem);
      return [{ ...field, complete: keep({ passing, lasting: field.complete }).complete }];
    });
    fieldCount += list.length;
    return laidOut(list);
  };

  let root: Fields | undefined;
  return {
    root(run) {
      runCount += 1;
      root ??= fieldsOf(rootType, [operation.selectionSet], '', run);
      return root;
    },
    fieldCount: () => fieldCount,
  };
}

function compileField(
  selection: Pick<Field, 'responseKey' | 'fieldKey' | 'parentType' | 'nodes'>,
  definition: Definition,
  ownResolve: Resolver | null,
  select: Select,
): Field {
  const type = getNullableType(definition.type);
  // Arguments that don't fit are an error also where nothing takes them.
  const resolve = ownResolve ?? (definition.args.length > 0 ? defaultFieldResolver : null);
  return {
    ...selection,
    name: definition.name,
    definition,
    constant: definition === TypeNameMetaFieldDef ? Buffer.from(`"${selection.parentType.name}"`) : null,
    resolve,
    resolveShort: isShort(resolve) ? resolve : null,
    writeLeaf: isLeafType(type) ? leafWriter(type) : null,
    isNonNull: isNonNullType(definition.type),
    isSteady: steadinessOf({ definition, resolve }, select),
    complete: completionOf(definition.type, select),
    argsOf: argumentsOf(definition, selection.nodes),
  };
}

/** Fields with what is written before each answer and behind the last. */
function laidOut(list: readonly Field[]): Fields {
  const labels = list.map(({ responseKey }, at) => Buffer.from(`${at === 0 ? '{' : ','}"${responseKey}":`));
  return { list, labels, end: Buffer.from(list.length === 0 ? '{}' : '}') };
}

/** Fields that the schema doesn't list: of any object, and of the root. GraphQL specification, section 4. */
export const metaFields: readonly Definition[] = [TypeNameMetaFieldDef, SchemaMetaFieldDef, TypeMetaFieldDef];

/** Whether a resolver is called without `info`: it names parameters, and not that one. So it may not take it by `...rest` or `arguments`, nor name it behind one that has a default. */
function isShort(resolve: Resolver | null): resolve is Resolver & ShortResolver {
  return resolve !== null && 0 < resolve.length && resolve.length < 4;
}

function definitionOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  [node]: readonly FieldNode[],
): Definition | undefined {
  const name = node?.name.value ?? '';
  const meta = metaFields.find((definition) => definition.name === name);
  if (meta !== undefined) return meta === TypeNameMetaFieldDef || type === schema.getQueryType() ? meta : undefined;
  return type.getFields()[name];
}
