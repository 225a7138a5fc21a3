import { Failure } from '../errors.ts';
import { Refusal } from './refusal.ts';

const [json, response] = ['application/json', 'application/graphql-response+json'];

/** Refuses a client that takes none of the types that there are, before anything is done for it. Who says nothing takes any. */
export function refuseUnacceptable(accept: string | undefined): void {
  const ranges = rangesOf(accept);
  if (ranges === null || [json, response].some((type) => 0 < qualityOf(type, ranges))) return;
  throw new Refusal(
    new Failure('BAD_USER_INPUT', `Answers are ${response} or ${json}, and this client accepts neither`, {
      reason: 'ACCEPT',
    }),
    406,
  );
}

/**
 * The same wishes without what isn't understood here, for Apollo, which looks at them after the operation has run: what was let through must not fail then for a parameter or for
 * how a quality is written. Undefined where the client says nothing.
 */
export function plainAccept(accept: string | undefined): string | undefined {
  const ranges = [...(rangesOf(accept) ?? [])];
  return ranges.length === 0 ? undefined : ranges.map(([range, quality]) => `${range};q=${quality}`).join(', ');
}

/**
 * Whether a client asks for `application/json` by that name and knows nothing newer. To such a client GraphQL over HTTP has a well-formed request answered with 200 whatever
 * is wrong with its document, so that it isn't taken for an answer of something in between.
 */
function isLegacyClient(accept: string | undefined): boolean {
  const ranges = rangesOf(accept);
  return 0 < (ranges?.get(json) ?? 0) && 0 === (ranges?.get(response) ?? 0);
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

/** Ranges that hold a type of ours. */
const known: ReadonlySet<string> = new Set([json, response, 'application/*', '*/*']);

/** Those of them that a client names, in its order, with the best quality that it gives each; null where it names no range at all. Parameters of a type count for nothing. */
function rangesOf(accept = ''): ReadonlyMap<string, number> | null {
  const named = accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .filter(([range]) => range !== '');
  if (named.length === 0) return null;
  const ranges = new Map<string, number>();
  for (const [range = '', ...parameters] of named) {
    if (known.has(range)) ranges.set(range, Math.max(ranges.get(range) ?? 0, qualityIn(parameters)));
  }
  return ranges;
}

/** From 0, never, to 1; what can't be read is as if it weren't there. */
function qualityIn(parameters: readonly string[]): number {
  const given = parameters.find((each) => /^q\s*=/.test(each))?.replace(/^q\s*=[\s"]*/, '') ?? '';
  const quality = Number.parseFloat(given);
  return Number.isNaN(quality) ? 1 : Math.min(1, Math.max(0, quality));
}

/** The narrowest range that holds a type says how much it is wanted. */
function qualityOf(type: string, ranges: ReadonlyMap<string, number>): number {
  return ranges.get(type) ?? ranges.get('application/*') ?? ranges.get('*/*') ?? 0;
}
