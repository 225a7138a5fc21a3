import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure } from '../errors.ts';
import { Refusal } from './refusal.ts';
import { type JsonFault, parseStrictJson } from './strict-json.ts';

/** Bytes that are no UTF-8 are an error, and a byte order mark is a character like others: no JSON begins with it. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Takes bodies of JSON, and of nothing else. */
export function takeJson(app: FastifyInstance, depthMax: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    try {
      done(null, jsonOf(textOf(body), depthMax, 'body'));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** Refuses by its headers alone what can't be a request's body, before any of it is read. */
export function refuseForeignBody({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): void {
  const type = headers['content-type'];
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw foreign('The body of the request must not be compressed', 'CONTENT_ENCODING');
  // A GET has no body; one that says otherwise could be sent by a page of another site.
  if (method !== 'POST' && type === undefined) return;
  if (!isJson(type ?? '')) throw foreign('The body of the request must be application/json', 'CONTENT_TYPE');
}

/** JSON is UTF-8 (RFC 8259); whoever names another character set means another text. */
function isJson(type: string): boolean {
  const [essence, ...parameters] = type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return (
    essence === 'application/json' &&
    parameters.every((each) => !each.startsWith('charset') || /^charset=("utf-8"|utf-8)$/.test(each))
  );
}

/** The value of a JSON text that everybody reads alike. Throws a refusal for any other. */
export function jsonOf(text: string, depthMax: number, place: string): unknown {
  const read = parseStrictJson(text, depthMax);
  if (read.kind === 'value') return read.value;
  if (read.fault === 'DEPTH')
    throw new Refusal(
      new Failure('QUERY_LIMIT_EXCEEDED', `The ${place} of the request nests at most ${depthMax} deep`, {
        reason: 'BODY_DEPTH',
      }),
    );
  const { words, reason } = faults[read.fault];
  throw new Refusal(new Failure('BAD_USER_INPUT', `The ${place} of the request ${words}`, { reason }));
}

const faults: Readonly<Record<Exclude<JsonFault, 'DEPTH'>, { readonly words: string; readonly reason: string }>> = {
  SYNTAX: { words: 'is no JSON', reason: 'REQUEST' },
  DUPLICATE_KEY: { words: 'has a key twice', reason: 'KEY' },
  RESERVED_KEY: { words: 'has a key that is not allowed', reason: 'KEY' },
  NUMBER: { words: 'has a number that not everybody can read: send an id as a text', reason: 'NUMBER' },
  TEXT: { words: 'has a text with a control character, or with half a character', reason: 'TEXT' },
};

function textOf(body: string | Buffer): string {
  try {
    return typeof body === 'string' ? body : utf8.decode(body);
  } catch {
    throw new Refusal(new Failure('BAD_USER_INPUT', 'The body of the request is no UTF-8', { reason: 'REQUEST' }));
  }
}

function foreign(message: string, reason: string): Refusal {
  return new Refusal(new Failure('BAD_USER_INPUT', message, { reason }), 415);
}
