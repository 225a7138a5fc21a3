import type { GraphQLFieldResolver } from 'graphql';
import { type Context, demandAt } from '../context.ts';
import { type NodeModel, referencedNodeOf, typeNameOf } from './nodes.ts';
import { eachWhenRead } from './when-read.ts';

type FederationResolvers = {
  readonly Query: Readonly<Record<'_entities' | '_service', GraphQLFieldResolver<unknown, Context>>>;
  readonly _Entity: { readonly __resolveType: (node: NodeModel) => string };
};

/**
 * What a router asks of a subgraph: Apollo Federation subgraph specification. All references of one field are one demand, known before anything is
 * read: agents with their summaries are one reading, conversations one search. (The resolver of @apollo/subgraph asks for each by itself, and writes into the
 * objects that it is given.) `sdl` is what is published.
 */
export function federationResolvers(sdl: string): FederationResolvers {
  return {
    Query: {
      _entities: async (_, _args, context, info) => {
        const { ids } = demandAt('nodes', context, info);
        return await eachWhenRead(ids, context, referencedNodeOf);
      },
      _service: () => ({ sdl }),
    },
    _Entity: { __resolveType: typeNameOf },
  };
}
