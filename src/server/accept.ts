import { Failure } from '../errors.ts';
import { Refusal } from './refusal.ts';

const [json, response] = ['application/json', 'application/graphql-response+json'];

/** Refuses a client that takes none of the types that there are, before anything is done for it. */
export function refuseUnacceptable(accept: string | undefined): void {
  const ranges = rangesOf(accept);
  if (ranges.length === 0 || ranges.some((range) => [json, response, 'application/*', '*/*'].includes(range))) return;
  throw new Refusal(
    new Failure('BAD_USER_INPUT', `Answers are ${response} or ${json}, and this client accepts neither`, {
      reason: 'ACCEPT',
    }),
    406,
  );
}

/**
 * Whether a client asks for `application/json` by that name and knows nothing newer. To such a client GraphQL over HTTP has a well-formed request answered with 200 whatever
 * is wrong with its document, so that it isn't taken for an answer of something in between.
 */
function isLegacyClient(accept: string | undefined): boolean {
  const ranges = rangesOf(accept);
  return ranges.includes(json) && !ranges.includes(response);
}

/** Codes of what is wrong with a document or its variables. */
const wellFormedCodes: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** The status of an answer with these codes of errors, as its client expects it. */
export function statusFor(accept: string | undefined, status: number, codes: readonly unknown[]): number {
  return status === 400 && isLegacyClient(accept) && codes.every((code) => wellFormedCodes.has(code)) ? 200 : status;
}

/** The media ranges that are accepted at all. */
function rangesOf(accept = ''): readonly string[] {
  return accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .filter(([range = '', ...parameters]) => range !== '' && !parameters.some((each) => /^q=0(\.0*)?$/.test(each)))
    .map(([range = '']) => range);
}
