import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError } from 'graphql';
import { Failure } from '../errors.ts';
import type { Context } from '../graphql/context.ts';
import { clientError, refusal } from '../graphql/failures.ts';
import type { Gateway } from '../graphql/prepare.ts';

export type ApolloParts = {
  readonly gateway: Gateway;
  readonly tokensMax: number;
  /** Told of what is a bug: the client only learns the request's id. */
  readonly onBug: (error: unknown, requestId: string) => void;
  /** Told of each operation that was answered. */
  readonly onAnswer: (context: Context, operationName: string | null, codes: readonly string[]) => void;
  readonly plugins: readonly ApolloServerPlugin<Context>[];
};

/** Selections that fragments may unfold to; a fan-out of fragments beyond it is refused before it is looked at. */
const recursiveSelectionsMax = 10_000;
const errorsMax = 5;

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Apollo Server as this gateway needs it: nothing that calls home, no batching, no landing page, and errors of the closed set alone. */
export function createApollo({ gateway, tokensMax, onBug, onAnswer, plugins }: ApolloParts): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: gateway.schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: tokensMax },
    maxRecursiveSelections: recursiveSelectionsMax,
    validationOptions: { maxErrors: errorsMax },
    executionOptions: { maxCoercionErrors: errorsMax },
    logger: silent,
    // The request's id isn't known here: `finish` knows it, and shapes what this keeps.
    formatError: (formatted, error) => keepOriginal(formatted, error),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      operationPlugin({ gateway, onBug, onAnswer }),
      ...plugins,
    ],
  });
}

function operationPlugin({
  gateway,
  onBug,
  onAnswer,
}: Pick<ApolloParts, 'gateway' | 'onBug' | 'onAnswer'>): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ contextValue, document, operation, request }) => {
        if (operation === undefined) return;
        try {
          gateway.prepare(contextValue, { document, operation, variables: request.variables ?? {} });
        } catch (error) {
          throw error instanceof Failure ? refusal(error) : error;
        }
      },
      willSendResponse: async ({ contextValue, response, operationName }) => {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const { requestId } = contextValue;
        const errors = singleResult.errors?.map((error) => finish(error, requestId, (bug) => onBug(bug, requestId)));
        if (errors !== undefined) singleResult.errors = errors;
        onAnswer(
          contextValue,
          operationName ?? null,
          errors?.map(({ extensions }) => String(extensions?.['code'])) ?? [],
        );
      },
    }),
  };
}

const originals = new WeakMap<GraphQLFormattedError, unknown>();

function keepOriginal(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const kept = { ...formatted };
  originals.set(kept, error);
  return kept;
}

function finish(
  formatted: GraphQLFormattedError,
  requestId: string,
  report: (error: unknown) => void,
): GraphQLFormattedError {
  return clientError(formatted, originals.get(formatted), requestId, report);
}
