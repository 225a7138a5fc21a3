import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { compactDecrypt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Refusal } from './refusal.ts';
import type { Switches } from './switches.ts';

/** The one account that the simulator knows. */
export type Account = {
  readonly accountId: string;
  readonly orgId: string;
  readonly streamId: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** Headers with lower-case names, as they arrived. */
export type Headers = Readonly<Record<string, string>>;

/** Checks a call's credentials by contract 4.1 to 4.3; null: they hold. Remembers each `jti`, so a second use is a replay. */
export type Doorkeeper = (headers: Headers, switches: Switches, nowMs: number) => Promise<Refusal | null>;

/** A doorkeeper for an account. `jti`s are remembered until their token expires, an hour at most. */
export function makeDoorkeeper(account: Account): Doorkeeper {
  const seenUntilMs = new Map<string, number>();
  return async (headers, switches, nowMs) => {
    const judgedMs = nowMs + switches.clockSkewMs;
    const token = headers['auth'];
    if (token === undefined || token === '') return invalidCredentials;
    const verified = await verify(token, account, switches, judgedMs);
    if ('refusal' in verified) return verified.refusal;
    const { claims } = verified;
    if (claims['appId'] !== account.clientId) return invalidCredentials;
    const refusal = judgeJti(claims, switches, judgedMs, seenUntilMs);
    if (refusal !== null) return refusal;
    if (headers['accountid'] !== account.accountId || headers['orgid'] !== account.orgId) return invalidCredentials;
    return switches.scopePublished ? null : refuse('Permission denied. Scope is incorrect!', 4002);
  };
}

async function verify(
  token: string,
  account: Account,
  { algorithms, verificationKey, jweKey }: Switches,
  judgedMs: number,
): Promise<{ readonly claims: JWTPayload } | { readonly refusal: Refusal }> {
  const key: KeyObject | Uint8Array =
    verificationKey === null ? new TextEncoder().encode(account.clientSecret) : createPublicKey(verificationKey);
  try {
    const signed = jweKey === null ? token : await unseal(token, jweKey);
    const options = { algorithms: [...algorithms], currentDate: new Date(judgedMs), clockTolerance: 0 };
    const { payload } = await jwtVerify(signed, key, options);
    return { claims: payload };
  } catch (error) {
    const isForged =
      error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed;
    return { refusal: isForged ? invalidCredentials : refuse('Invalid JWT token', 4002) };
  }
}

async function unseal(token: string, jweKey: string): Promise<string> {
  const { plaintext } = await compactDecrypt(token, createPrivateKey(jweKey));
  return new TextDecoder().decode(plaintext);
}

const hourMs = 3_600_000;

// A jti makes the token single-use, and its exp may be at most an hour ahead (contract 4.2).
function judgeJti(
  claims: JWTPayload,
  { enforceJti }: Switches,
  nowMs: number,
  seenUntilMs: Map<string, number>,
): Refusal | null {
  const jti = claims.jti ?? claims['kore_jti'];
  if (typeof jti !== 'string') return enforceJti ? refuse('Invalid JWT token', 4002) : null;
  const expiresMs = (claims.exp ?? Number.POSITIVE_INFINITY) * 1000;
  if (expiresMs - nowMs > hourMs) return refuse('if "jti" claim "exp" must be <= 1 hour(s)', 401);
  for (const [seen, untilMs] of seenUntilMs) if (untilMs < nowMs) seenUntilMs.delete(seen);
  if (seenUntilMs.has(jti)) return refuse('error verifying the jwt: possibly a replay', 401);
  seenUntilMs.set(jti, expiresMs);
  return null;
}

function refuse(message: string, code: number): Refusal {
  return { kind: 'refused-auth', status: 401, message, code };
}

const invalidCredentials = refuse('Invalid SDK credentials', 4002);
