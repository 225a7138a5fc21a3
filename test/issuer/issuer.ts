import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** A key of the issuer: what signs, and what it publishes of it. */
export type IssuerKey = { readonly kid: string; readonly alg: string; readonly sign: CryptoKey; readonly jwk: JWK };

/** How the key server answers: truly, or in one of the ways in which key servers fail. */
export type Manner = 'true' | 'html' | 'hang' | 'drip' | 'redirect' | 'huge' | 'bomb' | 'error' | 'empty' | 'no-json';

/** What a token says beside what every token says. Null leaves a claim out. */
export type Claims = Readonly<Record<string, unknown>>;

/** An issuer of tokens with its key server, over HTTP. */
export type Issuer = {
  readonly url: string;
  /** The settings of a gateway that trusts it. */
  readonly settings: Readonly<Record<string, string>>;
  /** How often its keys were asked for. */
  readonly fetchCount: number;
  /** How often something else was asked for: whereto it redirects. */
  readonly strayCount: number;
  /** Every key that it ever signed with. */
  readonly keys: readonly IssuerKey[];
  /** The key that signs, unless another is named. */
  readonly key: IssuerKey;
  manner: Manner;
  /** What it publishes. */
  published: readonly JWK[];
  token(claims?: Claims, options?: { readonly key?: IssuerKey; readonly header?: object }): Promise<string>;
  /** Its clock, in whole seconds. */
  seconds(): number;
  /** Signs with a new key from now on, and publishes it; the former stays published until it is revoked. */
  rotate(kid: string, alg?: string): Promise<IssuerKey>;
  revoke(kid: string): void;
  /** Its port refuses, until it comes back. */
  die(): Promise<void>;
  comeBack(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const issuerName = 'https://issuer.example/';
const audience = 'scores';
const lifetimeSeconds = 600;

/** Starts an issuer on a free port. `now` is its wall clock, in milliseconds. */
export async function startIssuer({ now = Date.now }: { readonly now?: () => number } = {}): Promise<Issuer> {
  const state = { fetchCount: 0, strayCount: 0, manner: 'true' as Manner, published: [] as readonly JWK[] };
  let key = await createKey('first');
  const keys = [key];
  state.published = [key.jwk];
  const listen = async (port: number): Promise<Server> => {
    const server = createServer(({ url: path }, response) => {
      if (path === '/keys') state.fetchCount += 1;
      else state.strayCount += 1;
      answer(response, state);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server: Server | null = await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/keys`;
  const die = async (): Promise<void> => {
    const closing = server;
    server = null;
    if (closing === null) return;
    closing.closeAllConnections();
    closing.close();
    await once(closing, 'close');
  };
  return {
    url,
    keys,
    settings: { AUTH: 'jwt', AUTH_JWKS_URL: url, AUTH_ISSUER: issuerName, AUTH_AUDIENCE: audience },
    get fetchCount() {
      return state.fetchCount;
    },
    get strayCount() {
      return state.strayCount;
    },
    get key() {
      return key;
    },
    get manner() {
      return state.manner;
    },
    set manner(manner) {
      state.manner = manner;
    },
    get published() {
      return state.published;
    },
    set published(published) {
      state.published = published;
    },
    token: (claims = {}, { key: signing = key, header = {} } = {}) => sign(signing, claims, header, now()),
    seconds: () => Math.floor(now() / 1000),
    async rotate(kid, alg) {
      key = await createKey(kid, alg);
      keys.push(key);
      state.published = [...state.published, key.jwk];
      return key;
    },
    revoke(kid) {
      state.published = state.published.filter((each) => each.kid !== kid);
    },
    die,
    async comeBack() {
      server ??= await listen(port);
    },
    [Symbol.asyncDispose]: die,
  };
}

/** A key that an issuer may have, or somebody else. */
export async function createKey(kid: string, alg = 'ES256'): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, sign: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A token that is good unless its claims say otherwise. */
async function sign({ kid, alg, sign: privateKey }: IssuerKey, claims: Claims, header: object, nowMs: number) {
  const now = Math.floor(nowMs / 1000);
  const usual = { iss: issuerName, sub: 'somebody', aud: audience, iat: now, exp: now + lifetimeSeconds };
  const said = Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== null);
  const payload: JWTPayload = Object.fromEntries(said);
  return await new SignJWT(payload).setProtectedHeader({ alg, kid, typ: 'JWT', ...header }).sign(privateKey);
}

/** Bytes of an answer that is too large. */
const hugeBytes = 1_000_000;

function answer(response: ServerResponse, { manner, published }: { manner: Manner; published: readonly JWK[] }): void {
  const json = { 'content-type': 'application/jwk-set+json' };
  const keys = JSON.stringify({ keys: published });
  switch (manner) {
    case 'true':
      response.writeHead(200, json).end(keys);
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Please log in</body></html>');
      return;
    case 'hang':
      return;
    case 'drip':
      // The beginning comes, and the rest never does.
      response.writeHead(200, json).write(keys.slice(0, 10));
      return;
    case 'redirect':
      // To where another key server would be, if it were followed.
      response.writeHead(302, { location: '/elsewhere' }).end();
      return;
    case 'huge':
      response.writeHead(200, json).end(`{"keys":${JSON.stringify(published)},"x":"${'x'.repeat(hugeBytes)}"}`);
      return;
    case 'error':
      response.writeHead(503, json).end(keys);
      return;
    case 'empty':
      response.writeHead(200, json).end('{"keys":[]}');
      return;
    case 'no-json':
      response.writeHead(200, json).end(keys.slice(0, -1));
      return;
    case 'bomb':
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb);
  }
}

const bomb = gzipSync(Buffer.alloc(hugeBytes * 10, ' '));
