import { readdirSync, readFileSync } from 'node:fs';
import { buildASTSchema, execute, GraphQLError, type GraphQLFieldResolver, parse, validate } from 'graphql';
import { queryOf } from './answer.ts';
import type { Dataset } from './dataset.ts';
import { AnyOf, Fitting, PageOf, Refused } from './expected.ts';
import type { Answered } from './judge.ts';
import type { Document } from './selection.ts';

/**
 * A gateway that answers as the oracle expects, by GraphQL's own execution over the SDL: it shows that questions are valid, that right answers
 * are accepted, and, when its data is not quite the oracle's, that wrong ones are noticed.
 */
export type StandIn = (document: Document) => Promise<Answered>;

const sdl = readdirSync('schema').map((name) => readFileSync(`schema/${name}`, 'utf8'));
const schema = buildASTSchema(parse(sdl.join('\n')), { assumeValid: true, assumeValidSDL: true });

/** A stand-in over some data. An invalid document, or variables that don't fit it, is an error of the test. */
export function makeStandIn(data: Dataset): StandIn {
  return async ({ query, variables }) => {
    const document = parse(query);
    const invalid = validate(schema, document);
    if (invalid.length > 0) throw new Error(`${invalid.join('\n')}\n${query}`);
    const result = await execute({
      schema,
      document,
      rootValue: queryOf(data),
      variableValues: variables,
      fieldResolver,
    });
    return JSON.parse(JSON.stringify(result)) as Answered;
  };
}

const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, _, { fieldName }) => {
  const value: unknown = Object(source)[fieldName];
  try {
    return sampleOf(typeof value === 'function' ? value.call(source, args) : value);
  } catch (error) {
    if (error instanceof Refused) throw new GraphQLError(error.message, { extensions: { code: error.code } });
    throw error;
  }
};

/** A value that is as expected; what lies below it is asked for when GraphQL gets there. */
function sampleOf(value: unknown): unknown {
  if (value instanceof AnyOf) return sampleOf(value.choices[0]);
  if (value instanceof PageOf)
    return Array.from({ length: value.until - value.from }, (_, index) => value.item(value.from + index));
  return value instanceof Fitting ? value.sample : value;
}
