import { SignJWT } from 'jose';

/** What a token says of whom it was given to. */
export type Claims = {
  readonly sub?: string;
  readonly roles?: readonly string[];
  readonly agents?: readonly string[];
  readonly queues?: readonly string[];
};

const secret = 'a secret that callers are known by';
const issuer = 'https://issuer.example';
const audience = 'scores';

/** Settings of a gateway that takes the tokens of `tokenFor`. */
export const tokenSettings = {
  AUTH: 'jwt',
  AUTH_JWT_SECRET: secret,
  AUTH_ISSUER: issuer,
  AUTH_AUDIENCE: audience,
};

/** A token that is good for an hour from `nowMs` on. Every right is a role of the same name. */
export async function tokenFor({ sub = 'somebody', ...claims }: Claims, nowMs: number): Promise<string> {
  const at = Math.floor(nowMs / 1000);
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(at)
    .setExpirationTime(at + 3600)
    .sign(new TextEncoder().encode(secret));
}
