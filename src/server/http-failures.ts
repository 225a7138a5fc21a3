import { Failure } from '../errors.ts';

/** What is wrong with a request as HTTP, and the status that says so. */
export type HttpFailure = { readonly status: number; readonly failure: Failure };

const bad = (reason: string, message: string) => new Failure('BAD_USER_INPUT', message, { reason });
const tooLarge = (reason: string, message: string) => new Failure('QUERY_LIMIT_EXCEEDED', message, { reason });

const failures: ReadonlyMap<number, Failure> = new Map([
  [404, bad('PATH', 'There is nothing at this address; GraphQL is at /graphql')],
  [405, bad('METHOD', 'This address takes GET and POST')],
  [408, bad('SLOW_REQUEST', 'The request took too long to arrive')],
  [413, tooLarge('BODY_SIZE', 'The body of the request is too large')],
  [415, bad('CONTENT_TYPE', 'The body of the request must be application/json')],
  [431, tooLarge('HEADER_SIZE', 'The headers of the request are too large')],
  [503, new Failure('SHUTTING_DOWN', 'This gateway is shutting down')],
]);
const unreadable = bad('REQUEST', 'The request could not be read');
const bug = new Failure('INTERNAL_SERVER_ERROR', 'Something went wrong in this gateway');

/** What a refusal of the HTTP layer tells the client, by its status. Its own message may quote the request, so it isn't passed on. */
export function httpFailure(status: number): HttpFailure {
  const failure = failures.get(status);
  if (failure !== undefined) return { status, failure };
  return 400 <= status && status < 500 ? { status, failure: unreadable } : { status: 500, failure: bug };
}
