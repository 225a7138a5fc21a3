import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { concatAST, type DocumentNode, type GraphQLSchema, parse, Source } from 'graphql';
import { publishedSdl } from './published.ts';
import { federationResolvers } from './resolvers/federation.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { scalars } from './resolvers/scalars.ts';

const schemaFolder = new URL('../../schema/', import.meta.url);

/** The SDL as it is written: schema/*.graphql, by name. */
export function readSdl(): DocumentNode {
  const files = readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const documents = files.map((name) => {
    const url = new URL(name, schemaFolder);
    return parse(new Source(readFileSync(url, 'utf8'), fileURLToPath(url)));
  });
  return concatAST(documents);
}

/** The one schema, built from the SDL. A resolver for a field that the SDL doesn't have is an error at start. */
export function buildSchema(): GraphQLSchema {
  const sdl = readSdl();
  const { Query, _Entity } = federationResolvers(publishedSdl(sdl));
  return addResolversToSchema({
    schema: buildSubgraphSchema(sdl),
    resolvers: { ...resolvers, ...scalars, Query: { ...resolvers.Query, ...Query }, _Entity },
    updateResolversInPlace: true,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error', requireResolversForResolveType: 'error' },
  });
}
