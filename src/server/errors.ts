import { type Failure, type FailureCode, isRetryable } from '../errors.ts';

/** The body of an answer that never reached GraphQL: shaped like GraphQL's, so that a client has one way to read errors. */
export function errorBody(code: FailureCode, message: string, requestId: string, reason?: string): string {
  return bodyOf({ code, message, reason, retryAfterSeconds: undefined }, requestId);
}

/** The same of a failure that this gateway has found before GraphQL was reached. */
export function bodyOf(
  { code, message, reason, retryAfterSeconds }: Pick<Failure, 'code' | 'message' | 'reason' | 'retryAfterSeconds'>,
  requestId: string,
): string {
  const extensions = { code, reason, retryable: isRetryable(code), retryAfterSeconds, requestId };
  return JSON.stringify({ errors: [{ message, extensions }] });
}

/** What a refusal of the HTTP layer tells the client. Its own message may quote the request, so it isn't passed on. */
export function refusalOf(status: number): {
  readonly status: number;
  readonly code: FailureCode;
  readonly message: string;
  readonly reason?: string;
} {
  switch (status) {
    case 404:
      return {
        status,
        code: 'BAD_USER_INPUT',
        message: 'There is nothing at this address; GraphQL is at /graphql',
        reason: 'PATH',
      };
    case 405:
      return { status, code: 'BAD_USER_INPUT', message: 'This address takes GET and POST', reason: 'METHOD' };
    case 408:
      return { status, code: 'BAD_USER_INPUT', message: 'The request took too long to arrive', reason: 'SLOW_REQUEST' };
    case 413:
      return {
        status,
        code: 'QUERY_LIMIT_EXCEEDED',
        message: 'The body of the request is too large',
        reason: 'BODY_SIZE',
      };
    case 415:
      return {
        status,
        code: 'BAD_USER_INPUT',
        message: 'The body of the request must be application/json',
        reason: 'CONTENT_TYPE',
      };
    case 431:
      return {
        status,
        code: 'QUERY_LIMIT_EXCEEDED',
        message: 'The headers of the request are too large',
        reason: 'HEADER_SIZE',
      };
    case 503:
      return { status, code: 'SHUTTING_DOWN', message: 'This gateway is shutting down' };
    default:
      return 400 <= status && status < 500
        ? { status, code: 'BAD_USER_INPUT', message: 'The request could not be read', reason: 'REQUEST' }
        : { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong in this gateway' };
  }
}

type ForeignBody = {
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly requestId?: string } }[];
};

/**
 * Shapes what Apollo refuses before it has an operation (a batch, a request that a page of another site could send): its messages are fixed
 * texts, its codes are none of ours. A body that already is in shape stays as it is.
 */
export function shapedRefusal(body: string, status: number, requestId: string): string {
  const { errors = [] } = JSON.parse(body) as ForeignBody;
  const [first] = errors;
  if (first === undefined || first.extensions?.requestId !== undefined) return body;
  // A bug of this gateway's own: nothing that was thrown is told.
  if (500 <= status) return errorBody('INTERNAL_SERVER_ERROR', refusalOf(500).message, requestId);
  return errorBody('BAD_USER_INPUT', first.message, requestId, refusalOf(status).reason);
}
