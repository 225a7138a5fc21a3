import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
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
import { completionOf } from './complete.ts';
import type { Field, Fields, ShortResolver } from './field.ts';
import { leafWriter } from './leaf.ts';
import type { OperationParts, Run } from './run.ts';

/** An operation as far as it can be known before it is executed, for one outcome of its conditions. Fields are compiled when they are first reached. */
export type Program = {
  /** The root's fields. Throws a GraphQLError where a condition can't be evaluated. */
  root(run: Run): Fields;
  /** How many fields are compiled by now. */
  fieldCount(): number;
};

export type Definition = GraphQLField<unknown, unknown>;
export type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** A program of which nothing is compiled yet. `resolverOf` says what resolves a field; null: the property of its name. */
export function createProgram(
  { schema, fragments, operation }: OperationParts,
  rootType: GraphQLObjectType,
  resolverOf: (definition: Definition) => Resolver | null,
): Program {
  const fragmentsByName = new Map(Object.entries(fragments));
  let fieldCount = 0;

  const fieldsOf = (
    type: GraphQLObjectType,
    selectionSets: readonly SelectionSetNode[],
    parentKey: string,
    { variables }: Run,
  ): Fields => {
    const selected = collectFields(type.name, selectionSets, { schema, fragments: fragmentsByName, variables });
    const list = [...selected].flatMap(([responseKey, nodes]) => compile(type, responseKey, nodes, parentKey));
    fieldCount += list.length;
    const labels = list.map(({ responseKey }, at) => Buffer.from(`${at === 0 ? '{' : ','}"${responseKey}":`));
    return { list, labels, end: Buffer.from(list.length === 0 ? '{}' : '}') };
  };

  const compile = (
    parentType: GraphQLObjectType,
    responseKey: string,
    nodes: readonly FieldNode[],
    parentKey: string,
  ): readonly Field[] => {
    const [node] = nodes;
    const definition = node === undefined ? undefined : definitionOf(schema, parentType, node.name.value);
    if (node === undefined || definition === undefined) return [];
    const key = fieldKey(parentKey, parentType.name, responseKey);
    const compiled = new Map<GraphQLObjectType, Fields>();
    const select = (type: GraphQLObjectType, run: Run): Fields => {
      const fields = compiled.get(type) ?? fieldsOf(type, selectionSetsOf(nodes), key, run);
      compiled.set(type, fields);
      return fields;
    };
    const type = getNullableType(definition.type);
    // Arguments that don't fit are an error also where nothing takes them.
    const resolve = resolverOf(definition) ?? (definition.args.length > 0 ? defaultFieldResolver : null);
    const field: Field = {
      responseKey,
      fieldKey: key,
      name: definition.name,
      parentType,
      definition,
      nodes,
      constant: definition === TypeNameMetaFieldDef ? Buffer.from(`"${parentType.name}"`) : null,
      resolve,
      resolveShort: isShort(resolve) ? resolve : null,
      writeLeaf: isLeafType(type) ? leafWriter(type) : null,
      isNonNull: isNonNullType(definition.type),
      complete: completionOf(definition.type, select),
      argsOf: argumentsOf(definition, node),
    };
    return [field];
  };

  let root: Fields | undefined;
  return {
    root(run) {
      root ??= fieldsOf(rootType, [operation.selectionSet], '', run);
      return root;
    },
    fieldCount: () => fieldCount,
  };
}

/** Fields that the schema doesn't list: of any object, and of the root. GraphQL specification, section 4. */
export const metaFields: readonly Definition[] = [TypeNameMetaFieldDef, SchemaMetaFieldDef, TypeMetaFieldDef];

/** Whether a resolver is called without `info`: it names parameters, and not that one. So it may not take it by `...rest` or `arguments`, nor name it behind one that has a default. */
function isShort(resolve: Resolver | null): resolve is Resolver & ShortResolver {
  return resolve !== null && 0 < resolve.length && resolve.length < 4;
}

function definitionOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string): Definition | undefined {
  const meta = metaFields.find((definition) => definition.name === name);
  if (meta !== undefined) return meta === TypeNameMetaFieldDef || type === schema.getQueryType() ? meta : undefined;
  return type.getFields()[name];
}
