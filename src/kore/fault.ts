import { Failure, type FailureOptions } from '../errors.ts';

/** What went wrong with one attempt, and whether another attempt can help. */
export type Fault = {
  readonly failure: Failure;
  /** `always`: as often as the rule allows; `once`: one more attempt; `fresh-token`: one more, with a new credential; `never`. */
  readonly retry: 'always' | 'once' | 'fresh-token' | 'never';
  /** What the upstream asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The upstream refused for its rate, in whatever form: the gate closes. */
  readonly isRefusal?: boolean;
};

/** The vendor's sentences for a refusal for its rate, old and new; status and envelope of it are published nowhere. Contract section 3.3. */
const rateSentence =
  /(exceeded the per-minute rate limit|rate limit for this api has been reached|wait for sometime before retrying)/i;

const texts = {
  UPSTREAM_BUDGET_EXHAUSTED: 'The upstream refuses further calls for now',
  UPSTREAM_AUTH: 'The upstream does not accept the credential of this gateway',
  UPSTREAM_FORBIDDEN: 'The credential of this gateway may not read scores',
  UPSTREAM_NOT_FOUND: 'The upstream does not know the stream of this gateway',
  UPSTREAM_UNAVAILABLE: 'The upstream is not available',
  UPSTREAM_TIMEOUT: 'The upstream did not answer in time',
  UPSTREAM_TOO_LARGE: 'The upstream answered with more than this gateway takes',
  UPSTREAM_BAD_RESPONSE: 'The upstream answered with something that is no page of results',
} as const;

type FaultCode = keyof typeof texts;

export function fault(
  code: FaultCode,
  retry: Fault['retry'],
  options: FailureOptions = {},
  more: Partial<Fault> = {},
): Fault {
  return { failure: new Failure(code, texts[code], options), retry, ...more };
}

/**
 * What an answer that is no page means: by status, by the vendor's sentences, by the error envelope's numbers. Nothing of the body is kept.
 * `words` is what the body says (see `wordsOf`), `retryAfter` the header of that name.
 */
export function faultOfAnswer(status: number, words: string, retryAfter: string | undefined, nowMs: number): Fault {
  if (status === 429 || rateSentence.test(words)) {
    const retryAfterMs = parseRetryAfter(retryAfter, nowMs);
    const waited = retryAfterMs === undefined ? {} : { retryAfterMs };
    return fault('UPSTREAM_BUDGET_EXHAUSTED', 'always', {}, { isRefusal: true, ...waited });
  }
  if (/scope is incorrect|permission denied/i.test(words))
    return fault('UPSTREAM_FORBIDDEN', 'never', { reason: 'SCOPE' });
  if (/invalid streamid/i.test(words) || status === 404)
    return fault('UPSTREAM_NOT_FOUND', 'never', { reason: 'STREAM' });
  if (status === 401 || /invalid (sdk credentials|jwt token)|error verifying the jwt/i.test(words)) {
    return fault('UPSTREAM_AUTH', 'fresh-token');
  }
  if (status === 403) return fault('UPSTREAM_FORBIDDEN', 'never');
  if (status === 502 || status === 503 || status === 504) {
    const retryAfterMs = parseRetryAfter(retryAfter, nowMs);
    return fault('UPSTREAM_UNAVAILABLE', 'always', {}, retryAfterMs === undefined ? {} : { retryAfterMs });
  }
  if (500 <= status) return fault('UPSTREAM_UNAVAILABLE', 'once');
  if (status === 200 && words === '') return fault('UPSTREAM_BAD_RESPONSE', 'once', { reason: 'EMPTY' });
  return fault('UPSTREAM_BAD_RESPONSE', 'never', { reason: 400 <= status ? 'REJECTED' : 'NOT_A_PAGE' });
}

const wordsLengthMax = 2_000;

/** What an error body says, for matching only: the vendor's `errors[].msg`, `errors[].message`, a top-level word, or plain text. */
export function wordsOf(body: unknown, bodyText: string): string {
  if (typeof body !== 'object' || body === null) return bodyText.slice(0, wordsLengthMax);
  const { errors, message, error, msg } = body as { readonly [key: string]: unknown };
  const first: unknown = Array.isArray(errors) ? errors[0] : error;
  const inner = typeof first === 'object' && first !== null ? Object.values(first) : [first];
  const words = [...inner, message, msg].filter((word) => typeof word === 'string').join(' ');
  return words.slice(0, wordsLengthMax);
}

const retryAfterMsMin = 1_000;
const retryAfterMsMax = 120_000;

/** Seconds or a date, held between one second and two minutes; anything else says nothing. RFC 9110, section 10.2.3. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  if (Number.isNaN(ms) || ms <= 0) return undefined;
  return Math.min(Math.max(ms, retryAfterMsMin), retryAfterMsMax);
}

const alwaysRetried = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);
const timeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const tooLarge = new Set(['UND_ERR_RES_EXCEEDED_MAX_SIZE']);
const malformed = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'HTTPParserError']);

/** What an error of the transport means. Its text stays in the cause, which only the log sees. */
export function faultOfError(error: unknown): Fault {
  const { code, name } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, name: '' };
  const label = code ?? name;
  if (tooLarge.has(label)) return fault('UPSTREAM_TOO_LARGE', 'never', { cause: error });
  if (timeouts.has(label))
    return fault('UPSTREAM_TIMEOUT', alwaysRetried.has(label) ? 'always' : 'once', { cause: error });
  if (alwaysRetried.has(label)) return fault('UPSTREAM_UNAVAILABLE', 'always', { cause: error });
  if (malformed.has(label) || label.startsWith('HPE_') || label.startsWith('Z_')) {
    return fault('UPSTREAM_BAD_RESPONSE', 'once', { cause: error, reason: 'BROKEN_TRANSFER' });
  }
  return fault('UPSTREAM_UNAVAILABLE', 'never', { cause: error });
}
