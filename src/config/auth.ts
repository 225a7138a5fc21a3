import { z } from 'zod';
import { type Right, rights } from '../model/access.ts';
import { choice, flag, isLoopback, list, whole } from './kinds.ts';

/** Which rights a role gives; null: a role that is named like a right gives that one. */
export type RoleRights = ReadonlyMap<string, ReadonlySet<Right>> | null;

/** With which algorithms a key that everybody may know can be checked. A shared secret has one of its own. */
const publicKeyAlgorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA'.split(' ');
const secretAlgorithm = 'HS256';
const secretBytesMin = 32;

const claimName = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .refine(
      (name) => !name.startsWith('/') || !/~([^01]|$)/.test(name),
      'must be the name of a claim, or a JSON Pointer, in which ~ is written ~0 and / within a name ~1',
    );

/** How callers are known, and what they may. */
export const authSettings = {
  AUTH: choice('none', 'jwt'),
  AUTH_NONE_ON_NETWORK: flag,
  AUTH_JWKS_URL: z
    .string()
    .default('')
    .refine((value) => value === '' || isKeySetAddress(value), 'must be https, or http on this very machine'),
  AUTH_JWT_SECRET: z
    .string()
    .default('')
    .refine((value) => value === '' || secretBytesMin <= Buffer.byteLength(value), 'must have 32 bytes or more'),
  AUTH_ISSUER: z.string().default(''),
  AUTH_AUDIENCE: list,
  AUTH_ALGORITHMS: list,
  AUTH_TOKEN_BYTES_MAX: whole(256, 65_536, 6_144),
  AUTH_TOKEN_LIFETIME_MAX_SECONDS: whole(60, 31_536_000, 86_400),
  AUTH_CLOCK_TOLERANCE_SECONDS: whole(0, 300, 5),
  AUTH_CLAIMS_CACHED_MAX: whole(1, 1_000_000, 10_000),
  AUTH_JWKS_TIMEOUT_MS: whole(100, 60_000, 3_000),
  AUTH_JWKS_COOLDOWN_MS: whole(1_000, 3_600_000, 30_000),
  AUTH_JWKS_REFRESH_MS: whole(1_000, 86_400_000, 600_000),
  AUTH_JWKS_KEPT_MS: whole(1_000, 2_592_000_000, 86_400_000),
  AUTH_JWKS_BYTES_MAX: whole(1_000, 10_000_000, 131_072),
  AUTH_ROLES_CLAIM: claimName('roles'),
  AUTH_AGENTS_CLAIM: claimName('agents'),
  AUTH_QUEUES_CLAIM: claimName('queues'),
  AUTH_ROLE_RIGHTS: z
    .string()
    .default('')
    .transform((text, context): RoleRights => {
      const read = readRoleRights(text);
      if (typeof read !== 'string') return read;
      context.addIssue({ code: 'custom', message: read });
      return null;
    }),
};

type AuthConfig = Readonly<z.output<z.ZodObject<typeof authSettings>>> & {
  readonly HOST: string;
  readonly HTTP_HEADER_BYTES_MAX: number;
};

/** Tells `refuse` which of these settings don't fit together. */
export function checkAuth(config: AuthConfig, refuse: (setting: string, problem: string) => void): void {
  if (config.AUTH === 'none') {
    if (!isLoopback(config.HOST) && !config.AUTH_NONE_ON_NETWORK)
      refuse('AUTH_NONE_ON_NETWORK', 'must be true where AUTH is none and HOST is an address that others reach');
    return;
  }
  const hasSecret = config.AUTH_JWT_SECRET !== '';
  if (config.AUTH_ISSUER === '') refuse('AUTH_ISSUER', 'is missing: AUTH=jwt needs it');
  if (config.AUTH_AUDIENCE.length === 0) refuse('AUTH_AUDIENCE', 'is missing: AUTH=jwt needs it');
  if (hasSecret === (config.AUTH_JWKS_URL !== ''))
    refuse('AUTH_JWKS_URL', 'or AUTH_JWT_SECRET: AUTH=jwt needs one of them, and not both');
  const known = hasSecret ? [secretAlgorithm] : publicKeyAlgorithms;
  if (config.AUTH_ALGORITHMS.some((each) => !known.includes(each)))
    refuse('AUTH_ALGORITHMS', `must be of ${known.join(', ')}, by the keys that there are`);
  if (config.AUTH_JWKS_KEPT_MS < config.AUTH_JWKS_REFRESH_MS)
    refuse('AUTH_JWKS_KEPT_MS', 'must not be below AUTH_JWKS_REFRESH_MS');
  if (config.HTTP_HEADER_BYTES_MAX <= config.AUTH_TOKEN_BYTES_MAX)
    refuse('AUTH_TOKEN_BYTES_MAX', 'must be below HTTP_HEADER_BYTES_MAX, for a token is a header');
}

function isKeySetAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** `role:right+right,role:right`. A string says what is wrong with it. */
function readRoleRights(text: string): RoleRights | string {
  if (text.trim() === '') return null;
  const read = new Map<string, ReadonlySet<Right>>();
  for (const item of text.split(',')) {
    // The name of a role may be a URN, with colons of its own.
    const colon = item.lastIndexOf(':');
    const role = item.slice(0, Math.max(0, colon)).trim();
    const given = item
      .slice(colon + 1)
      .split('+')
      .map((each) => each.trim());
    if (role === '' || read.has(role)) return 'must name each role once, as in supervisor:auditors+introspection';
    if (!given.every(isRight)) return `gives what is no right: there are ${rights.join(', ')}`;
    read.set(role, new Set(given));
  }
  return read;
}

function isRight(word: string): word is Right {
  return rights.some((right) => right === word);
}
