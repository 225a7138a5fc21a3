import fc, { type GeneratorValue } from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { Owners } from './owners.ts';
import { unknownAgentIds, unknownConversationId } from './people/data.ts';
import { dayArgument, type Sides, weekArgument } from './sides.ts';

/** What queries are made of. */
export type Stock = {
  readonly api: GraphQLSchema;
  readonly owners: Owners;
  readonly ids: Readonly<Record<string, readonly string[]>>;
};

/** Ids to ask by, some of which nobody knows. */
export function idsOf({ people, rows }: Pick<Sides, 'people' | 'rows'>): Stock['ids'] {
  const agentIds = people.teams.flatMap((team) => team.agentIds);
  return {
    agentId: [...agentIds.slice(0, 8), ...unknownAgentIds, 'a-nobody'],
    queueId: [...people.ownerByQueue.keys(), 'qu-nowhere'],
    metricId: rows.slice(0, 4).flatMap(({ metrics }) => metrics.slice(0, 2).map(({ id }) => id)),
    conversationId: [...rows.slice(0, 12).map((row) => row.conversationId), unknownConversationId],
    teamId: [...people.teams.map((team) => team.teamId), 't-none'],
    caseId: [...people.cases.slice(0, 6).map((each) => each.caseId), 'case-none'],
    email: [...people.persons.map((person) => person.email), 'nobody@people.example'],
  };
}

/** What differs from one asking to the next, or is another's at every place: when it was read, the quota, sealed cursors. */
const unsteady = new Set(['upstream', 'cursor', 'startCursor', 'endCursor', 'asOf', 'retryAfterSeconds']);

const depthMax = 7;
const typename = '__typename';

/** A query over everything that clients of the supergraph see. `fc.gen()` draws it, so that it shrinks. */
export function drawQuery(draw: GeneratorValue, stock: Stock): string {
  const root = stock.api.getQueryType();
  if (root === undefined || root === null) throw new Error('no query type');
  let aliasCount = 0;
  const nextAlias = () => `f${aliasCount++}`;
  return drawSelection(draw, { stock, nextAlias }, root, 0);
}

type Desk = { readonly stock: Stock; readonly nextAlias: () => string };

function drawSelection(draw: GeneratorValue, desk: Desk, type: GraphQLObjectType, depth: number): string {
  const count = draw(fc.integer, { min: 1, max: depth === 0 ? 2 : 3 });
  const fields = Array.from({ length: count }, () => drawField(draw, desk, type, depth));
  // A fragment with nothing but __typename is dropped by @graphql-tools/delegate, and the field that it stood in is null.
  const isBare = fields.every((field) => field === typename);
  const isInFragment = depth > 0 && !isBare && draw(fc.integer, { min: 0, max: 7 }) === 0;
  return isInFragment ? `{ ... on ${type.name} { ${fields.join(' ')} } }` : `{ ${fields.join(' ')} }`;
}

/** A field of either side with equal chances, so that sides are crossed often; each under an alias of its own. */
function drawField(draw: GeneratorValue, desk: Desk, type: GraphQLObjectType, depth: number): string {
  const { owners } = desk.stock;
  const all = Object.values(type.getFields()).filter(
    (field) => !unsteady.has(field.name) && (depth < depthMax || !isObjectType(getNamedType(field.type))),
  );
  const deep = all.filter((field) => isObjectType(getNamedType(field.type)));
  const preferred = draw(fc.integer, { min: 0, max: 2 }) === 0 || deep.length === 0 ? all : deep;
  const [some, other] = [
    preferred.filter(({ name }) => owners.ownerOf(type.name, name) === 'people'),
    preferred.filter(({ name }) => owners.ownerOf(type.name, name) === 'scores'),
  ];
  const side = other.length === 0 || (some.length > 0 && draw(fc.boolean)) ? some : other;
  const field = side[draw(fc.integer, { min: 0, max: Math.max(0, side.length - 1) })];
  if (field === undefined) return typename;
  const named = getNamedType(field.type);
  const selection = isObjectType(named) ? ` ${drawSelection(draw, desk, named, depth + 1)}` : '';
  return `${desk.nextAlias()}: ${field.name}${drawArguments(draw, desk, field)}${selection}`;
}

function drawArguments(draw: GeneratorValue, { stock }: Desk, { args }: GraphQLField<unknown, unknown>): string {
  const drawn = args.map((argument) => drawArgument(draw, stock, argument)).filter((text) => text !== null);
  return drawn.length === 0 ? '' : `(${drawn.join(', ')})`;
}

const filters = [
  '{ isScored: true }',
  '{ channels: [CHAT] }',
  '{ contactDirection: INBOUND }',
  '{ koreEvaluationScore: { max: 40 } }',
  '{ includeBelowThreshold: true }',
];
const choices: Readonly<Record<string, readonly string[]>> = {
  ConversationFilter: filters,
  ConversationOrder: ['{ field: KORE_EVALUATION_SCORE, direction: ASC }'],
  SummaryOrder: ['{ field: AVERAGE_SCORE, direction: DESC }', '{ field: NAME, direction: ASC }'],
  MetricOrder: ['{ field: ADHERENCE_RATE, direction: ASC }'],
};

/** One argument, or null where it is left out. Pages are short: a plain executor asks for every object by itself. */
function drawArgument(draw: GeneratorValue, { ids }: Stock, { name, type }: GraphQLArgument): string | null {
  const pick = (list: readonly string[]) => list[draw(fc.integer, { min: 0, max: list.length - 1 })] ?? '';
  const isLeftOut = (oneIn: number) => draw(fc.integer, { min: 0, max: oneIn - 1 }) > 0;
  const known = ids[name];
  if (known !== undefined) return `${name}: ${JSON.stringify(pick(known))}`;
  if (name === 'window') return draw(fc.boolean) ? pick([weekArgument, dayArgument]) : null;
  if (name === 'first') return `first: ${draw(fc.integer, { min: 0, max: 2 })}`;
  if (name === 'by') return `by: ${pick(['[CHANNEL]', '[QUEUE]', '[CHANNEL, CONTACT_DIRECTION]'])}`;
  const listed = choices[getNamedType(type).name];
  return listed === undefined || isLeftOut(3) ? null : `${name}: ${pick(listed)}`;
}
