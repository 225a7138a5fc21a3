import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { type DocumentNode, execute, type GraphQLSchema, graphql, parse, print, validate } from 'graphql';
import type { Answered, Asked } from './asked.ts';
import { routerSecret, type Sides } from './sides.ts';

/** A supergraph that is executed here; ours is asked over HTTP, the other side in the process. */
export type Supergraph = {
  readonly schema: GraphQLSchema;
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answered>;
  /** What the sides were asked since the last `forget`. */
  readonly asked: readonly Asked[];
  forget(): void;
};

/** Sends a question straight to one side. */
export type SendTo = (asked: Asked) => Promise<Answered>;

/** The two sides without anything between. */
export function directTo({ gateway, peopleSchema }: Pick<Sides, 'gateway' | 'peopleSchema'>): SendTo {
  return async ({ to, query, variables }) => {
    if (to === 'scores') return await gateway.query(query, variables, { 'router-authorization': routerSecret });
    return await graphql({ schema: peopleSchema, source: query, variableValues: variables });
  };
}

/** Executes a supergraph over the two sides. */
export function stitch(sides: Pick<Sides, 'gateway' | 'peopleSchema'>, supergraphSdl: string): Supergraph {
  const asked: Asked[] = [];
  const send = directTo(sides);
  const schema = getStitchedSchemaFromSupergraphSdl({
    supergraphSdl,
    batch: true,
    onSubschemaConfig: (config) => {
      const to = config.name.toLowerCase() === 'scores' ? 'scores' : 'people';
      config.executor = async ({
        document,
        variables,
      }: {
        readonly document: DocumentNode;
        readonly variables?: object;
      }) => {
        const one: Asked = { to, query: print(document), variables: { ...variables } };
        asked.push(one);
        return JSON.parse(JSON.stringify(await send(one)));
      };
    },
  });
  return {
    schema,
    asked,
    forget: () => {
      asked.length = 0;
    },
    ask: async (query, variables = {}) => {
      const document = parse(query);
      const faults = validate(schema, document);
      if (faults.length > 0) return { errors: faults.map((fault) => fault.toJSON()) };
      const answered = await execute({ schema, document, variableValues: variables, contextValue: {} });
      return JSON.parse(JSON.stringify(answered));
    },
  };
}
