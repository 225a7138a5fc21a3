import { type Fault, fault, parseRetryAfter } from './fault.ts';
import { parsed } from './json-text.ts';
import { isObject } from './values.ts';
import { isPage } from './wire.ts';

/** A response whose body is text. */
export type Answer = { readonly status: number; readonly retryAfter: string | undefined; readonly bodyText: string };

/** What an answer is: a body to decode, or what went wrong. */
export type Reading =
  | { readonly kind: 'page'; readonly body: unknown }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** The vendor's sentences for a refusal for its rate, old and new; status and envelope of it are published nowhere. Contract section 3.3. */
const rateSentence =
  /(exceeded the per-minute rate limit|rate limit for this api has been reached|wait for sometime before retrying)/i;

/**
 * Tells a page from everything else: by status, by the vendor's sentences, by the error envelope's number (contract section 3.4). Nothing of
 * a body that is no page is kept.
 */
export function readAnswer(answer: Answer, nowMs: number): Reading {
  const { status, bodyText } = answer;
  const body = parsed(bodyText); // What is no JSON is judged by its words and its status.
  const said = saidBy(body, bodyText);
  if (status === 429 || said.code === 429 || rateSentence.test(said.words)) {
    return { kind: 'fault', fault: refusal(parseRetryAfter(answer.retryAfter, nowMs)) };
  }
  // An object that names no error may be an encrypted envelope or a page without its list: decoding says which.
  const isSilent = isObject(body) && said.words === '' && said.code === undefined;
  if (status === 200 && (isPage(body) || isSilent)) return { kind: 'page', body };
  return { kind: 'fault', fault: faultOf(answer, said, body === undefined && looksCut(bodyText), nowMs) };
}

function refusal(retryAfterMs: number | undefined): Fault {
  const waited = retryAfterMs === undefined ? {} : { retryAfterMs };
  return fault('UPSTREAM_BUDGET_EXHAUSTED', 'always', { reason: 'REFUSED' }, { isRefusal: true, ...waited });
}

function faultOf({ status, retryAfter, bodyText }: Answer, said: Said, isCut: boolean, nowMs: number): Fault {
  const isSuccess = 200 <= status && status < 300;
  if (isSuccess && isCut) return fault('UPSTREAM_BAD_RESPONSE', 'once', { reason: 'TRUNCATED' });
  if (isSuccess && bodyText.trim() === '') return fault('UPSTREAM_BAD_RESPONSE', 'once', { reason: 'EMPTY' });
  const meant = faultOfWords(said.words) ?? faultOfStatus(status) ?? (status < 500 ? faultOfStatus(said.code) : null);
  if (meant !== null) return meant;
  if (status === 502 || status === 503 || status === 504) {
    const retryAfterMs = parseRetryAfter(retryAfter, nowMs);
    return fault('UPSTREAM_UNAVAILABLE', 'always', {}, retryAfterMs === undefined ? {} : { retryAfterMs });
  }
  if (500 <= status) return fault('UPSTREAM_UNAVAILABLE', 'once');
  const isRejected = 400 <= status || said.code !== undefined || said.isError;
  const isServersOwn = status === 200 && 500 <= (said.code ?? 0) && (said.code ?? 0) < 600;
  return fault('UPSTREAM_BAD_RESPONSE', isServersOwn ? 'once' : 'never', {
    reason: isRejected ? 'REJECTED' : 'NOT_A_PAGE',
  });
}

/** The platform's sentences, which come under several statuses. */
function faultOfWords(words: string): Fault | null {
  if (/scope is incorrect|permission denied/i.test(words))
    return fault('UPSTREAM_FORBIDDEN', 'never', { reason: 'SCOPE' });
  if (/invalid streamid/i.test(words)) return fault('UPSTREAM_NOT_FOUND', 'never', { reason: 'STREAM' });
  if (/invalid (sdk credentials|jwt token)|error verifying the jwt|"?jti"? claim/i.test(words))
    return fault('UPSTREAM_AUTH', 'fresh-token');
  if (/invalid values in the body|validation errors/i.test(words))
    return fault('UPSTREAM_BAD_RESPONSE', 'never', { reason: 'REJECTED' });
  return null;
}

/** A status, or the number of an error envelope in a 200; 4002 is the platform's own for a bad credential. */
function faultOfStatus(status: number | undefined): Fault | null {
  switch (status) {
    case 401:
    case 4002:
      return fault('UPSTREAM_AUTH', 'fresh-token');
    case 403:
      return fault('UPSTREAM_FORBIDDEN', 'never');
    case 404:
      return fault('UPSTREAM_NOT_FOUND', 'never', { reason: 'STREAM' });
    default:
      return null;
  }
}

type Said = { readonly words: string; readonly code: number | undefined; readonly isError: boolean };

const wordsLengthMax = 65_536;
const errorsMax = 10;

/** What an error body says, for matching only: the vendor's `errors[].msg`, `errors[].message`, a top-level word, or plain text. */
function saidBy(body: unknown, bodyText: string): Said {
  if (!isObject(body)) return { words: bodyText.slice(0, wordsLengthMax), code: undefined, isError: false };
  const { errors, error, message, msg, code } = body;
  const told = [...(Array.isArray(errors) ? errors.slice(0, errorsMax) : [errors]), error];
  const inner = told.flatMap((each) => (isObject(each) ? Object.values(each) : [each]));
  const words = [...inner, message, msg].filter((word) => typeof word === 'string').join(' ');
  const codes = [...told.map((each) => (isObject(each) ? each['code'] : undefined)), code];
  return {
    words: words.slice(0, wordsLengthMax),
    code: codes.map(Number).find((number) => 400 <= number),
    isError: told.some((each) => each !== undefined && each !== null),
  };
}

/** A body that begins as JSON and can't be parsed was cut off on its way, or was never finished. */
function looksCut(text: string): boolean {
  return /^\s*[{[]/.test(text);
}
