import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  print,
  visit,
} from 'graphql';

/** Served, but no part of the supergraph: there another subgraph may have a `node` of its own, and each would only know its own objects. */
const servedOnly: readonly string[] = ['Query.node', 'Query.nodes'];

/**
 * The SDL that composition takes, and a router gets from `_service`: what is served without `node` and `nodes`, and without further fields (`Query.agent`) for a
 * supergraph in which another subgraph owns them. Types that nothing leads to any more are left out too. Throws an Error for a field that isn't there, is of a key, or is
 * the last one of its type.
 */
export function publishedSdl({ definitions }: DocumentNode, omitted: readonly string[] = []): string {
  const left = [...servedOnly, ...omitted].reduce(withoutField, definitions);
  const reached = namesReached(left);
  const kept = left.filter((definition) => !('name' in definition) || reached.has(definition.name?.value ?? ''));
  const ordered = kept.toSorted((one, other) => rankOf(one) - rankOf(other));
  return `${ordered.map(print).join('\n\n')}\n`;
}

/** What a reader looks for first. */
function rankOf(definition: DefinitionNode): number {
  if (definition.kind === Kind.SCHEMA_EXTENSION) return 0;
  return isObjectNamed(definition, 'Query') ? 1 : 2;
}

function withoutField(definitions: readonly DefinitionNode[], coordinate: string): readonly DefinitionNode[] {
  const [typeName, fieldName, ...rest] = coordinate.split('.');
  const type = definitions.find((each) => isObjectNamed(each, typeName));
  if (type === undefined || rest.length > 0 || !type.fields?.some(({ name }) => name.value === fieldName))
    throw new Error(`${coordinate} is no field of this schema: name it as in Query.agent`);
  if (keysOf(type).includes(fieldName ?? '')) throw new Error(`${coordinate} is the key of ${typeName}, and must stay`);
  const fields = type.fields.filter(({ name }) => name.value !== fieldName);
  if (fields.length === 0) throw new Error(`${coordinate} is the last field of ${typeName}, and must stay`);
  return definitions.map((each) => (each === type ? { ...type, fields } : each));
}

function isObjectNamed(node: DefinitionNode, typeName: string | undefined): node is ObjectTypeDefinitionNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === typeName;
}

/** The fields that a type is referred to by. */
function keysOf({ directives = [] }: ObjectTypeDefinitionNode): readonly string[] {
  return directives.filter(isKey).flatMap((key) =>
    (key.arguments ?? []).flatMap(({ name, value }) => {
      return name.value === 'fields' && value.kind === Kind.STRING ? value.value.split(/\s+/) : [];
    }),
  );
}

function isKey({ name }: ConstDirectiveNode): boolean {
  return name.value === 'key';
}

/** What can be reached from the root, and from entities, which other subgraphs lead to. */
function namesReached(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const definition = definitions.find((each) => 'name' in each && each.name?.value === name);
    if (definition !== undefined) namesIn(definition).forEach(reach);
  };
  reach('Query');
  for (const each of definitions)
    if (each.kind === Kind.OBJECT_TYPE_DEFINITION && each.directives?.some(isKey)) reach(each.name.value);
  return reached;
}

function namesIn(definition: DefinitionNode): readonly string[] {
  const names: string[] = [];
  visit(definition, { NamedType: (node: NamedTypeNode) => void names.push(node.name.value) });
  return names;
}
