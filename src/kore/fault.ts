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

const texts = {
  UPSTREAM_BUDGET_EXHAUSTED: 'The upstream refuses further calls for now',
  UPSTREAM_AUTH: 'The upstream does not accept the credential of this gateway',
  UPSTREAM_FORBIDDEN: 'The credential of this gateway may not read scores',
  UPSTREAM_NOT_FOUND: 'The upstream does not know the stream of this gateway',
  UPSTREAM_UNAVAILABLE: 'The upstream is not available',
  UPSTREAM_TIMEOUT: 'The upstream did not answer in time',
  UPSTREAM_TOO_LARGE: 'The upstream answered with more than this gateway takes',
  UPSTREAM_BAD_RESPONSE: 'The upstream answered with something that is no page of results',
  DEADLINE_EXCEEDED: 'The operation took longer than it may',
  SHUTTING_DOWN: 'This gateway is shutting down',
} as const;

type FaultCode = keyof typeof texts;

/** A fault of a code, with the text that clients are told. */
export function fault(
  code: FaultCode,
  retry: Fault['retry'],
  options: FailureOptions = {},
  more: Partial<Fault> = {},
): Fault {
  return { failure: new Failure(code, texts[code], options), retry, ...more };
}

const retryAfterMsMin = 1_000;
const retryAfterMsMax = 120_000;

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** An instant as HTTP writes it, in milliseconds since 1970; anything else says nothing. RFC 9110, section 5.6.7. */
export function parseHttpDate(value: string | undefined): number | undefined {
  const instantMs = httpDate.test(value ?? '') ? Date.parse(value ?? '') : Number.NaN;
  return Number.isNaN(instantMs) ? undefined : instantMs;
}

/** Seconds or a date, held between one second and two minutes; anything else says nothing. RFC 9110, section 10.2.3. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : (parseHttpDate(text) ?? Number.NaN) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, retryAfterMsMin), retryAfterMsMax);
}

const alwaysRetried = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_INFO',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);
const timeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const ended = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);
/** What undici and the decompressors call a transfer that isn't HTTP, or isn't what its own headers say. */
const malformed =
  /^(UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HTTPParserError|HPE_|Z_|ZSTD_|ERR_BROTLI|ERR__ERROR_)/;

/** What an error of the transport means. Its text stays in the cause, of which the log shows the code. */
export function faultOfError(error: unknown): Fault {
  if (error instanceof Failure) return { failure: error, retry: 'never' };
  const { code, name } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, name: '' };
  const label = code ?? name;
  if (label === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return fault('UPSTREAM_TOO_LARGE', 'never', { cause: error });
  if (timeouts.has(label))
    return fault('UPSTREAM_TIMEOUT', alwaysRetried.has(label) ? 'always' : 'once', { cause: error });
  if (alwaysRetried.has(label)) return fault('UPSTREAM_UNAVAILABLE', 'always', { cause: error });
  if (ended.has(label)) return fault('SHUTTING_DOWN', 'never', { cause: error });
  // An error without a code is undici's refusal of what a response claims about itself, such as too many encodings.
  if (malformed.test(label) || label === 'Error') {
    return fault('UPSTREAM_BAD_RESPONSE', 'once', { cause: error, reason: 'BROKEN_TRANSFER' });
  }
  return fault('UPSTREAM_UNAVAILABLE', 'never', { cause: error });
}
