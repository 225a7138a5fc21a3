import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Cursors, PushedFilters } from '../paging/cursor.ts';
import { type PageSizes, rangeOf } from '../paging/range.ts';
import type { ListDemand } from '../reading/read.ts';
import type { QueryConversationsArgs } from './generated.ts';
import { collectFields, countLeaves, type SelectionEnvironment, selectionSetsOf } from './selection.ts';
import { defaultWindow, type WindowLimits, windowOf } from './window.ts';

/** What demands are made with: how cursors are opened, what time it is, and how much may be asked. */
export type DemandEnvironment = {
  readonly cursors: Cursors;
  readonly calendar: Calendar;
  readonly nowMs: number;
  readonly limits: WindowLimits & PageSizes;
};

/** One field's demand by its path, or why it is refused. */
export type Demanded =
  | {
      readonly kind: 'demanded';
      readonly path: string;
      readonly demand: ListDemand /** Leaves selected of the field. */;
      readonly leafCount: number;
    }
  | { readonly kind: 'refused'; readonly path: string; readonly failure: Failure };

export type OperationSource = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: { readonly [name: string]: unknown };
};

/**
 * What an operation is going to read, computed from its document and variables before anything is executed: so all its reads can be
 * merged and priced. Empty when the variables don't fit, for then nothing will be executed.
 */
export function demandsOf(
  { schema, document, operation, variables }: OperationSource,
  environment: DemandEnvironment,
): readonly Demanded[] {
  const coercion = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  const queryType = schema.getQueryType();
  if (coercion.coerced === undefined || queryType === null || queryType === undefined) return [];
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const selecting = {
    fragments: new Map(definitions.map((definition) => [definition.name.value, definition])),
    variables: coercion.coerced,
  };
  return [...rootFields(queryType.name, operation, selecting)].flatMap(([path, nodes]): readonly Demanded[] => {
    const [node] = nodes;
    const field = node === undefined ? undefined : queryType.getFields()[node.name.value];
    if (node === undefined || field === undefined || field.name !== 'conversations') return [];
    const demand = () => {
      const values = getArgumentValues(field, node, selecting.variables) as Partial<QueryConversationsArgs>;
      return conversationsDemand(values, selectedParts(nodes, selecting), environment);
    };
    return [orRefused(path, demand, countLeaves(selectionSetsOf(nodes), selecting))];
  });
}

/** The root fields; none where a directive among them can't be evaluated, for then execution ends with that error. */
function rootFields(typeName: string, { selectionSet }: OperationDefinitionNode, selecting: SelectionEnvironment) {
  try {
    return collectFields(typeName, [selectionSet], selecting);
  } catch (error) {
    if (error instanceof GraphQLError) return new Map<string, readonly FieldNode[]>();
    throw error;
  }
}

type SelectedParts = { readonly rows: boolean; readonly pageInfo: boolean; readonly totalCount: boolean };

/** Which parts of a connection are selected: what isn't costs nothing. */
function selectedParts(nodes: readonly FieldNode[], selecting: SelectionEnvironment): SelectedParts {
  const fields = [...collectFields('ConversationConnection', selectionSetsOf(nodes), selecting).values()];
  const names = new Set(fields.flatMap((each) => each.map(({ name }) => name.value)));
  return {
    rows: names.has('edges') || names.has('nodes'),
    pageInfo: names.has('pageInfo'),
    totalCount: names.has('totalCount'),
  };
}

function conversationsDemand(
  args: Partial<QueryConversationsArgs>,
  selected: SelectedParts,
  environment: DemandEnvironment,
): ListDemand {
  const { cursors, calendar, nowMs, limits } = environment;
  const filters: PushedFilters = {
    contactDirection: args.filterBy?.contactDirection ?? null,
    includeBelowThreshold: args.filterBy?.includeBelowThreshold ?? false,
  };
  const askedWindow = isGiven(args.window) ? windowOf(args.window, calendar, limits) : null;
  const after = isGiven(args.after) ? cursors.open(args.after, filters, askedWindow) : null;
  const before = isGiven(args.before) ? cursors.open(args.before, filters, askedWindow ?? after?.window ?? null) : null;
  const range = rangeOf(args, { after: after?.anchor ?? null, before: before?.anchor ?? null }, limits);
  const question: ListQuestion = {
    ...filters,
    window: askedWindow ?? after?.window ?? before?.window ?? defaultWindow(calendar, nowMs, limits),
  };
  const needsRange = selected.pageInfo || (selected.rows && range.count > 0);
  return { question, range: needsRange ? range : null, needsTotal: selected.totalCount };
}

function isGiven<T>(argument: T | null | undefined): argument is T {
  return argument !== null && argument !== undefined;
}

function orRefused(path: string, demand: () => ListDemand, leafCount: number): Demanded {
  try {
    return { kind: 'demanded', path, demand: demand(), leafCount };
  } catch (error) {
    if (error instanceof Failure) return { kind: 'refused', path, failure: error };
    // Null where an argument or a directive must not have it: execution finds the same, and its words are the document's.
    if (error instanceof GraphQLError)
      return { kind: 'refused', path, failure: new Failure('BAD_USER_INPUT', error.message, { reason: 'ARGUMENT' }) };
    throw error;
  }
}
