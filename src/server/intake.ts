import type { FastifyRequest } from 'fastify';
import { Failure } from '../errors.ts';
import { refuseUnacceptable } from './accept.ts';
import { refuseCrossSite } from './cross-site.ts';
import { type DocumentLimits, documentFault } from './document-limits.ts';
import { fieldsOfUrl, type RequestFields } from './parameters.ts';
import { Refusal } from './refusal.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export type IntakeSettings = {
  readonly document: DocumentLimits;
  /** Objects and lists within each other, in a body or in the variables of a GET. */
  readonly bodyDepthMax: number;
};

/** One operation to be answered: readable, bounded, and, where only trusted documents run, trusted. */
export type GraphqlRequest = {
  readonly method: 'GET' | 'POST';
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: { readonly [name: string]: unknown } | undefined;
};

export type Intake = (request: FastifyRequest) => GraphqlRequest;

const operationNameLengthMax = 256;

/**
 * Judges a request before GraphQL hears of it, cheapest first. Throws a refusal. What it lets through can still be wrong, but by then it can't be large, and nobody
 * else can have meant something else by it.
 */
export function createIntake(
  { document, bodyDepthMax }: IntakeSettings,
  trusted: TrustedDocuments,
  isRouter: (request: FastifyRequest) => boolean,
): Intake {
  return (request) => {
    refuseUnacceptable(request.headers.accept);
    refuseCrossSite(request.headers);
    const method = request.method === 'GET' ? 'GET' : 'POST';
    const fields = method === 'GET' ? fieldsOfUrl(request.url, bodyDepthMax) : fieldsOfBody(request.body);
    const operationName = textOf(fields, 'operationName');
    if (operationNameLengthMax < (operationName ?? '').length)
      throw malformed(`\`operationName\` has at most ${operationNameLengthMax} characters`);
    const variables = objectOf(fields, 'variables');
    const named = { query: textOf(fields, 'query'), documentId: textOf(fields, 'documentId') };
    const found = trusted.find({ ...named, extensions: objectOf(fields, 'extensions') }, isRouter(request));
    // What is listed was judged when the list was read.
    const fault = found.isTrusted ? null : documentFault(found.query, document);
    if (fault !== null) throw new Refusal(fault);
    return { method, query: found.query, operationName, variables };
  };
}

function fieldsOfBody(body: unknown): RequestFields {
  if (Array.isArray(body)) throw malformed('A request is one operation: there are no batches');
  if (!isObject(body)) throw malformed('The body of the request must be a JSON object with a `query`');
  return body;
}

function textOf(fields: RequestFields, name: string): string | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw malformed(`\`${name}\` must be a text`);
}

function objectOf(fields: RequestFields, name: string): RequestFields | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || isObject(value)) return value;
  throw malformed(`\`${name}\` must be a JSON object`);
}

function isObject(value: unknown): value is RequestFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): Refusal {
  return new Refusal(new Failure('BAD_USER_INPUT', message, { reason: 'REQUEST' }));
}
