import { makeExecutableSchema } from '@graphql-tools/schema';
import { type GraphQLSchema, parse } from 'graphql';
import { expect } from 'vitest';
import { createExecutor } from '../../../src/graphql/executing/executor.ts';
import { createPace } from './pace.ts';
import { type Told, toldByOracle, toldCompiled } from './told.ts';

type Resolvers = { readonly [typeName: string]: object };
type Asking = {
  readonly typeDefs: string;
  readonly resolvers?: Resolvers;
  readonly query: string;
  /** Asked with each of these in turn. */
  readonly variables?: readonly { readonly [name: string]: unknown }[];
  readonly operationName?: string;
};

/** Has a small schema asked by both executions, by ours twice: answers are the same, and are returned. */
export async function askedBothWays({ typeDefs, resolvers = {}, ...asking }: Asking): Promise<readonly Told[]> {
  // Copied, for what is handed over is typed by what makes schemas of it.
  return await askedOf(makeExecutableSchema({ typeDefs, resolvers: { ...resolvers } }), asking);
}

/** The same of a schema that is there. */
export async function askedOf(
  schema: GraphQLSchema,
  { query, variables = [{}], operationName = '' }: Omit<Asking, 'typeDefs' | 'resolvers'>,
): Promise<readonly Told[]> {
  const pace = createPace(1, true);
  const executor = createExecutor(schema, { programBytesMax: 1_000_000, keptBytesMax: 1_000_000 });
  const document = parse(query);
  const name = operationName === '' ? undefined : operationName;
  const answers: Told[] = [];
  for (const given of [...variables, ...variables]) {
    const operation = { document, operationName: name, variables: given };
    const expected = await toldByOracle(schema, operation, {}, pace);
    expect(await toldCompiled(executor, operation, {}, pace)).toEqual(expected);
    answers.push(expected);
  }
  return answers.slice(0, variables.length);
}

/** The messages of an answer's errors. */
export function messagesOf({ errors }: Told): readonly unknown[] {
  return errors.map((error) => ('message' in error ? error.message : undefined));
}
