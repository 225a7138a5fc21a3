import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { boundTaking, type TakingBounds } from './taking.ts';

export type ListenerSettings = {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly headerBytesMax: number;
  readonly keepAliveMs: number;
  /** How slowly a client may take an answer that is there for him. */
  readonly taking: TakingBounds;
  readonly connectionsMax: number;
  /** Null: plain HTTP, for somebody in front of it ends TLS. */
  readonly tls: TlsSettings | null;
};

/** Files, as PEM. */
export type TlsSettings = {
  readonly keyFile: string;
  readonly certFile: string;
  /** Whoever shows a certificate of this authority is the supergraph's router. Null: nobody is asked for one. */
  readonly routerCaFile: string | null;
};

const connectionsCheckedEveryMs = 1_000;

/**
 * What listens: every limit is set by hand, for the defaults leave slow bodies and untaken answers open for ever; `onUntaken` is told of each connection that is cut for the
 * latter. Throws where a file can't be read, or is no key or certificate.
 */
export function createListener(settings: ListenerSettings, handler: RequestListener, onUntaken: () => void): Server {
  const options: ServerOptions = {
    headersTimeout: settings.headersTimeoutMs,
    requestTimeout: settings.requestTimeoutMs,
    keepAliveTimeout: settings.keepAliveMs,
    connectionsCheckingInterval: connectionsCheckedEveryMs,
    maxHeaderSize: settings.headerBytesMax,
    insecureHTTPParser: false,
    // Missed by the app, which has words for it; Node would answer with an empty body.
    requireHostHeader: false,
  };
  const { tls } = settings;
  const server =
    tls === null
      ? createServer(options, handler)
      : createTlsServer({ ...options, handshakeTimeout: settings.headersTimeoutMs, ...readTls(tls) }, handler);
  server.maxConnections = settings.connectionsMax;
  // What a client expects of us is no reason to refuse it; Node would, with an empty body. A request like others, for whoever counts them.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  // Node would welcome the body at once; whoever may not send it is to be told so first (framing.ts).
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
  boundTaking(server, settings.taking, onUntaken);
  return server;
}

/** A client without a certificate, or with another's, is let in like everybody: it only isn't the router. */
function readTls({ keyFile, certFile, routerCaFile }: TlsSettings) {
  const own = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
  if (routerCaFile === null) return own;
  return { ...own, ca: readFileSync(routerCaFile), requestCert: true, rejectUnauthorized: false };
}
