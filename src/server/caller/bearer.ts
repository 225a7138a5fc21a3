/** What a request shows of who sends it. */
export type Shown =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'token'; readonly token: string };

/** A JWS in its compact form. Base64url without padding, so no blank, no line and no second spelling gets in. */
const compact = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * Reads the headers `authorization` of a request: a bearer token (RFC 6750), of a bounded length and in its one spelling. Another scheme shows nothing, for it is not for
 * this gateway. Two headers are unreadable: somebody before this gateway may have looked at the other one.
 */
export function readAuthorization(values: readonly string[] | undefined, tokenBytesMax: number): Shown {
  const [value, ...others] = values ?? [];
  if (value === undefined) return { kind: 'nothing' };
  if (others.length > 0) return { kind: 'unreadable' };
  if (!/^bearer(?![^ \t])/i.test(value)) return { kind: 'nothing' };
  const token = value.slice('bearer'.length).replace(/^ +/, '');
  if (tokenBytesMax < token.length || !compact.test(token) || !isInOneSpelling(token)) return { kind: 'unreadable' };
  return { kind: 'token', token };
}

/** The last character of a signature has bits that say nothing: with them set, the same bytes would be another text. */
function isInOneSpelling(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}
