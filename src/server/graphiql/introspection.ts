import type { Fetcher } from '@graphiql/toolkit';
import type { IntrospectionQuery } from 'graphql';

/** The name of GraphiQL's own question for the schema, so that nobody else's is taken for it. */
export const introspectionName = 'GraphiqlSchema';

/**
 * The same fetcher, but the docs pane and the completion see only what people ask for. Federation's types, directives and `_` fields, which
 * are a router's business, still answer when asked.
 */
export function hidingMachinery(fetcher: Fetcher): Fetcher {
  return async (parameters, options) => {
    const result = await fetcher(parameters, options);
    if (parameters.operationName !== introspectionName || !('data' in result) || !isIntrospection(result.data)) {
      return result;
    }
    return { ...result, data: withoutMachinery(result.data) };
  };
}

/** `_Service` and `federation__FieldSet`, and not `__Type`, which introspection itself has. */
const machinery = /^_(?!_)|^[^_].*__/;
const machineryDirectives: ReadonlySet<string> = new Set(['link', 'key', 'shareable', 'tag', 'cost', 'listSize']);

function withoutMachinery({ __schema: schema }: IntrospectionQuery): Pick<IntrospectionQuery, '__schema'> {
  const isOurs = ({ name }: { readonly name: string }) => !machinery.test(name);
  return {
    __schema: {
      ...schema,
      types: schema.types
        .filter(isOurs)
        .map((type) => (type.kind === 'OBJECT' ? { ...type, fields: type.fields.filter(isOurs) } : type)),
      directives: schema.directives.filter((each) => isOurs(each) && !machineryDirectives.has(each.name)),
    },
  };
}

function isIntrospection(data: unknown): data is IntrospectionQuery {
  return typeof data === 'object' && data !== null && '__schema' in data;
}
