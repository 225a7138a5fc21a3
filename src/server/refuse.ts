import type { FastifyReply, FastifyRequest } from 'fastify';
import { extensionsOf } from '../graphql/failures.ts';
import { Refusal, UnknownDocument } from './refusal.ts';

/** What was refused, in words of closed vocabularies. */
export type Refused = { readonly code: string; readonly reason: string | undefined };

/** Whether an error refuses a request, and is no bug. */
export function isRefusal(error: unknown): error is Refusal | UnknownDocument {
  return error instanceof Refusal || error instanceof UnknownDocument;
}

/** What a refusal is called. */
export function wordsOf(error: Refusal | UnknownDocument): Refused {
  if (error instanceof UnknownDocument) return { code: error.code, reason: undefined };
  return { code: error.failure.code, reason: error.failure.reason };
}

/** Tells a client why its request never got as far as GraphQL, in GraphQL's own shape. */
export function sendRefused(
  reply: FastifyReply,
  request: FastifyRequest,
  error: Refusal | UnknownDocument,
): FastifyReply {
  reply.type('application/json; charset=utf-8');
  if (error instanceof UnknownDocument) {
    const { message, code } = error;
    // The status that clients of persisted queries know.
    return reply.status(200).send(shaped(message, { code, retryable: false, requestId: request.id }));
  }
  const { message, retryAfterSeconds } = error.failure;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return reply.status(error.status).send(shaped(message, extensionsOf(error.failure, request.id)));
}

function shaped(message: string, extensions: object): string {
  return JSON.stringify({ errors: [{ message, extensions }] });
}
