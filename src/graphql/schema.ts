import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { type GraphQLSchema, parse, Source } from 'graphql';
import { resolvers } from './resolvers/resolvers.ts';
import { scalars } from './resolvers/scalars.ts';

const schemaFolder = new URL('../../schema/', import.meta.url);

/** The one schema, built from schema/*.graphql. A resolver for a field that the SDL doesn't have is an error at start. */
export function buildSchema(): GraphQLSchema {
  const files = readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const documents = files.map((name) => {
    const url = new URL(name, schemaFolder);
    return parse(new Source(readFileSync(url, 'utf8'), fileURLToPath(url)));
  });
  return addResolversToSchema({
    schema: buildSubgraphSchema(documents.map((typeDefs) => ({ typeDefs }))),
    resolvers: { ...resolvers, ...scalars },
    updateResolversInPlace: true,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error', requireResolversForResolveType: 'error' },
  });
}
