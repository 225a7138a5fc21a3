import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../../model/ports.ts';
import { readHead } from './jose-header.ts';
import type { Keys } from './key-set.ts';

export type TokenSettings = {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly algorithms: readonly string[];
  readonly lifetimeMaxSeconds: number;
  readonly toleranceSeconds: number;
};

/** A token that was found good: who it speaks of, what it says, and until when. */
export type Verified = {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** In milliseconds since 1970. What clocks may differ by comes on top, where it is checked again. */
  readonly goodUntil: number;
  /** Of the keys that it was found good by. */
  readonly generation: number;
};

/** Refused by a word for the log; the client is told no more than that it was. */
export type Verdict =
  | { readonly kind: 'verified'; readonly verified: Verified }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'undecided' };

/**
 * Checks tokens (RFC 7519, by the counsels of RFC 8725): one of these algorithms whatever the token says, the issuer's key, the issuer's name letter by letter, one of these audiences,
 * and a time of issue, an end and a subject, which must be there. A token that is good for longer than the bound is refused also while it is young.
 */
export function createTokenCheck(
  settings: TokenSettings,
  keys: Keys,
  clock: Clock,
): (token: string) => Promise<Verdict> {
  return async (token) => {
    const head = readHead(token, settings.algorithms);
    if (head === null) return { kind: 'refused', why: 'HEADER' };
    const found = await keys.find(head);
    if (found === null) return { kind: 'undecided' };
    const nowMs = clock.now();
    for (const key of found.keys) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [head.alg],
          issuer: settings.issuer,
          audience: [...settings.audience],
          clockTolerance: settings.toleranceSeconds,
          currentDate: new Date(nowMs),
          requiredClaims: ['sub', 'iat', 'exp'],
        });
        return judged(payload, nowMs / 1000, settings, found.generation);
      } catch (error) {
        // Of keys with one name, another may have signed it.
        if (error instanceof errors.JWSSignatureVerificationFailed) continue;
        return { kind: 'refused', why: error instanceof errors.JOSEError ? error.code : 'KEY' };
      }
    }
    return { kind: 'refused', why: found.keys.length === 0 ? 'UNKNOWN_KEY' : 'SIGNATURE' };
  };
}

/** What jose leaves open: a token of the future, one without an end in sight, and one that speaks of nobody. */
function judged(claims: JWTPayload, now: number, settings: TokenSettings, generation: number): Verdict {
  const { iss, sub, iat, exp } = claims;
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '') return { kind: 'refused', why: 'SUBJECT' };
  if (typeof iat !== 'number' || typeof exp !== 'number') return { kind: 'refused', why: 'TIMES' };
  const lifetime = exp - iat;
  // Written so that what is no number is refused too.
  const isBounded = 0 < lifetime && lifetime <= settings.lifetimeMaxSeconds;
  if (!isBounded || now + settings.toleranceSeconds < iat) return { kind: 'refused', why: 'LIFETIME' };
  return { kind: 'verified', verified: { issuer: iss, subject: sub, claims, goodUntil: exp * 1000, generation } };
}
