import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ClientGone, Failure, isFailureCode, isRetryable, statusOf } from '../errors.ts';
import { scalarReasons } from './resolvers/scalars.ts';

/** What a client is told of an error, and nothing else: the closed set of codes, and their fields. */
export type ErrorExtensions = {
  readonly code: string;
  readonly reason?: string;
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number;
  readonly requestId: string;
};

/** Codes of GraphQL itself: their messages speak of the document and the variables, which the client wrote. */
const documentCodes: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** graphql-js and Apollo tell a document that is too large by sentences alone. Whole ones: a message that quotes what the client wrote may hold any part of them. */
const limits: readonly { readonly sentence: RegExp; readonly reason: string; readonly words?: string }[] = [
  { sentence: /^Syntax Error: Document contains more tha[nt] \d+ tokens\. Parsing aborted\.$/, reason: 'TOKENS' },
  {
    sentence: /^(Anonymous operation|Operation "\w+") recursively requests too many selections\.$/,
    reason: 'SELECTIONS',
  },
  { sentence: /^Maximum introspection depth exceeded$/, reason: 'SELECTIONS' },
  {
    sentence: /^Validation aborted\.$/,
    reason: 'SELECTIONS',
    words: 'Too many fields of one name are selected to see whether they agree',
  },
];

/** A failure as an error that refuses the whole request, with its HTTP status. */
export function refusal(failure: Failure): GraphQLError {
  return new GraphQLError(failure.message, {
    originalError: failure,
    extensions: { http: { status: statusOf(failure.code) } },
  });
}

/**
 * Shapes an error for the client. A Failure tells what it is; an error of the document or the variables too; whatever else was thrown is a
 * bug, is given to `report`, and is told as INTERNAL_SERVER_ERROR with the request's id.
 */
export function clientError(
  formatted: GraphQLFormattedError,
  error: unknown,
  requestId: string,
  report: (error: unknown) => void,
): GraphQLFormattedError {
  const failure = failureOf(error);
  if (failure !== undefined) return shaped(formatted, failure.message, extensionsOf(failure, requestId));
  const { message, extensions: { code, reason } = {} } = formatted;
  const told = (words: string, known: string, why?: string) =>
    shaped(formatted, withoutSuggestions(words), {
      code: known,
      ...(why === undefined ? {} : { reason: why }),
      retryable: false,
      requestId,
    });
  if (scalarReasons.has(reason)) return told(message, 'BAD_USER_INPUT', String(reason));
  const limit = limits.find(({ sentence }) => sentence.test(message));
  if (documentCodes.has(code) && limit !== undefined)
    return told(limit.words ?? message, 'QUERY_LIMIT_EXCEEDED', limit.reason);
  if (documentCodes.has(code) && !isThrownByResolver(error)) {
    const known = code === 'OPERATION_RESOLUTION_FAILURE' || code === 'BAD_REQUEST' ? 'BAD_USER_INPUT' : String(code);
    return told(message, known);
  }
  if (isOneTooMany(error)) return told('There is more that is wrong with the variables', 'BAD_USER_INPUT');
  if (isUnusable(error)) return told(message, 'BAD_USER_INPUT', 'ARGUMENT');
  if (!(originalOf(error) instanceof ClientGone)) report(error);
  return told('Something went wrong in this gateway', 'INTERNAL_SERVER_ERROR');
}

/** graphql-js ends a message with names of the schema that are like the one that was given; who may not ask for the schema would learn it word by word. */
function withoutSuggestions(message: string): string {
  return message.replace(/ Did you mean [\s\S]*$/, '');
}

/** What a client is told of a failure. */
export function extensionsOf({ code, reason, retryAfterSeconds }: Failure, requestId: string): ErrorExtensions {
  return {
    code,
    ...(reason === undefined ? {} : { reason }),
    retryable: isRetryable(code),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    requestId,
  };
}

function shaped(
  { locations, path }: GraphQLFormattedError,
  message: string,
  extensions: ErrorExtensions,
): GraphQLFormattedError {
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions,
  };
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  return error instanceof GraphQLError && error.originalError instanceof Failure ? error.originalError : undefined;
}

function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? error.originalError : error;
}

/** graphql-js refuses, while it executes, an argument of a field or a directive that a variable has made null. */
function isUnusable(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || !error.message.startsWith('Argument "')) return false;
  return error.originalError === undefined || error.originalError instanceof GraphQLError;
}

/** graphql-js ends the errors of variables with a sentence that has neither a code nor a place. */
function isOneTooMany(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError !== undefined || error.path !== undefined) return false;
  return error.message.startsWith('Too many errors processing variables');
}

function isThrownByResolver(error: unknown): boolean {
  return error instanceof GraphQLError && error.path !== undefined && !isFailureCode(error.extensions['code']);
}
