import type { ApolloServerOptions } from '@apollo/server';
import { type ExecutionResult, execute, type OperationDefinitionNode } from 'graphql';
import type { Context } from '../graphql/context.ts';
import type { Executed } from '../graphql/executing/executor.ts';
import type { Operations } from '../graphql/operations.ts';

type Gateway = NonNullable<ApolloServerOptions<Context>['gateway']>;

/**
 * How Apollo has operations executed: by compiled programs, and by graphql-js what has none, and what the router wants traced, for traces are taken field by field. The schema
 * is one and the same. Of variables that don't fit at most `coercionErrorsMax` are told.
 */
export function executionBy(
  { schema, execute: executeCompiled }: Pick<Operations, 'schema' | 'execute'>,
  coercionErrorsMax: number,
): Gateway {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ document, request, context, metrics, ...asked }): Promise<ExecutionResult> => {
        const variables = request.variables ?? {};
        const isTraced = metrics.captureTraces === true;
        // Whatever its type says, there is none where the request names none of the document's: graphql-js says which is missing.
        const operation: OperationDefinitionNode | undefined = asked.operation;
        const compiled =
          isTraced || operation === undefined
            ? null
            : await executeCompiled({ document, operation, variables, context });
        if (compiled !== null) {
          (context as Context).written.data = compiled.data;
          return resultOf(compiled);
        }
        return await execute({
          schema,
          document,
          contextValue: context,
          variableValues: variables,
          operationName: request.operationName ?? null,
          options: { maxCoercionErrors: coercionErrorsMax },
        });
      },
    }),
    stop: async () => undefined,
  };
}

/** What Apollo passes on to `stringifyAnswer`; the bytes themselves reach the server by the context. */
function resultOf({ data, errors }: Executed): ExecutionResult {
  // Whatever it is: Apollo only hands it over to `stringifyAnswer`.
  const result = { data: data as object as Record<string, unknown> | null };
  return errors.length === 0 ? result : { ...result, errors };
}
