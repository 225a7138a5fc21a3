import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Failure, statusOf } from '../errors.ts';
import type { Identity } from './caller.ts';
import { bodyOf, errorBody, refusalOf } from './errors.ts';

/** Refuses a request for what is wrong with it as HTTP. */
export function sendRefusal(reply: FastifyReply, request: FastifyRequest, statusCode: number): FastifyReply {
  const { status, code, message, reason } = refusalOf(statusCode);
  return reply
    .status(status)
    .type('application/json; charset=utf-8')
    .send(errorBody(code, message, request.id, reason));
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
export function sendFailure(reply: FastifyReply, request: FastifyRequest, failure: Failure): FastifyReply {
  if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', failure.retryAfterSeconds);
  return reply.status(statusOf(failure.code)).type('application/json; charset=utf-8').send(bodyOf(failure, request.id));
}
