import type { Config } from '../src/config.ts';

/** The settings of callers that are whole numbers: the least, the most, and the default. */
export const authWholes: readonly (readonly [setting: keyof Config, min: number, max: number, fallback: number])[] = [
  ['AUTH_TOKEN_BYTES_MAX', 256, 65_536, 6_144],
  ['AUTH_TOKEN_LIFETIME_MAX_SECONDS', 60, 31_536_000, 86_400],
  ['AUTH_CLOCK_TOLERANCE_SECONDS', 0, 300, 5],
  ['AUTH_CLAIMS_CACHED_MAX', 1, 1_000_000, 10_000],
  ['AUTH_JWKS_TIMEOUT_MS', 100, 60_000, 3_000],
  ['AUTH_JWKS_COOLDOWN_MS', 1_000, 3_600_000, 30_000],
  ['AUTH_JWKS_REFRESH_MS', 1_000, 86_400_000, 600_000],
  ['AUTH_JWKS_KEPT_MS', 1_000, 2_592_000_000, 86_400_000],
  ['AUTH_JWKS_BYTES_MAX', 1_000, 10_000_000, 131_072],
];

/** The others that have a default, as they are when left out. */
export const authDefaults: Partial<Config> = {
  AUTH_NONE_ON_NETWORK: false,
  AUTH_JWKS_URL: '',
  AUTH_JWT_SECRET: '',
  AUTH_ISSUER: '',
  AUTH_AUDIENCE: [],
  AUTH_ALGORITHMS: [],
  AUTH_ROLES_CLAIM: 'roles',
  AUTH_AGENTS_CLAIM: 'agents',
  AUTH_QUEUES_CLAIM: 'queues',
  AUTH_ROLE_RIGHTS: null,
};
