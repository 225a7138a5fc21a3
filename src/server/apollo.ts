import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError } from 'graphql';
import { Failure } from '../errors.ts';
import { stringifyAnswer } from '../graphql/answer-bytes.ts';
import { mayInspect } from '../graphql/asking/access.ts';
import type { Context } from '../graphql/context.ts';
import { clientError, refusal } from '../graphql/failures.ts';
import type { Operations } from '../graphql/operations.ts';
import { emptyPlan } from '../graphql/plan.ts';
import { traceOf } from '../graphql/trace.ts';
import { statusFor } from './accept.ts';
import { refuseDisclosure } from './disclosure.ts';
import { executionBy } from './execution.ts';
import { routerTraces } from './router.ts';

export type ApolloParts = {
  readonly operations: Operations;
  readonly tokensMax: number;
  /** Told of what is a bug: the client only learns the request's id. */
  readonly onBug: (error: unknown, requestId: string) => void;
  /** Told of each operation that was answered. */
  readonly onAnswer: (context: Context, operationName: string | null, codes: readonly string[]) => void;
};

/** Selections that fragments may unfold to; a fan-out of fragments beyond it is refused before it is looked at. */
const recursiveSelectionsMax = 10_000;
const errorsMax = 5;

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Apollo Server as this gateway needs it: nothing that calls home, no batching, no landing page, and errors of the closed set alone. */
export function createApollo({ operations, tokensMax, onBug, onAnswer }: ApolloParts): ApolloServer<Context> {
  const originals = new WeakMap<object, unknown>();
  return new ApolloServer<Context>({
    gateway: executionBy(operations, errorsMax),
    introspection: true,
    // Judged before (intake.ts), for a GET of whoever is no browser is welcome.
    csrfPrevention: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stringifyResult: stringifyAnswer,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: tokensMax },
    maxRecursiveSelections: recursiveSelectionsMax,
    validationOptions: { maxErrors: errorsMax },
    logger: silent,
    // The request's id isn't known here: the plugin knows it, and shapes what this keeps.
    formatError: (formatted, error) => {
      const kept = { ...formatted };
      originals.set(kept, error);
      return kept;
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      routerTraces(),
      operationPlugin({ operations, onBug, onAnswer }, originals),
    ],
  });
}

function operationPlugin(
  { operations, onBug, onAnswer }: Pick<ApolloParts, 'operations' | 'onBug' | 'onAnswer'>,
  originals: WeakMap<object, unknown>,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ contextValue, document, operation, request }) => {
        if (operation === undefined) return;
        // Before anything is read: hooks of other plugins would run beside this one.
        refuseDisclosure(document, contextValue);
        if (operation.operation !== 'query')
          throw refusal(new Failure('BAD_USER_INPUT', 'This gateway only answers queries', { reason: 'OPERATION' }));
        try {
          operations.prepare(contextValue, { document, operation, variables: request.variables ?? {} });
        } catch (error) {
          throw error instanceof Failure ? refusal(error) : error;
        }
      },
      responseForOperation: async ({ contextValue }) =>
        contextValue.plan === null ? null : await plannedResponse(contextValue.plan, originals),
      willSendResponse: async ({ contextValue, request, response, operationName }) => {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const { requestId } = contextValue;
        const refused = contextValue.prepared?.meter.failure() ?? null;
        if (refused !== null) {
          singleResult.data = null;
          singleResult.errors = [refusedError(refused, originals)];
        }
        const errors = singleResult.errors?.map((error) =>
          clientError(error, originals.get(error), requestId, (bug) => onBug(bug, requestId)),
        );
        if (errors !== undefined) singleResult.errors = errors;
        const codes = errors?.map(({ extensions }) => String(extensions?.['code'])) ?? [];
        if (codes.length > 0)
          response.http.status = statusFor(request.http?.headers.get('accept'), response.http.status ?? 200, codes);
        if (contextValue.isPlanned && errors === undefined && contextValue.plan === null) {
          singleResult.data = null;
          singleResult.extensions = { ...singleResult.extensions, upstream: { plan: emptyPlan } };
        }
        const hiddenFields = contextValue.prepared?.hiddenFields ?? [];
        if (hiddenFields.length > 0) singleResult.extensions = { ...singleResult.extensions, hiddenFields };
        if (contextValue.isTraced && mayInspect(contextValue.caller))
          singleResult.extensions = { ...singleResult.extensions, upstream: traceOf(contextValue) };
        onAnswer(contextValue, operationName ?? null, codes);
      },
    }),
  };
}

/** The answer to an operation that is only planned: its plan, and what would be refused of it, in the words of a refusal. */
async function plannedResponse(
  plan: NonNullable<Context['plan']>,
  originals: WeakMap<object, unknown>,
): Promise<GraphQLResponse> {
  const singleResult = await plan().then(
    ({ plan: planned, refusals }) => ({
      data: null,
      ...(refusals.length === 0
        ? {}
        : { errors: refusals.map((error) => keptError(error.toJSON(), error, originals)) }),
      extensions: { upstream: { plan: planned } },
    }),
    (error: unknown) => ({ data: null, errors: [keptError({ message: '' }, error, originals)] }),
  );
  return { http: { status: 200, headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
}

/** An operation that turned out to ask for too much is refused whole: what was answered of it till then depends on chance. */
function refusedError(failure: Failure, originals: WeakMap<object, unknown>): GraphQLFormattedError {
  return keptError({ message: failure.message }, failure, originals);
}

function keptError(
  formatted: GraphQLFormattedError,
  error: unknown,
  originals: WeakMap<object, unknown>,
): GraphQLFormattedError {
  originals.set(formatted, error);
  return formatted;
}
