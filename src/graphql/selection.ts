import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What selecting depends on besides the selections: the schema's types, fragments and coerced variables. */
export type SelectionEnvironment = {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: { readonly [name: string]: unknown };
};

/**
 * The fields that execution will resolve of an object of this type, by response key: GraphQL specification, section 6.3.2 CollectFields.
 * The document must be valid, for fragments are followed without looking for circles.
 */
export function collectFields(
  typeName: string,
  selectionSets: readonly SelectionSetNode[],
  environment: SelectionEnvironment,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visitedFragments = new Set<string>();
  const visit = (selection: SelectionNode): void => {
    // What is spread already isn't looked at again, not even whether it could be.
    if (selection.kind === Kind.FRAGMENT_SPREAD && visitedFragments.has(selection.name.value)) return;
    if (!isIncluded(selection, environment)) return;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = fields.get(key);
      if (nodes === undefined) fields.set(key, [selection]);
      else nodes.push(selection);
      return;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) visitedFragments.add(selection.name.value);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : environment.fragments.get(selection.name.value);
    const condition = fragment?.typeCondition?.name.value ?? typeName;
    if (fragment !== undefined && isOfType(typeName, condition, environment))
      fragment.selectionSet.selections.forEach(visit);
  };
  for (const { selections } of selectionSets) selections.forEach(visit);
  return fields;
}

/** The selection sets of a field's nodes, which execution merges. */
export function selectionSetsOf(nodes: readonly FieldNode[]): readonly SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
}

function isIncluded(
  node: FieldNode | FragmentSpreadNode | InlineFragmentNode,
  { variables }: SelectionEnvironment,
): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}

/** Whether an object of a type fulfils a fragment's type condition: it is that type, or one of an abstract type's. */
function isOfType(typeName: string, condition: string, { schema }: SelectionEnvironment): boolean {
  if (typeName === condition) return true;
  const [type, conditionType] = [schema.getType(typeName), schema.getType(condition)];
  return isObjectType(type) && isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}
