import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Failure, statusOf } from '../errors.ts';
import { extensionsOf } from '../graphql/failures.ts';
import type { Identity } from './caller.ts';
import { httpFailure } from './http-failures.ts';
import { type Refusal, UnknownDocument } from './refusal.ts';

/** Tells a client why its request never got as far as GraphQL. */
export function sendRefusal(
  reply: FastifyReply,
  request: FastifyRequest,
  refusal: Refusal | UnknownDocument,
): FastifyReply {
  if (!(refusal instanceof UnknownDocument)) return sendFailure(reply, request, refusal.failure, refusal.status);
  const { message, code } = refusal;
  // The status that clients of persisted queries know.
  return sendBody(reply, 200, shaped(message, { code, retryable: false, requestId: request.id }));
}

/** The same where all that is known is the status of what is wrong with it as HTTP. */
export function sendHttpFailure(reply: FastifyReply, request: FastifyRequest, statusCode: number): FastifyReply {
  const { status, failure } = httpFailure(statusCode);
  return sendFailure(reply, request, failure, status);
}

/** Refuses somebody who isn't known, with the challenge that would help. */
export function sendStranger(
  reply: FastifyReply,
  request: FastifyRequest,
  { failure, challenge }: Extract<Identity, { readonly kind: 'refused' }>,
): FastifyReply {
  if (challenge !== null) reply.header('www-authenticate', challenge);
  return sendFailure(reply, request, failure);
}

/** Refuses a request whole, and says when to come again. */
export function sendFailure(
  reply: FastifyReply,
  request: FastifyRequest,
  failure: Failure,
  status = statusOf(failure.code),
): FastifyReply {
  if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', failure.retryAfterSeconds);
  return sendBody(reply, status, failureBody(failure, request.id));
}

/** The body of an answer that never reached GraphQL: shaped like GraphQL's, so that a client has one way to read errors. */
export function failureBody(failure: Failure, requestId: string): string {
  return shaped(failure.message, extensionsOf(failure, requestId));
}

function sendBody(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.status(status).type('application/json; charset=utf-8').send(body);
}

function shaped(message: string, extensions: object): string {
  return JSON.stringify({ errors: [{ message, extensions }] });
}
