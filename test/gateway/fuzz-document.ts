import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Chance } from '../chance.ts';

/** An operation of chance: most of it valid, for what is refused at the door tries nothing behind it. */
export type Operation = {
  readonly query: string;
  readonly variables: Record<string, unknown>;
};

type Writing = {
  readonly chance: Chance;
  readonly schema: GraphQLSchema;
  /** In a hundred, how much is written wrong. */
  readonly wrong: number;
  readonly declared: string[];
  readonly variables: Record<string, unknown>;
};

/** Writes one. */
export function operationOf(chance: Chance, schema: GraphQLSchema): Operation {
  const wrong = chance.pick([0, 0, 1, 5, 20]);
  const writing: Writing = { chance, schema, wrong, declared: [], variables: {} };
  const query = schema.getQueryType();
  if (query === null || query === undefined) throw new Error('no queries');
  const selected = selectionOf(query, 1 + chance.below(3), writing);
  const declared = writing.declared.length === 0 ? '' : `(${writing.declared.join(' ')})`;
  const text = `query Named${declared} ${selected}`;
  return { query: chance.percent(wrong) ? broken(chance, text) : text, variables: writing.variables };
}

/** Every thing that a text may lose, or have too much. */
function broken(chance: Chance, text: string): string {
  const at = chance.below(text.length);
  const scraps = [
    '{',
    '}',
    '(',
    ')',
    '@a',
    '...',
    ':',
    '$',
    '"',
    '"""',
    '#',
    '1e999',
    '&',
    '\u0000',
    '😀',
    'fragment F on Query { ...F }',
  ];
  return chance.percent(50)
    ? text.slice(0, at) + text.slice(at + 1 + chance.below(4))
    : text.slice(0, at) + chance.pick(scraps) + text.slice(at);
}

function selectionOf(type: GraphQLOutputType, depth: number, writing: Writing): string {
  const { chance, schema, wrong } = writing;
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    const possible = schema.getPossibleTypes(named).filter(() => chance.percent(60));
    return `{ __typename ${possible.map((each) => `... on ${each.name} ${selectionOf(each, depth, writing)}`).join(' ')} }`;
  }
  if (!isObjectType(named)) return chance.percent(wrong) ? '{ nothing }' : '';
  const fields = Object.values(named.getFields()).filter(({ name }) => name !== '_service');
  const leaves = fields.filter(
    (field) => !isObjectType(getNamedType(field.type)) && !isAbstractType(getNamedType(field.type)),
  );
  const pool = depth > 0 || leaves.length === 0 ? fields : leaves;
  const written = Array.from({ length: 1 + chance.below(3) }, (_, at) => {
    const { name, args, type: inner } = chance.pick(pool);
    const shown = chance.percent(wrong) ? chance.pick(['nothing', '__schema', 'constructor', `${name}s`]) : name;
    const directive = chance.percent(wrong)
      ? chance.pick([' @skip(if: false)', ' @include', ' @nothing', ' @defer'])
      : '';
    return `a${at}${depth}: ${shown}${argumentsOf(args, writing)}${directive} ${depth > -2 ? selectionOf(inner, depth - 1, writing) : '{ __typename }'}`;
  });
  return `{ __typename ${written.join(' ')} }`;
}

function argumentsOf(args: readonly GraphQLArgument[], writing: Writing): string {
  const { chance, wrong } = writing;
  const given = args.filter(({ type }) => (isNonNullType(type) ? !chance.percent(wrong) : chance.percent(35)));
  const texts = given.map(
    ({ name, type }) => `${chance.percent(wrong) ? 'nothing' : name}: ${argumentOf(name, type, writing)}`,
  );
  return texts.length === 0 ? '' : `(${texts.join(', ')})`;
}

function argumentOf(name: string, type: GraphQLInputType, writing: Writing): string {
  const value = inputOf(name, type, 3, writing);
  if (writing.chance.percent(50)) return literalOf(value, writing);
  const variable = `v${writing.declared.length}`;
  writing.declared.push(`$${variable}: ${writing.chance.percent(writing.wrong) ? 'Int' : type}`);
  writing.variables[variable] = value;
  return `$${variable}`;
}

/** A name of an enumeration, which a literal writes without quotes. */
class Word {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  toJSON(): string {
    return this.name;
  }
}

const texts = [
  'a-1',
  'c-1',
  'qu-1',
  'English',
  '',
  'x'.repeat(1_500),
  '😀',
  '\u202e',
  '\u0000',
  '\ud800',
  '__proto__',
  '2026-03-02T00:00:00Z',
  'UTC',
  '-1',
];
const numbers = [0, 1, 3, 25, 500, 501, -1, 1.5, 2 ** 31, 2 ** 53, 1e300, -1e-300];
const instants = [
  '2026-03-02T00:00:00Z',
  '2026-03-03T00:00:00Z',
  '2026-03-04T12:00:00+05:30',
  '2026-02-30T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-03-02',
];

/** A value of a type; one of another now and then. */
function inputOf(name: string, type: GraphQLInputType, depth: number, writing: Writing): unknown {
  const { chance, wrong } = writing;
  if (chance.percent(wrong))
    return chance.pick<unknown>([null, 7, 'text', true, [], {}, [[1]], { a: { b: 1 } }, numbers, texts.slice(0, 3)]);
  if (!isNonNullType(type) && chance.percent(5)) return null;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const length = chance.percent(wrong) ? chance.pick([0, 5, 251]) : chance.below(3);
    return Array.from({ length }, () => inputOf(name, nullable.ofType, depth - 1, writing));
  }
  if (isEnumType(nullable)) return new Word(chance.pick(nullable.getValues()).name);
  if (isInputObjectType(nullable)) return objectOf(Object.values(nullable.getFields()), depth, writing);
  switch (nullable.name) {
    case 'DateTime':
      return name === 'from' ? instants[0] : chance.pick(chance.percent(wrong) ? instants : instants.slice(1, 3));
    case 'TimeZone':
      return chance.pick(['UTC', 'Europe/Berlin', 'Asia/Kolkata']);
    case 'Boolean':
      return chance.percent(50);
    case 'Int':
      return chance.pick(chance.percent(wrong) ? numbers : [0, 1, 3, 25]);
    case 'Float':
      return chance.pick(chance.percent(wrong) ? numbers : [0, 0.5, 1, 10]);
    default:
      return chance.pick(chance.percent(wrong) ? texts : texts.slice(0, 4));
  }
}

function objectOf(fields: readonly GraphQLInputField[], depth: number, writing: Writing): Record<string, unknown> {
  const { chance, wrong } = writing;
  const given = fields.filter(({ type }) => isNonNullType(type) || (depth > 0 && chance.percent(15)));
  return Object.fromEntries(
    given.map(({ name, type }) => [chance.percent(wrong) ? 'nothing' : name, inputOf(name, type, depth - 1, writing)]),
  );
}

function literalOf(value: unknown, writing: Writing): string {
  if (value instanceof Word) return value.name;
  if (Array.isArray(value)) return `[${value.map((item) => literalOf(item, writing)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${literalOf(item, writing)}`)
      .join(', ')}}`;
  return JSON.stringify(value) ?? 'null';
}
