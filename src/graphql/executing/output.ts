/** A part of an answer: JSON in UTF-8, in pieces where parts of it came later. */
export type Chunk = Uint8Array | readonly Chunk[];

const [quote, backslash, space] = [0x22, 0x5c, 0x20];
const [twoBytesFrom, threeBytesFrom, surrogatesFrom, surrogatesUntil] = [0x80, 0x800, 0xd800, 0xe000];
const bytesAtFirst = 65_536;
/** More than that isn't kept for the next answer. */
const bytesKeptMax = 4_194_304;

/**
 * Where answers are written, as JSON in UTF-8. All executions write to one, for what they write in one go is taken away before anything else is: so nothing needs be
 * made of an answer but its bytes.
 */
export class Output {
  #bytes = Buffer.allocUnsafeSlow(bytesAtFirst);
  #length = 0;

  /** How much is written: a mark to come back to. */
  get length(): number {
    return this.#length;
  }

  /** Unwrites what was written behind a mark. */
  rewind(mark: number): void {
    this.#length = mark;
  }

  /** A copy of what was written behind a mark. */
  copy(mark: number): Uint8Array {
    // A Buffer's own `slice` would share its memory.
    return Uint8Array.prototype.slice.call(this.#bytes, mark, this.#length);
  }

  /** Takes away what was written behind a mark. */
  take(mark: number): Uint8Array {
    const taken = this.copy(mark);
    this.#length = mark;
    if (mark === 0 && bytesKeptMax < this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(bytesAtFirst);
    return taken;
  }

  /** Writes JSON that is bytes already. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes JSON that is text of ASCII already, a few characters. */
  ascii(text: string): void {
    this.#reserve(text.length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.#length = at;
  }

  /** Writes a value as `JSON.stringify` does; null for what it leaves out. */
  value(value: unknown): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.ascii(Number.isFinite(value) ? `${value}` : 'null');
    else if (typeof value === 'boolean') this.ascii(value ? 'true' : 'false');
    else this.#encoded(JSON.stringify(value) ?? 'null');
  }

  /** Writes a text as JSON, in quotes: most are short and have nothing to escape, and are encoded here; `JSON.stringify` does the rest. */
  text(text: string): void {
    this.#reserve(3 * text.length + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = quote;
    let index = 0;
    for (; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < twoBytesFrom) {
        if (code < space || code === quote || code === backslash) break;
        bytes[at++] = code;
      } else if (code < threeBytesFrom) {
        bytes[at++] = 0xc0 | (code >> 6);
        bytes[at++] = 0x80 | (code & 0x3f);
      } else {
        // Two that belong together are one character, and one alone is escaped.
        if (surrogatesFrom <= code && code < surrogatesUntil) break;
        bytes[at++] = 0xe0 | (code >> 12);
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[at++] = 0x80 | (code & 0x3f);
      }
    }
    // Something is to be escaped: what was written so far is written over.
    if (index < text.length) {
      this.#encoded(JSON.stringify(text));
      return;
    }
    bytes[at++] = quote;
    this.#length = at;
  }

  #encoded(json: string): void {
    this.#reserve(3 * json.length);
    this.#length += this.#bytes.write(json, this.#length);
  }

  #reserve(byteCount: number): void {
    if (this.#length + byteCount <= this.#bytes.length) return;
    const bytes = Buffer.allocUnsafeSlow(2 * (this.#length + byteCount));
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }
}

/** The data of an answer as JSON already: it stands for what it says until that is written. */
export class JsonBytes {
  readonly chunk: Chunk;

  constructor(chunk: Chunk) {
    this.chunk = chunk;
  }
}

/** The pieces of a chunk, in their order. */
export function piecesOf(chunk: Chunk): readonly Uint8Array[] {
  return chunk instanceof Uint8Array ? [chunk] : chunk.flatMap(piecesOf);
}
