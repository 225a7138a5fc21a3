import { readFileSync } from 'node:fs';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { field, type Selection } from '../oracle/selection.ts';

/** One operation of docs/questions.md under the title of its section, with the upstream calls that the text claims; NaN where it claims none. */
export type Block = { readonly title: string; readonly query: string; readonly callCount: number };

const text = readFileSync('docs/questions.md', 'utf8');

/** The titles of all sections, in their order. */
export const titles: readonly string[] = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);

/** Every GraphQL block of the document. */
export const blocks: readonly Block[] = text.split(/^## /m).flatMap((section) => {
  const [title = ''] = section.split('\n');
  return [...section.matchAll(/```graphql\n([\s\S]*?)```(?:\s+\*\*Calls: (\d+)\.\*\*)?/g)].map(
    ([, query = '', calls = 'NaN']) => ({ title, query, callCount: Number(calls) }),
  );
});

/** What the text claims of all operations, asked one after the other, and of the sum of each by itself. */
export const [togetherCallCount = Number.NaN, sumOfCallCounts = Number.NaN] = (
  /cost \*\*(\d+) calls\*\*, not the (\d+)/.exec(text)?.slice(1) ?? []
).map(Number);

/** Variables by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** The variables of an operation: those that are sent, else its defaults, else null. */
export function variablesOf(query: string, sent: Variables = {}): Variables {
  return Object.fromEntries(
    (definitionsOf(query).operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => {
      const name = variable.name.value;
      return [name, Object.hasOwn(sent, name) ? sent[name] : plain(defaultValue, {})];
    }),
  );
}

/** An operation as the oracle is asked it: fragments are unfolded, variables stand where they are used. */
export function selectionsOf(query: string, sent: Variables = {}): readonly Selection[] {
  const { operation, fragments } = definitionsOf(query);
  return fieldsOf(operation.selectionSet, { fragments, variables: variablesOf(query, sent) });
}

type Scope = { readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>; readonly variables: Variables };

function fieldsOf(set: SelectionSetNode | undefined, scope: Scope): readonly Selection[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.FIELD) return [fieldOf(node, scope)];
    if (node.kind === Kind.FRAGMENT_SPREAD) return fieldsOf(scope.fragments.get(node.name.value)?.selectionSet, scope);
    throw new TypeError('the oracle is asked no inline fragments here');
  });
}

function fieldOf(node: FieldNode, scope: Scope): Selection {
  return field(node.name.value, {
    alias: node.alias?.value ?? null,
    args: (node.arguments ?? []).map(({ name, value }) => ({
      name: name.value,
      type: '',
      value: plain(value, scope.variables),
      isVariable: false,
    })),
    fields: fieldsOf(node.selectionSet, scope),
  });
}

function plain(node: ValueNode | undefined, variables: Variables): unknown {
  return node === undefined ? null : valueFromASTUntyped(node, variables);
}

function definitionsOf(query: string) {
  const { definitions } = parse(query);
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const [operation] = operations;
  if (operation === undefined || operations.length !== 1) throw new TypeError('not one operation');
  return { operation, fragments };
}
