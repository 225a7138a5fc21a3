import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByTheGuild } from '@theguild/federation-composition';
import { buildSchema, type GraphQLSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { publishedSdl } from '../../src/graphql/published.ts';
import { readSdl } from '../../src/graphql/schema.ts';
import { peopleSdl } from './people/subgraph.ts';

/** The name by which a supergraph knows each side, its SDL and its address. */
export type Subgraph = { readonly name: 'scores' | 'people'; readonly sdl: string; readonly url?: string };

/** What a composer makes: a supergraph, the schema that its clients see, and what it remarks; or why it can't. */
export type Composed =
  | {
      readonly kind: 'supergraph';
      readonly sdl: string;
      readonly api: GraphQLSchema;
      readonly hints: readonly { readonly code: string; readonly message: string }[];
    }
  | { readonly kind: 'refused'; readonly messages: readonly string[] };

/** Our side as it is published. */
export const scoresSdl = publishedSdl(readSdl());

/** Both composers that are in wide use. */
export const composers = { apollo: withApollo, theGuild: withTheGuild } as const;

/** The two sides as they are. */
export function sidesOf(scores = scoresSdl, people = peopleSdl): readonly Subgraph[] {
  return [
    { name: 'scores', sdl: scores },
    { name: 'people', sdl: people },
  ];
}

/** A supergraph that has to be one. */
export function supergraphOf(composed: Composed): Extract<Composed, { readonly kind: 'supergraph' }> {
  if (composed.kind === 'supergraph') return composed;
  throw new Error(composed.messages.join('\n'));
}

/** What clients see, as text that two composers can agree on. */
export function printApi(api: GraphQLSchema): string {
  return printSchema(lexicographicSortSchema(api));
}

function withApollo(subgraphs: readonly Subgraph[]): Composed {
  const result = composeByApollo(servicesOf(subgraphs));
  if (result.errors !== undefined) return refused(result.errors);
  return {
    kind: 'supergraph',
    sdl: result.supergraphSdl,
    api: buildSchema(printSchema(result.schema.toAPISchema().toGraphQLJSSchema())),
    hints: result.hints.map(({ definition, message }) => ({ code: definition.code, message })),
  };
}

function withTheGuild(subgraphs: readonly Subgraph[]): Composed {
  const result = composeByTheGuild(servicesOf(subgraphs));
  if (result.errors !== undefined) return refused(result.errors);
  return { kind: 'supergraph', sdl: result.supergraphSdl, api: buildSchema(result.publicSdl), hints: [] };
}

function servicesOf(subgraphs: readonly Subgraph[]) {
  return subgraphs.map(({ name, sdl, url }) => ({
    name,
    url: url ?? `http://${name}.invalid/graphql`,
    typeDefs: parse(sdl),
  }));
}

function refused(errors: readonly Error[]): Composed {
  return { kind: 'refused', messages: errors.map(({ message }) => message) };
}
