import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import type { Context } from '../graphql/context.ts';
import type { Sender } from './sender.ts';

/** The router is known by its headers and its connection, wherever it asks from. */
type Connected = Pick<Sender, 'headers'> & { readonly raw: Pick<Sender['raw'], 'socket'> };

/**
 * Tells the supergraph's router from everybody else: by a secret in the header `router-authorization`, the one that Apollo's documentation names, or by the
 * certificate that it connects with. Without secrets and certificates nobody is the router. Compares in constant time.
 */
export function createRouterCheck(secrets: readonly string[]): (sender: Connected) => boolean {
  const digests = secrets.map(digestOf);
  return ({ headers, raw: { socket } }) => {
    if (isCertified(socket)) return true;
    const given = headers['router-authorization'];
    if (typeof given !== 'string') return false;
    const digest = digestOf(given);
    return digests.filter((each) => timingSafeEqual(each, digest)).length > 0;
  };
}

/**
 * Whether a client has shown a certificate of the authority that was named for the router. On Node 20 `authorized` is true also for a client that resumes a session
 * of TLS 1.3 without one; this gateway needs a newer Node, and asks for the certificate itself all the same.
 */
function isCertified(socket: Socket): boolean {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return false;
  return socket.getPeerX509Certificate() !== undefined;
}

/** Digests are equally long, as the comparison wants it. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Traces of operations, for the router alone: to everybody else the header that asks for one says nothing. */
export function routerTraces(): ApolloServerPlugin<Context> {
  const traces: ApolloServerPlugin<Context> = ApolloServerPluginInlineTrace({ includeErrors: { masked: true } });
  return {
    ...traces,
    requestDidStart: async (request) => {
      if (!request.contextValue.isOfRouter) return;
      return await traces.requestDidStart?.(request);
    },
  };
}
