import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { Failure } from '../../errors.ts';
import { coercedVariables } from '../coerced.ts';
import { collectFields, type SelectionEnvironment, selectionSetsOf } from '../selection.ts';
import type { Demand, DemandEnvironment, Owner, Wants } from './demand.ts';
import { demandOf, mayAsk } from './field-demands.ts';
import { refuseFilters } from './filter-count.ts';
import { fieldKey } from './path.ts';
import { type Branch, branchesOf, factorOf, itemsOf, onlyOwnerOf } from './unfold.ts';
import { type AnswerValues, type Values, valuesOf } from './values.ts';

export type OperationSource = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: { readonly [name: string]: unknown };
};

/** What one field asks, wherever it stands. */
export type FieldDemand = {
  /** Its path of types and response keys: it asks the same at each node of a list. */
  readonly key: string;
  readonly demand: Demand;
  /** The objects that it is a field of, if they are known before anything is read. */
  readonly owners: readonly Owner[];
  /** Whether it is going to be asked, whatever is found before. */
  readonly isCertain: boolean;
  /** How often it is asked at most, as far as that is known; lists within a row have their assumed size. */
  readonly askedCount: number;
  /** What of it is counted as it is answered. */
  readonly answerValues: AnswerValues;
};

/** What a root field asks with all fields below it, or why it is refused. */
export type RootDemand =
  | (Found & { readonly kind: 'demanded'; readonly key: string })
  | {
      readonly kind: 'refused';
      readonly key: string;
      readonly failure: Failure;
      /** Where it stands: its response key, and what of the document is refused. */
      readonly responseKey: string;
      readonly nodes: readonly ASTNode[];
    };

/**
 * What an operation asks, computed from its document and variables before anything is executed: so all its reads can be merged and priced, and
 * what may not be asked is refused for nothing. Empty when the variables don't fit, for then nothing will be executed. Throws
 * COST_LIMIT_EXCEEDED for more filters than an operation may have.
 */
export function demandsOf(
  { schema, document, operation, variables }: OperationSource,
  environment: DemandEnvironment,
): readonly RootDemand[] {
  refuseFilters(operation, variables, environment.limits);
  const coerced = coercedVariables(schema, operation, variables);
  const queryType = schema.getQueryType();
  if (coerced === null || queryType === null || queryType === undefined) return [];
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const selecting: SelectionEnvironment = {
    schema,
    fragments: new Map(definitions.map((definition) => [definition.name.value, definition])),
    variables: coerced,
  };
  const walk = { selecting, environment };
  return rootFields(queryType.name, operation, selecting).map(([responseKey, nodes]) => {
    const root: Branch = {
      type: queryType,
      key: '',
      trail: [],
      factor: 1,
      owners: [],
      enclosing: null,
      isCertain: true,
    };
    const place = { key: fieldKey('', queryType.name, responseKey), responseKey, nodes };
    return orRefused(place, () => walkField(root, responseKey, nodes, walk));
  });
}

/** The root fields; none where a directive among them can't be evaluated, for then execution ends with that error. */
function rootFields(typeName: string, { selectionSet }: OperationDefinitionNode, selecting: SelectionEnvironment) {
  try {
    return [...collectFields(typeName, [selectionSet], selecting)];
  } catch (error) {
    if (error instanceof GraphQLError) return [];
    throw error;
  }
}

type Walk = { readonly selecting: SelectionEnvironment; readonly environment: DemandEnvironment };
type Found = Values & { readonly fieldName: string; readonly fields: readonly FieldDemand[] };

const nothingAsked: readonly FieldDemand[] = [];

/** What is known of a field whoever asks for it. */
type FieldFacts = {
  readonly coordinate: string;
  /** Most fields are leaves that ask nothing. */
  readonly isSilent: boolean;
};

const knownFacts = new WeakMap<GraphQLField<unknown, unknown>, FieldFacts>();

function factsOf(field: GraphQLField<unknown, unknown>, parentType: GraphQLObjectType): FieldFacts {
  const known = knownFacts.get(field);
  if (known !== undefined) return known;
  const coordinate = `${parentType.name}.${field.name}`;
  const isSilent = isLeafType(getNullableType(field.type)) && field.args.length === 0 && !mayAsk(coordinate);
  const facts = { coordinate, isSilent };
  knownFacts.set(field, facts);
  return facts;
}

function walkField(parent: Branch, responseKey: string, nodes: readonly FieldNode[], walk: Walk): Found {
  const [node] = nodes;
  const fieldName = node?.name.value ?? '';
  const field = parent.type.getFields()[fieldName];
  // What every type has, such as `__typename`, is a value.
  const value = { fieldName, fields: nothingAsked, valueCount: parent.factor, ownValueCount: parent.factor };
  if (node === undefined || field === undefined) return value;
  const { selecting, environment } = walk;
  const { coordinate, isSilent } = factsOf(field, parent.type);
  environment.onSelected(coordinate);
  if (isSilent) return value;
  const place = {
    key: fieldKey(parent.key, parent.type.name, responseKey),
    trail: [...parent.trail, responseKey],
    factor: parent.factor * factorOf(parent.enclosing, field.name),
  };
  const demand = named(place.trail, () => {
    const args = getArgumentValues(field, node, selecting.variables);
    const asked = {
      name: coordinate,
      args,
      wants: () => wantsOf(getNamedType(field.type).name, nodes, selecting),
      owner: onlyOwnerOf(parent),
      enclosing: parent.enclosing,
    };
    return demandOf(asked, environment) ?? itemsOf(field);
  });
  const inner = typesOf(field.type, selecting).flatMap((type) => {
    const branches = branchesOf({ ...parent, ...place }, type, demand);
    return branches.flatMap((branch) =>
      Array.from(collectFields(type.name, selectionSetsOf(nodes), selecting), ([key, each]) =>
        walkField(branch, key, each, walk),
      ),
    );
  });
  const { answerValues, ...values } = valuesOf(
    { field, demand, parentCount: parent.factor, factor: place.factor },
    inner,
  );
  const { owners, isCertain } = parent;
  const own = { key: place.key, owners, isCertain, askedCount: place.factor, answerValues };
  return {
    ...values,
    fieldName,
    fields: [...(demand === null ? [] : [{ ...own, demand }]), ...inner.flatMap(({ fields }) => fields)],
  };
}

/** The types that an object of this field may have. */
function typesOf(
  type: Parameters<typeof getNamedType>[0],
  { schema }: SelectionEnvironment,
): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

/** Which parts of a connection are selected. */
function wantsOf(connection: string, nodes: readonly FieldNode[], selecting: SelectionEnvironment): Wants {
  const namesOf = (typeName: string, fields: readonly FieldNode[]): readonly FieldNode[] =>
    [...collectFields(typeName, selectionSetsOf(fields), selecting).values()].flat();
  const selected = namesOf(connection, nodes);
  const has = (fields: readonly FieldNode[], name: string) => fields.some((field) => field.name.value === name);
  const pageInfo = namesOf(
    'PageInfo',
    selected.filter(({ name }) => name.value === 'pageInfo'),
  );
  return {
    rows: has(selected, 'edges') || has(selected, 'nodes'),
    pageInfo: has(selected, 'pageInfo'),
    hasNextPage: has(pageInfo, 'hasNextPage'),
    hasPreviousPage: has(pageInfo, 'hasPreviousPage'),
    totalCount: has(selected, 'totalCount'),
  };
}

/** A failure below a root field says where. */
function named<T>(trail: readonly string[], demand: () => T): T {
  try {
    return demand();
  } catch (error) {
    if (!(error instanceof Failure) || refusesAll(error) || trail.length === 1) throw error;
    const { code, message, reason } = error;
    throw new Failure(code, `${trail.join('.')}: ${message}`, {
      ...(reason === undefined ? {} : { reason }),
      cause: error,
    });
  }
}

/** Whether a failure is the whole operation's, not only that of the field where it showed. */
function refusesAll({ code }: Failure): boolean {
  return code === 'COST_LIMIT_EXCEEDED';
}

type Place = { readonly key: string; readonly responseKey: string; readonly nodes: readonly ASTNode[] };

function orRefused(place: Place, walk: () => Found): RootDemand {
  try {
    return { kind: 'demanded', key: place.key, ...walk() };
  } catch (error) {
    if (error instanceof Failure && !refusesAll(error)) return { kind: 'refused', ...place, failure: error };
    // Null where an argument or a directive must not have it: execution finds the same, and its words are the document's.
    if (error instanceof GraphQLError) {
      const failure = new Failure('BAD_USER_INPUT', error.message, { reason: 'ARGUMENT' });
      return { kind: 'refused', ...place, nodes: error.nodes ?? place.nodes, failure };
    }
    throw error;
  }
}
