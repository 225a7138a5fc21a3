import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';

/** Makes small secret bytes of plain ones and back. What is held holds names of people, and lies where others may reach it. */
export type Vault = {
  /** A number of 52 bits that stands for a text, and says nothing of it to those who don't know the secret. */
  idOf(text: string): number;
  /** Equal bytes under equal labels give equal sealed bytes. */
  seal(label: string, plain: Uint8Array): Promise<Buffer>;
  /** Undefined when the bytes are damaged, of another label, secret or format. */
  open(label: string, sealed: Uint8Array): Promise<Buffer | undefined>;
};

/** Grows when anything changes in how entries are written down. */
const formatNumber = 2;

const headBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const bodyAt = headBytes + nonceBytes + tagBytes;
const keyBytes = 32;

/** From so many bytes on, others have their turn while a thread of its own compresses. */
const syncBytesMax = 1 << 20;
/** What `open` makes room for at most; far more than a tile of a day takes. */
const plainBytesMax = 1 << 30;
/** Below so many bytes, zlib takes its smallest room. */
const chunkBytesMin = 1024;

/**
 * Compresses (zstd, level 1), then seals with AES-256-GCM: head (format, length before compression), nonce, tag, ciphertext. The nonce is an HMAC
 * of all that is sealed, so it is never used for two texts; head and label are authenticated.
 */
export function createVault(secret: string, format = formatNumber): Vault {
  const derive = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'kore-scores-gateway', purpose, keyBytes)));
  const encryptionKey = derive('store encryption');
  const nonceKey = derive('store nonce');
  const idKey = derive('store id');
  return {
    idOf: (text) => Number(createHmac('sha256', idKey).update(text).digest().readBigUInt64BE() >> 12n),
    async seal(label, plain) {
      const compressed = await compress(plain);
      const head = Buffer.alloc(headBytes);
      head.writeUInt32LE(format, 0);
      head.writeUInt32LE(plain.byteLength, 4);
      const bound = Buffer.concat([head, Buffer.from(label)]);
      const nonce = createHmac('sha256', nonceKey).update(bound).update(compressed).digest().subarray(0, nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce).setAAD(bound);
      const ciphertext = [cipher.update(compressed), cipher.final()];
      return Buffer.concat([head, nonce, cipher.getAuthTag(), ...ciphertext]);
    },
    async open(label, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < bodyAt || bytes.readUInt32LE(0) !== format) return undefined;
      const nonce = bytes.subarray(headBytes, headBytes + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', encryptionKey, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.concat([bytes.subarray(0, headBytes), Buffer.from(label)]))
        .setAuthTag(bytes.subarray(headBytes + nonceBytes, bodyAt));
      try {
        const compressed = decipher.update(bytes.subarray(bodyAt));
        decipher.final();
        return await decompress(compressed, bytes.readUInt32LE(4));
      } catch {
        return undefined; // Damaged, foreign, or sealed with another key: to the caller they are all the same.
      }
    },
  };
}

const compressInThread = promisify(zstdCompress);
const decompressInThread = promisify(zstdDecompress);
const params = { [constants.ZSTD_c_compressionLevel]: 1 };

/** Compresses on the spot: for bytes that are known to be few. */
export function compressSmall(plain: Uint8Array): Uint8Array {
  // A copy of just the bytes: what zlib gives is a part of a larger room.
  return new Uint8Array(zstdCompressSync(plain, { params }));
}

/** Undoes `compressSmall`. */
export function decompressSmall(compressed: Uint8Array): Buffer {
  return zstdDecompressSync(compressed, { maxOutputLength: plainBytesMax });
}

async function compress(plain: Uint8Array): Promise<Buffer> {
  const chunkSize = Math.max(chunkBytesMin, plain.byteLength >> 1);
  if (plain.byteLength < syncBytesMax) return zstdCompressSync(plain, { params, chunkSize });
  return await compressInThread(plain, { params, chunkSize });
}

async function decompress(compressed: Uint8Array, plainBytes: number): Promise<Buffer> {
  const options = {
    chunkSize: Math.max(chunkBytesMin, Math.min(plainBytes, plainBytesMax)),
    maxOutputLength: plainBytesMax,
  };
  if (plainBytes < syncBytesMax) return zstdDecompressSync(compressed, options);
  return await decompressInThread(compressed, options);
}
