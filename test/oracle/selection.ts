import { AnyOf, Fitting, PageOf, Refused } from './expected.ts';

/** One argument. `isVariable`: handed over as a variable of `type` instead of standing in the document. */
export type Arg = {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  readonly isVariable: boolean;
};

/** One field of a question; `on` stands in an inline fragment of that type. */
export type Selection = {
  readonly name: string;
  readonly alias: string | null;
  readonly on: string | null;
  readonly args: readonly Arg[];
  readonly fields: readonly Selection[];
};

/** A selection of a field, plain unless more is said. */
export function field(name: string, parts: Partial<Selection> = {}): Selection {
  return { name, alias: null, on: null, args: [], fields: [], ...parts };
}

/** Fields without anything below them. */
export function leaves(...names: readonly string[]): readonly Selection[] {
  return names.map((name) => field(name));
}

/** What an answer calls a field. */
export function keyOf({ alias, name }: Selection): string {
  return alias ?? name;
}

/** What the oracle's object answers to a selection: the part of GraphQL's execution that a question needs. */
export function project(value: unknown, fields: readonly Selection[]): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Fitting || fields.length === 0) return value;
  if (value instanceof PageOf || value instanceof AnyOf) return value.map((item) => project(item, fields));
  if (Array.isArray(value)) return value.map((item) => project(item, fields));
  const node = new Map<string, unknown>(Object.entries(value));
  const answered = fields.filter(({ on }) => on === null || on === node.get('__typename'));
  return Object.fromEntries(
    answered.map((selection) => [keyOf(selection), project(resolve(node, selection), selection.fields)]),
  );
}

/** The answer to an operation: each field of the root by itself, or why it is refused. */
export function projectRoot(root: object, fields: readonly Selection[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.map((selection) => {
      try {
        return [keyOf(selection), Object.values(Object(project(root, [selection])))[0]];
      } catch (error) {
        if (error instanceof Refused) return [keyOf(selection), error];
        throw error;
      }
    }),
  );
}

function resolve(node: ReadonlyMap<string, unknown>, { name, args }: Selection): unknown {
  const value = node.get(name);
  if (value === undefined && !node.has(name)) throw new RangeError(`the oracle knows no field ${name}`);
  return typeof value === 'function' ? value(Object.fromEntries(args.map((arg) => [arg.name, arg.value]))) : value;
}

/** A GraphQL document with its variables. */
export type Document = { readonly query: string; readonly variables: Readonly<Record<string, unknown>> };

/** Writes an operation down. */
export function printDocument(fields: readonly Selection[]): Document {
  const variables = new Map<string, Arg>();
  const body = printFields(fields, variables);
  const declared = [...variables].map(([name, { type }]) => `$${name}: ${type}`);
  const head = declared.length === 0 ? '' : `query (${declared.join(', ')}) `;
  return {
    query: `${head}${body}`,
    variables: Object.fromEntries([...variables].map(([name, { value }]) => [name, value])),
  };
}

function printFields(fields: readonly Selection[], variables: Map<string, Arg>): string {
  return `{ ${fields.map((each) => printField(each, variables)).join(' ')} }`;
}

function printField({ name, alias, on, args, fields }: Selection, variables: Map<string, Arg>): string {
  const printedArgs = args.map((arg) => {
    if (!arg.isVariable) return `${arg.name}: ${printValue(arg.value, arg.name)}`;
    const variable = `v${variables.size}`;
    variables.set(variable, arg);
    return `${arg.name}: $${variable}`;
  });
  const called = alias === null ? name : `${alias}: ${name}`;
  const asked = printedArgs.length === 0 ? '' : `(${printedArgs.join(', ')})`;
  const below = fields.length === 0 ? '' : ` ${printFields(fields, variables)}`;
  const printed = `${called}${asked}${below}`;
  return on === null ? printed : `... on ${on} { ${printed} }`;
}

/** Where a text is the name of an enum's value. */
const enumKeys: ReadonlySet<string> = new Set([
  'contactDirection',
  'channels',
  'unscoredReasons',
  'durationStatuses',
  'evaluationStatuses',
  'auditStatuses',
  'qualifications',
  'auditorResponses',
  'field',
  'direction',
  'by',
]);

function printValue(value: unknown, key: string): string {
  if (typeof value === 'string' && enumKeys.has(key)) return value;
  if (Array.isArray(value)) return `[${value.map((item) => printValue(item, key)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${entries.map(([name, item]) => `${name}: ${printValue(item, name)}`).join(', ')} }`;
}
