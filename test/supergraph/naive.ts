import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import type { Asked } from './asked.ts';
import type { Owners } from './owners.ts';
import type { SendTo } from './stitched.ts';

/** Where an answer is put together: what clients see, who has what, and how to ask them. */
export type Desk = { readonly api: GraphQLSchema; readonly owners: Owners; readonly send: SendTo };

/** What a side said of one object. */
type Part = Readonly<Record<string, unknown>>;

type Place = { readonly side: Asked['to']; readonly part: Part };

/** Null where null isn't allowed: goes up to the nearest place where it is. */
class NullHere extends Error {}

/** An answer without a plan, what it took, and whether one side led to the other. */
export type NaiveAnswer = {
  readonly data: Part | null;
  readonly hasErrors: boolean;
  readonly requestCount: number;
  readonly isCrossing: boolean;
};

/**
 * Answers a query of the supergraph as slowly as can be: each field at which the sides meet is asked for by itself, of one object. No library of any
 * gateway takes part; what is left is which side has which field, and that null goes up where it isn't allowed.
 */
export async function answerNaively(desk: Desk, query: string): Promise<NaiveAnswer> {
  let hasErrors = false;
  let requestCount = 0;
  let isCrossing = false;
  const send: SendTo = async (asked) => {
    requestCount += 1;
    if (asked.query.includes('_entities')) isCrossing = true;
    const answer = await desk.send(asked);
    if (answer.errors !== undefined) hasErrors = true;
    return answer;
  };
  const operation = parse(query).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const root = desk.api.getQueryType();
  if (operation === undefined || root === undefined || root === null) throw new Error(`no query: ${query}`);
  const data = await answerRoot({ ...desk, send }, root, operation);
  return { data, hasErrors, requestCount, isCrossing };
}

async function answerRoot(
  desk: Desk,
  root: GraphQLObjectType,
  { selectionSet }: OperationDefinitionNode,
): Promise<Part | null> {
  const entries: [string, unknown][] = [];
  try {
    for (const field of fieldsOf(selectionSet, root)) {
      const side = desk.owners.ownerOf(root.name, nameOf(field));
      const { data } = await desk.send({
        to: side,
        query: `{ ${restricted(desk, field, root, side)} }`,
        variables: {},
      });
      entries.push([keyOf(field), await complete(desk, field, root, { side, part: data ?? {} })]);
    }
  } catch (error) {
    if (error instanceof NullHere) return null;
    throw error;
  }
  return Object.fromEntries(entries);
}

/** A field's value in the part that a side gave. */
function complete(desk: Desk, field: FieldNode, parent: GraphQLObjectType, { side, part }: Place): Promise<unknown> {
  return completeValue(desk, field, typeOf(parent, field), { side, value: part[keyOf(field)] ?? null });
}

type Valued = { readonly side: Asked['to']; readonly value: unknown };

async function completeValue(
  desk: Desk,
  field: FieldNode,
  type: GraphQLOutputType,
  { side, value }: Valued,
): Promise<unknown> {
  if (isNonNullType(type)) {
    const completed = await completeNullable(desk, field, type.ofType, { side, value });
    if (completed === null) throw new NullHere();
    return completed;
  }
  try {
    return await completeNullable(desk, field, type, { side, value });
  } catch (error) {
    if (error instanceof NullHere) return null;
    throw error;
  }
}

async function completeNullable(
  desk: Desk,
  field: FieldNode,
  type: GraphQLOutputType,
  { side, value }: Valued,
): Promise<unknown> {
  if (value === null || isLeafType(type)) return value;
  if (isListType(type)) {
    const items: unknown[] = [];
    for (const item of value as readonly unknown[])
      items.push(await completeValue(desk, field, type.ofType, { side, value: item }));
    return items;
  }
  if (!isObjectType(type) || field.selectionSet === undefined) throw new Error(`${nameOf(field)} is of another kind`);
  const entries: [string, unknown][] = [];
  for (const each of fieldsOf(field.selectionSet, type))
    entries.push([keyOf(each), await answerField(desk, each, type, { side, part: value as Part })]);
  return Object.fromEntries(entries);
}

async function answerField(desk: Desk, field: FieldNode, parent: GraphQLObjectType, place: Place): Promise<unknown> {
  if (nameOf(field) === '__typename') return parent.name;
  const owner = desk.owners.ownerOf(parent.name, nameOf(field), place.side);
  if (owner === place.side) return await complete(desk, field, parent, place);
  const key = desk.owners.keyOf(parent.name, owner);
  if (key === null) throw new Error(`${owner} knows no ${parent.name} by reference`);
  const { data } = await desk.send({
    to: owner,
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on ${parent.name} { ${restricted(desk, field, parent, owner)} } } }`,
    variables: { representations: [{ __typename: parent.name, [key]: place.part[ownKey] }] },
  });
  const [part] = (data?.['_entities'] ?? []) as readonly (Part | null)[];
  return await complete(desk, field, parent, { side: owner, part: part ?? {} });
}

/** A key of each entity under a name that no query uses. */
const ownKey = 'keyOfThis';

/** A field with all that a side can say of it, and the keys of what it leads to. */
function restricted(desk: Desk, field: FieldNode, parent: GraphQLObjectType, side: Asked['to']): string {
  const { selectionSet, ...bare } = field;
  const type = namedObject(typeOf(parent, field));
  if (selectionSet === undefined || type === null) return print(bare);
  const key = desk.owners.keyOf(type.name, side);
  const own = fieldsOf(selectionSet, type)
    .filter((each) => nameOf(each) !== '__typename' && desk.owners.ownerOf(type.name, nameOf(each), side) === side)
    .map((each) => restricted(desk, each, type, side));
  return `${print(bare)} { __typename ${key === null ? '' : `${ownKey}: ${key}`} ${own.join(' ')} }`;
}

/** The fields that are selected of a type, through fragments. */
function fieldsOf({ selections }: SelectionSetNode, type: GraphQLObjectType): readonly FieldNode[] {
  return selections.flatMap((each) => {
    if (each.kind === Kind.FIELD) return [each];
    if (each.kind === Kind.FRAGMENT_SPREAD) throw new Error('queries here have inline fragments alone');
    const on = each.typeCondition?.name.value ?? type.name;
    const isMet = on === type.name || type.getInterfaces().some(({ name }) => name === on);
    return isMet ? fieldsOf(each.selectionSet, type) : [];
  });
}

function typeOf(parent: GraphQLObjectType, field: FieldNode): GraphQLOutputType {
  const definition = parent.getFields()[nameOf(field)];
  if (definition === undefined) throw new Error(`no field ${parent.name}.${nameOf(field)}`);
  return definition.type;
}

function namedObject(type: GraphQLOutputType): GraphQLObjectType | null {
  if (isNonNullType(type) || isListType(type)) return namedObject(type.ofType);
  return isObjectType(type) ? type : null;
}

function nameOf({ name }: FieldNode): string {
  return name.value;
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
