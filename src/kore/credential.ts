import { importPKCS8, SignJWT } from 'jose';
import { Failure } from '../errors.ts';
import type { Clock } from '../model/ports.ts';

export const jwtAlgorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'] as const;
export type JwtAlgorithm = (typeof jwtAlgorithms)[number];

export type CredentialSettings = {
  readonly clientId: string;
  /** The shared secret of an HS algorithm, or the PKCS #8 PEM of an RS one. */
  readonly clientSecret: string;
  readonly algorithm: JwtAlgorithm;
  /** A fresh token with its own jti for every attempt: the upstream refuses one that it has seen. Contract section 4.2. */
  readonly isSingleUse: boolean;
  readonly lifetimeSeconds: number;
};

export type Credential = {
  /**
   * A signed token; the one that is held unless it is about to expire, is single-use, or `isFresh` asks for a new one.
   * Rejects with UPSTREAM_AUTH, reason SIGNING, when the configured key can't sign.
   */
  token(isFresh: boolean): Promise<string>;
  /** A token was refused, by an answer that was sent at this instant by the upstream's own clock: tokens are dated by that from now on. */
  refused(sentAtMs: number | undefined): void;
};

/** Told when the upstream's clock turns out to be so many milliseconds ahead of ours (or behind, if negative), by more than clocks may differ. */
export type OnSkew = (aheadMs: number) => void;

type SigningKey = Awaited<ReturnType<typeof importPKCS8>> | Uint8Array;

/** A single-use token may be valid for an hour at most, by the upstream's clock. Contract section 4.2. */
const singleUseSecondsMax = 3_600;

/** A held token is not used in its last seconds, for the way to the upstream takes time and clocks differ. */
const marginSeconds = 30;

/** Clocks that differ by more than this are worth a word to the operator. */
const skewMsMax = 30_000;

/** Signs tokens with the key of a JWT app: contract section 4.1. */
export function createCredential(
  settings: CredentialSettings,
  clock: Clock,
  makeId: () => string,
  onSkew: OnSkew = () => undefined,
): Credential {
  const { clientId, algorithm, isSingleUse } = settings;
  const lifetimeSeconds = isSingleUse
    ? Math.min(settings.lifetimeSeconds, singleUseSecondsMax)
    : settings.lifetimeSeconds;
  let key: Promise<SigningKey> | undefined;
  let aheadMs = 0;
  let current: { readonly token: Promise<string>; readonly expiresAt: number } | undefined;

  const sign = async (issuedAt: number, expiresAt: number): Promise<string> => {
    const jwt = new SignJWT({ appId: clientId })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setSubject(clientId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt);
    if (isSingleUse) jwt.setJti(makeId());
    try {
      key ??= importKey(settings);
      return await jwt.sign(await key);
    } catch (cause) {
      throw new Failure('UPSTREAM_AUTH', 'The configured credential can not sign', { cause, reason: 'SIGNING' });
    }
  };

  return {
    async token(isFresh) {
      const now = Math.floor((clock.now() + aheadMs) / 1000);
      const expiresAt = now + lifetimeSeconds;
      if (isSingleUse) return await sign(now, expiresAt);
      if (isFresh || current === undefined || current.expiresAt - marginSeconds <= now) {
        current = { token: sign(now, expiresAt), expiresAt };
      }
      return await current.token;
    },
    // Only then: a date that is wrong must not spoil tokens that are taken.
    refused(sentAtMs) {
      if (sentAtMs === undefined) return;
      const wasMs = aheadMs;
      aheadMs = sentAtMs - clock.now();
      if (Math.abs(aheadMs - wasMs) > skewMsMax) onSkew(Math.round(aheadMs));
    },
  };
}

async function importKey({ algorithm, clientSecret }: CredentialSettings): Promise<SigningKey> {
  if (algorithm.startsWith('HS')) return new TextEncoder().encode(clientSecret);
  return await importPKCS8(clientSecret, algorithm);
}
