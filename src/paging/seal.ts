import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Hides text in an opaque token, and opens its own tokens again. */
export type Seal = {
  /** Equal plaintexts give equal tokens. Base64url. */
  seal(plaintext: Buffer): string;
  open(token: string): Opened;
};

export type Opened =
  | { readonly kind: 'opened'; readonly plaintext: Buffer }
  /** Made by a version of this gateway whose tokens look otherwise. */
  | { readonly kind: 'other-version' }
  /** No key of ours made this token of just these bytes. */
  | { readonly kind: 'broken' };

export const cursorVersion = 1;

const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** As objects, which are made once: of plain bytes a key would be made for every token, which takes longer than to seal it. */
type Keys = { readonly encryption: KeyObject; readonly nonce: KeyObject };

/**
 * Seals with AES-256-GCM: version byte, nonce, ciphertext, tag. The nonce is an HMAC of the plaintext, so equal answers are byte-equal and a
 * nonce is never used for two plaintexts; the version is authenticated. The first secret seals, all of them open, so that they can be rotated.
 */
export function createSeal(secrets: readonly string[]): Seal {
  const keys = secrets.map(deriveKeys);
  const [current] = keys;
  if (current === undefined) throw new RangeError('a seal needs a secret');
  return {
    seal(plaintext) {
      const version = Buffer.of(cursorVersion);
      const nonce = createHmac('sha256', current.nonce)
        .update(version)
        .update(plaintext)
        .digest()
        .subarray(0, nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current.encryption, nonce).setAAD(version);
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([version, nonce, ciphertext, cipher.getAuthTag()]).toString('base64url');
    },
    open(token) {
      const bytes = Buffer.from(token, 'base64url');
      const [version] = bytes;
      // Base64 has many spellings of the same bytes; only the one that we wrote is ours.
      if (version === undefined || bytes.toString('base64url') !== token) return { kind: 'broken' };
      if (version !== cursorVersion) return { kind: 'other-version' };
      if (bytes.length < 1 + nonceBytes + tagBytes) return { kind: 'broken' };
      for (const key of keys) {
        const plaintext = decrypt(bytes, key);
        if (plaintext !== undefined) return { kind: 'opened', plaintext };
      }
      return { kind: 'broken' };
    },
  };
}

function deriveKeys(secret: string): Keys {
  const derive = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'kore-scores-gateway', purpose, keyBytes)));
  return { encryption: derive('cursor encryption'), nonce: derive('cursor nonce') };
}

function decrypt(bytes: Buffer, { encryption }: Keys): Buffer | undefined {
  const nonce = bytes.subarray(1, 1 + nonceBytes);
  const ciphertext = bytes.subarray(1 + nonceBytes, -tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', encryption, nonce, { authTagLength: tagBytes })
    .setAAD(bytes.subarray(0, 1))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined; // Forged, damaged, or sealed with another key: to the caller they are all the same.
  }
}
