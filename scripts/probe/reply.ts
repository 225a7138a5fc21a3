import { Failure } from '../../src/errors.ts';
import { readAnswer } from '../../src/kore/answer.ts';
import type { Drift } from '../../src/kore/drift.ts';
import { decodePage } from '../../src/kore/wire.ts';
import type { Row } from '../../src/model/conversation.ts';
import type { Ask } from './ask.ts';

/** A response as it came, or none. */
export type Received = {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Bytes of the body as they were sent. */
  readonly byteCount: number;
  readonly tookMs: number;
  /** Whether it was given up for its size. */
  readonly isTooLarge: boolean;
  /** When the answer was there, by our own clock. */
  readonly atMs: number;
};

/** Why a call got no page. `failed`: no answer, or one that isn't about the question. */
export type Cause =
  | 'rate'
  | 'credential'
  | 'scope'
  | 'stream'
  | 'arguments'
  | 'encrypted'
  | 'not-a-page'
  | 'too-large'
  | 'failed';

export type PageReply = Received & {
  readonly kind: 'page';
  readonly ask: Ask;
  readonly rows: readonly Row[];
  /** The same rows, not decoded. */
  readonly raw: readonly unknown[];
  readonly total: number;
  readonly hasMore: boolean | undefined;
  readonly pageCount: number | undefined;
  /** Keys that an object of this body writes twice. */
  readonly doubleKeyCount: number;
  /** Characters of the longest text in it. */
  readonly textLengthMax: number;
};

export type RefusedReply = Received & {
  readonly kind: 'refused';
  readonly ask: Ask;
  readonly cause: Cause;
  /** Where the words of the refusal stand: `errors[].msg` and its like. */
  readonly envelope: string;
  readonly code: number | null;
  /** A published sentence, or null: words that nobody published may say anything, and are not repeated. */
  readonly sentence: string | null;
};

export type Reply = PageReply | RefusedReply;

/** Reads one response by the rules of the gateway itself; what its decoder stumbles over is counted in `drift`. */
export function readReply(ask: Ask, received: Received, drift: Drift): Reply {
  const { status, text, headers, atMs } = received;
  if (status === null) return refused(ask, received, received.isTooLarge ? 'too-large' : 'failed');
  const reading = readAnswer({ status, retryAfter: headers['retry-after'], bodyText: text }, atMs);
  if (reading.kind === 'fault') return refused(ask, received, causeOf(reading.fault.failure));
  try {
    const { rows, total, hasMore } = decodePage(reading.body, drift);
    const envelope = new Map(Object.entries(reading.body ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
    const pageCount: unknown = envelope.get('totalpages');
    const raw: unknown = envelope.get('results');
    const { keyCount, textLengthMax } = scan(text);
    return {
      ...received,
      kind: 'page',
      ask,
      rows,
      raw: Array.isArray(raw) ? raw : [],
      total,
      hasMore,
      pageCount: typeof pageCount === 'number' ? pageCount : undefined,
      doubleKeyCount: keyCount - keysOf(reading.body),
      textLengthMax,
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return refused(ask, received, error.reason === 'ENCRYPTED' ? 'encrypted' : 'not-a-page');
  }
}

function causeOf({ code, reason }: Failure): Cause {
  switch (code) {
    case 'UPSTREAM_BUDGET_EXHAUSTED':
      return 'rate';
    case 'UPSTREAM_AUTH':
      return 'credential';
    case 'UPSTREAM_FORBIDDEN':
      return 'scope';
    case 'UPSTREAM_NOT_FOUND':
      return 'stream';
    default:
      return reason === 'REJECTED' ? 'arguments' : 'failed';
  }
}

/** The published sentences (contract 3.3, 3.4, 4.2). */
const sentences = [
  "You've exceeded the per-minute rate limit",
  'Rate limit for this API has been reached',
  'Invalid SDK credentials',
  'Invalid JWT token',
  'Permission denied. Scope is incorrect!',
  'Invalid StreamId',
  'Invalid values in the body',
  'Method Not Allowed',
  'Validation errors/ Invalid arguments',
  'error verifying the jwt: possibly a replay',
  'must be <= 1 hour(s)',
];

function refused(ask: Ask, received: Received, cause: Cause): RefusedReply {
  const sentence = sentences.find((each) => received.text.includes(JSON.stringify(each).slice(1, -1))) ?? null;
  return { ...received, kind: 'refused', ask, cause, ...envelopeOf(received.text), sentence };
}

function envelopeOf(text: string): { readonly envelope: string; readonly code: number | null } {
  if (text.trim() === '') return { envelope: 'an empty body', code: null };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { envelope: /^\s*</.test(text) ? 'an HTML page' : 'plain text', code: null };
  }
  if (typeof body !== 'object' || body === null) return { envelope: 'a bare JSON value', code: null };
  const top = new Map<string, unknown>(Object.entries(body));
  const errors = top.get('errors');
  const inner: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const isNested = typeof inner === 'object' && inner !== null;
  const fields = isNested ? new Map<string, unknown>(Object.entries(inner)) : top;
  const word = ['msg', 'message', 'error'].find((key) => typeof fields.get(key) === 'string');
  const code = fields.get('code');
  return {
    envelope: word === undefined ? 'another JSON object' : `${isNested ? 'errors[].' : ''}${word}`,
    code: typeof code === 'number' ? code : null,
  };
}

/** What a parsed body no longer shows: how many keys its text writes, for a string is a key exactly where a colon follows; and its longest string. */
function scan(text: string): { readonly keyCount: number; readonly textLengthMax: number } {
  let keyCount = 0;
  let textLengthMax = 0;
  for (const [, string = '', colon] of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?/gs)) {
    textLengthMax = Math.max(textLengthMax, string.length);
    if (colon !== undefined) keyCount += 1;
  }
  return { keyCount, textLengthMax };
}

// By a list of what is left to see, for a body may be nested deeper than calls can be.
function keysOf(body: unknown): number {
  const left: unknown[] = [body];
  let count = 0;
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) count += Object.keys(value).length;
    for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) left.push(inner);
  }
  return count;
}
