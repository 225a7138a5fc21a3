import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendHttpFailure } from './send.ts';

/** Refuses, before anything else is asked, what another reader may take for another request. */
export function judgeFraming(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    // Nothing that stands behind it on its connection is to be believed either.
    if (isDoubtful(request.raw)) return sendHttpFailure(reply.header('connection', 'close'), request, 400);
  });
  // The body of what isn't there is read to its end before that is said. Routes that take one welcome it themselves.
  app.addHook('preParsing', async (request, reply) => {
    if (request.is404) welcomeBody(request, reply);
  });
}

/** Tells a client that waits for leave to send its body that it may. To be called when nothing but the body can be a reason to refuse it. */
export function welcomeBody({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  if (raw.httpVersion === '1.1' && /(^|\W)100-continue($|\W)/i.test(headers.expect ?? '')) reply.raw.writeContinue();
}

/**
 * Whether a proxy before this gateway may read a request in another way than Node: it doesn't say once for whom it is, or says more than once what its body is, or codes it
 * in anything but chunks (RFC 9112, 3.2 and 6.1).
 */
function isDoubtful({ rawHeaders, httpVersion }: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): boolean {
  const hosts = valuesOf(rawHeaders, 'host').length;
  if (1 < hosts || (hosts === 0 && httpVersion === '1.1')) return true;
  if (1 < valuesOf(rawHeaders, 'content-type').length) return true;
  const codings = valuesOf(rawHeaders, 'transfer-encoding');
  return codings.length > 0 && (codings.length > 1 || codings[0]?.toLowerCase() !== 'chunked');
}

/** `rawHeaders`: names and values by turns, as they were written. */
function valuesOf(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}
