import { createHmac } from 'node:crypto';
import { type CryptoKey, exportSPKI, importJWK } from 'jose';
import { createKey, type Issuer, type IssuerKey } from './issuer.ts';

/** A token that must be refused, and the number in docs/attacks.md that it belongs to. */
export type Attack = readonly [title: string, forge: (issuer: Issuer) => Promise<string>];

/** Signs any text as header and payload, which no library would. */
export async function forge(header: string, payload: string, { sign }: IssuerKey): Promise<string> {
  const text = `${encoded(header)}.${encoded(payload)}`;
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, sign, Buffer.from(text));
  return `${text}.${Buffer.from(signature).toString('base64url')}`;
}

/** What a good token says, with changes. */
export function payloadOf(issuer: Issuer, changes: object = {}): string {
  const now = issuer.seconds();
  const { AUTH_ISSUER: iss, AUTH_AUDIENCE: aud } = issuer.settings;
  return JSON.stringify({ iss, aud, sub: 'somebody', iat: now, exp: now + 600, ...changes });
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** Signs with a header of its own. */
const withHeader = (title: string, header: object): Attack => [
  title,
  (issuer) => forge(JSON.stringify({ alg: 'ES256', kid: 'first', ...header }), payloadOf(issuer), issuer.key),
];

/** Signs claims of its own. */
const withClaims = (title: string, claims: (now: number) => object): Attack => [
  title,
  (issuer) => issuer.token({ ...claims(issuer.seconds()) }),
];

/** Makes something else of a good token. */
const spoilt = (title: string, change: (parts: readonly [string, string, string]) => string): Attack => [
  title,
  async (issuer) => {
    const [header = '', payload = '', signature = ''] = (await issuer.token()).split('.');
    return change([header, payload, signature]);
  },
];

const unsigned = (title: string, alg: string, signature: string): Attack => [
  title,
  async (issuer) => `${encoded(JSON.stringify({ alg, kid: 'first' }))}.${encoded(payloadOf(issuer))}.${signature}`,
];

/** Takes what everybody knows of the key for a secret. */
const withPublicKey = (title: string, secretOf: (issuer: Issuer) => Promise<string>): Attack => [
  title,
  async (issuer) => {
    const text = `${encoded('{"alg":"HS256","kid":"first"}')}.${encoded(payloadOf(issuer))}`;
    return `${text}.${createHmac('sha256', await secretOf(issuer))
      .update(text)
      .digest('base64url')}`;
  },
];

const spelledOtherwise = (signature: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(signature.slice(-1));
  return `${signature.slice(0, -1)}${alphabet[last + 1]}`;
};

/** Each row of the list of attacks on tokens, with its tokens. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'A57 another algorithm': [
    unsigned('none', 'none', ''),
    unsigned('none, with something for a signature', 'none', 'c2lnbmVk'),
    unsigned('nOnE', 'nOnE', 'c2lnbmVk'),
    withPublicKey('HS256, by the public key as PEM', async ({ key }) => exportSPKI(await publicKeyOf(key))),
    withPublicKey('HS256, by the public key as JSON', async ({ key }) => JSON.stringify(key.jwk)),
    withPublicKey('HS256, by nothing', async () => ''),
    withHeader('RS256 said of a key of ES256', { alg: 'RS256' }),
    withHeader('one that is not taken here', { alg: 'ES384' }),
    withHeader('no text', { alg: ['ES256'] }),
    ['ES256, by another key', async (issuer) => issuer.token({}, { key: await createKey('another') })],
  ],
  'A58 another key, or another text': [
    ['the right name, and the wrong key', async (issuer) => issuer.token({}, { key: await createKey('first') })],
    spoilt('a payload that was changed', ([header, payload, signature]) => {
      const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), roles: 'all-conversations' };
      return `${header}.${encoded(JSON.stringify(claims))}.${signature}`;
    }),
    spoilt('a padded signature', ([header, payload, signature]) => `${header}.${payload}.${signature}==`),
    spoilt('a signature in another spelling', (parts) => [parts[0], parts[1], spelledOtherwise(parts[2])].join('.')),
    spoilt('half a signature', ([header, payload, signature]) => `${header}.${payload}.${signature.slice(0, 43)}`),
    spoilt('no signature', ([header, payload]) => `${header}.${payload}.`),
    spoilt('no third part', ([header, payload]) => `${header}.${payload}`),
    spoilt('a fourth part', (parts) => [...parts, 'more'].join('.')),
    spoilt('nothing', () => ''),
  ],
  'A59 a header that leads elsewhere': [
    withHeader('a key by a path', { kid: '../../dev/null' }),
    withHeader('a key by a query', { kid: "' OR 1=1 --" }),
    withHeader('a key by an object', { kid: { $ne: null } }),
    withHeader('a key by a number', { kid: 1 }),
    withHeader('a key without a name', { kid: '' }),
    withHeader('a key by a very long name', { kid: 'k'.repeat(4_000) }),
    withHeader('jku', { jku: 'https://elsewhere.example/keys' }),
    withHeader('jwk', { jwk: { kty: 'oct', k: 'c2VjcmV0' } }),
    withHeader('x5u', { x5u: 'https://elsewhere.example/certificate' }),
    withHeader('x5c', { x5c: ['MIIB'] }),
    withHeader('crit', { crit: ['exp'] }),
    withHeader('b64', { b64: false, crit: ['b64'] }),
    withHeader('b64 by itself', { b64: false }),
    ['no JSON', (issuer) => forge('{"alg":"ES256"', payloadOf(issuer), issuer.key)],
    ['a list', (issuer) => forge('["ES256"]', payloadOf(issuer), issuer.key)],
    ['null', (issuer) => forge('null', payloadOf(issuer), issuer.key)],
    ['a token that is too long', (issuer) => issuer.token({ text: 'x'.repeat(6_000) })],
  ],
  'A60 a time that is none': [
    withClaims('no exp', () => ({ exp: null })),
    withClaims('exp as text', (now) => ({ exp: String(now + 600) })),
    withClaims('exp without an end', () => ({ exp: 1e308 })),
    [
      'exp beyond all numbers',
      (issuer) =>
        forge('{"alg":"ES256","kid":"first"}', payloadOf(issuer).replace(/"exp":\d+/, '"exp":1e999'), issuer.key),
    ],
    withClaims('exp in the past', (now) => ({ iat: now - 600, exp: now - 6 })),
    withClaims('exp before iat', (now) => ({ iat: now + 4, exp: now + 3 })),
    withClaims('no iat', () => ({ iat: null })),
    withClaims('iat as text', (now) => ({ iat: String(now) })),
    withClaims('iat in the future', (now) => ({ iat: now + 10 })),
    withClaims('iat long ago', (now) => ({ iat: now - 86_400, exp: now + 600 })),
    withClaims('iat before all time', () => ({ iat: -1e308 })),
    withClaims('good for longer than a day', (now) => ({ exp: now + 86_401 })),
    withClaims('nbf in the future', (now) => ({ nbf: now + 60 })),
    withClaims('nbf as text', (now) => ({ nbf: String(now) })),
  ],
  'A61 for another, by another, of nobody': [
    withClaims('another audience', () => ({ aud: 'billing' })),
    withClaims('an audience that begins like ours', () => ({ aud: 'scores-admin' })),
    withClaims('audiences without ours', () => ({ aud: ['billing', 'chat'] })),
    withClaims('no audience', () => ({ aud: null })),
    withClaims('an audience that is no text', () => ({ aud: { scores: true } })),
    withClaims('no issuer', () => ({ iss: null })),
    withClaims('the issuer without its slash', () => ({ iss: 'https://issuer.example' })),
    withClaims('the issuer in capitals', () => ({ iss: 'https://ISSUER.example/' })),
    withClaims('a list of issuers', () => ({ iss: ['https://issuer.example/'] })),
    withClaims('no subject', () => ({ sub: null })),
    withClaims('an empty subject', () => ({ sub: '' })),
    withClaims('a subject that is no text', () => ({ sub: 7 })),
    ['claims that are a list', (issuer) => forge('{"alg":"ES256","kid":"first"}', '[]', issuer.key)],
    ['claims that are no JSON', (issuer) => forge('{"alg":"ES256","kid":"first"}', 'sub=somebody', issuer.key)],
  ],
};

async function publicKeyOf({ jwk, alg }: IssuerKey): Promise<CryptoKey> {
  const key = await importJWK(jwk, alg, { extractable: true });
  if (key instanceof Uint8Array) throw new Error('a public key is no secret');
  return key;
}
