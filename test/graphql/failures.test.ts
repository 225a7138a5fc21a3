import { GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Failure, type FailureCode, isFailureCode, isRetryable, statusOf } from '../../src/errors.ts';
import { clientError, extensionsOf, refusal } from '../../src/graphql/failures.ts';

const requestId = 'request-1';
const foreign = 'connect ECONNREFUSED 10.0.0.7:443 with token eyJhbGciOiJIUzI1NiJ9';

/** What a client sees of an error that was thrown at a field, and what was reported. */
function told(error: unknown, formatted: Partial<GraphQLFormattedError> = {}) {
  const reported: unknown[] = [];
  const shape = { message: foreign, path: ['conversations'], ...formatted };
  const client = clientError(shape, error, requestId, (each) => reported.push(each));
  return { client, reported };
}

function thrownByResolver(originalError: Error): GraphQLError {
  return new GraphQLError(originalError.message, { path: ['conversations'], originalError });
}

const codes: readonly (readonly [FailureCode, status: number, retryable: boolean])[] = [
  ['BAD_USER_INPUT', 400, false],
  ['BAD_CURSOR', 400, false],
  ['UNAUTHENTICATED', 401, false],
  ['FORBIDDEN', 403, false],
  ['NOT_LOCATED', 404, true],
  ['QUERY_LIMIT_EXCEEDED', 400, false],
  ['COST_LIMIT_EXCEEDED', 400, false],
  ['UPSTREAM_BUDGET_EXHAUSTED', 429, true],
  ['DEADLINE_EXCEEDED', 504, true],
  ['UPSTREAM_TIMEOUT', 504, true],
  ['UPSTREAM_UNAVAILABLE', 503, true],
  ['UPSTREAM_AUTH', 502, false],
  ['UPSTREAM_FORBIDDEN', 502, false],
  ['UPSTREAM_NOT_FOUND', 502, false],
  ['UPSTREAM_BAD_RESPONSE', 502, true],
  ['UPSTREAM_TOO_LARGE', 502, false],
  ['UPSTREAM_INCONSISTENT', 502, true],
  ['OVERLOADED', 503, true],
  ['SHUTTING_DOWN', 503, true],
  ['INTERNAL_SERVER_ERROR', 500, false],
];

describe('a failure', () => {
  test.for(codes)('of code %s has its status and says whether asking again can help', ([code, status, retryable]) => {
    const failure = new Failure(code, 'Ours', { cause: new Error(foreign) });
    const { client, reported } = told(thrownByResolver(failure));
    expect(client).toEqual({ message: 'Ours', path: ['conversations'], extensions: { code, retryable, requestId } });
    expect(reported).toEqual([]);
    expect([isFailureCode(code), isRetryable(code), statusOf(code)]).toEqual([true, retryable, status]);
    expect(refusal(failure).extensions['http']).toEqual({ status });
  });

  test('tells its reason and when to ask again, and nothing of its cause', () => {
    const cause = new Error(foreign);
    const failure = new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'Ours', {
      reason: 'DEADLINE',
      retryAfterSeconds: 7,
      cause,
    });
    const extensions = {
      code: 'UPSTREAM_BUDGET_EXHAUSTED',
      reason: 'DEADLINE',
      retryable: true,
      retryAfterSeconds: 7,
      requestId,
    };
    expect(extensionsOf(failure, requestId)).toEqual(extensions);
    for (const error of [failure, thrownByResolver(failure), refusal(failure)]) {
      const { client } = told(error, { extensions: { stacktrace: [foreign] } });
      expect(client.extensions).toEqual(extensions);
      expect(JSON.stringify(client)).not.toContain(foreign);
    }
    expect(failure.cause).toBe(cause);
  });

  test.for(['', 'GRAPHQL_PARSE_FAILED', 'toString', '__proto__', 'bad_cursor', null, 7])(
    'is of a closed set of codes: not %s',
    (word) => {
      expect(isFailureCode(word)).toBe(false);
    },
  );
});

describe('a bug', () => {
  test.for<[string, unknown]>([
    ['an error', thrownByResolver(new TypeError(foreign))],
    ['an error that nobody wrapped', new Error(foreign)],
    ['a text', foreign],
    ['nothing', undefined],
    [
      'a resolver that passes for the document',
      new GraphQLError(foreign, { path: ['conversations'], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
    ],
  ])('is masked and reported: %s', ([, error]) => {
    const extensions = error instanceof GraphQLError ? error.extensions : {};
    const { client, reported } = told(error, { extensions });
    expect(client).toEqual({
      message: 'Something went wrong in this gateway',
      path: ['conversations'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false, requestId },
    });
    expect(reported).toEqual([error]);
  });
});

describe('an error of the document', () => {
  test.for([
    ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_PARSE_FAILED'],
    ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED'],
    ['BAD_USER_INPUT', 'BAD_USER_INPUT'],
    ['BAD_REQUEST', 'BAD_USER_INPUT'],
    ['OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT'],
    ['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_FOUND'],
  ] as const)('of code %s is told as %s, with where it is', ([code, known]) => {
    const locations = [{ line: 1, column: 3 }];
    const extensions = { code, stacktrace: ['at secret.ts'] };
    const { client, reported } = told(new GraphQLError('Yours'), { message: 'Yours', locations, extensions });
    expect(client).toEqual({
      message: 'Yours',
      locations,
      path: ['conversations'],
      extensions: { code: known, retryable: false, requestId },
    });
    expect(reported).toEqual([]);
  });

  test.for<[sentence: string, code: string, reason: string | undefined]>([
    ['Syntax Error: Document contains more that 2000 tokens. Parsing aborted.', 'QUERY_LIMIT_EXCEEDED', 'TOKENS'],
    ['Anonymous operation recursively requests too many selections.', 'QUERY_LIMIT_EXCEEDED', 'SELECTIONS'],
    ['Operation "Deep_1" recursively requests too many selections.', 'QUERY_LIMIT_EXCEEDED', 'SELECTIONS'],
    ['Maximum introspection depth exceeded', 'QUERY_LIMIT_EXCEEDED', 'SELECTIONS'],
    ['Validation aborted.', 'QUERY_LIMIT_EXCEEDED', 'SELECTIONS'],
    ['Too many validation errors, error limit reached. Validation aborted.', 'GRAPHQL_VALIDATION_FAILED', undefined],
    ['Got "Document contains more that 1 tokens."', 'GRAPHQL_VALIDATION_FAILED', undefined],
    ['Got "a recursively requests too many selections."', 'GRAPHQL_VALIDATION_FAILED', undefined],
    ['Got "Maximum introspection depth exceeded"', 'GRAPHQL_VALIDATION_FAILED', undefined],
  ])('is a limit by its whole sentence, never by words that it quotes: %s', ([message, code, reason]) => {
    const { client } = told(new GraphQLError(message), { message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect([client.extensions?.['code'], client.extensions?.['reason']]).toEqual([code, reason]);
  });

  test.for<[title: string, error: GraphQLError, extensions: object]>([
    ['the document', new GraphQLError('No'), { code: 'GRAPHQL_VALIDATION_FAILED' }],
    ['a scalar', new GraphQLError('No'), { code: 'BAD_USER_INPUT', reason: 'DATE_TIME' }],
    ['an argument', new GraphQLError('Argument "first" is bad'), { code: 'INTERNAL_SERVER_ERROR' }],
  ])('names nothing of the schema that is like what was written: %s', ([, error, extensions]) => {
    const message = 'Field "agentId" is not there. Did you mean "agentIds" or\n"agents"?';
    expect(told(error, { message, extensions: { ...extensions } }).client.message).toBe(
      'Field "agentId" is not there.',
    );
  });

  test('that a scalar found is bad input with its reason', () => {
    const error = new GraphQLError('DateTime must be so', {
      nodes: parse('{ a }'),
      extensions: { reason: 'DATE_TIME' },
    });
    const { client, reported } = told(error, {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', reason: 'DATE_TIME' },
    });
    expect(client.extensions).toEqual({ code: 'BAD_USER_INPUT', reason: 'DATE_TIME', retryable: false, requestId });
    expect(reported).toEqual([]);
  });
});
