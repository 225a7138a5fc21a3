/**
 * Bytes of several parts: a head in JSON, then what is kept as it is, then what is read once. Every part begins at a multiple of eight, so that
 * arrays of any width can be laid over it.
 *
 *     head length, kept length (4 bytes each) | head | kept parts | other parts
 */
export type Writer = {
  keep(part: ArrayBufferView): void;
  lay(part: ArrayBufferView): void;
  end(head: string): Buffer;
};

type ArrayMaker<A> = { readonly BYTES_PER_ELEMENT: number; new (buffer: ArrayBuffer, at: number, count: number): A };

export type Reader = {
  readonly head: string;
  /** The next part that was kept, as an array over one copy of all of them. */
  kept<A>(count: number, make: ArrayMaker<A>): A;
  /** The next other part, as an array of its own. */
  laid<A>(count: number, make: ArrayMaker<A>): A;
};

const startBytes = 8;
const alignment = 8;

const aligned = (byteLength: number): number => Math.ceil(byteLength / alignment) * alignment;

/** Collects parts, in the order in which they will be asked for. Copies nothing before its end. */
export function createWriter(): Writer {
  const keptParts: ArrayBufferView[] = [];
  const otherParts: ArrayBufferView[] = [];
  return {
    keep: (part) => void keptParts.push(part),
    lay: (part) => void otherParts.push(part),
    end(text) {
      const head = Buffer.from(text);
      const parts = [head, ...keptParts, ...otherParts];
      const lengthOf = (list: readonly ArrayBufferView[]) =>
        list.reduce((sum, part) => sum + aligned(part.byteLength), 0);
      const bytes = Buffer.alloc(startBytes + lengthOf(parts));
      bytes.writeUInt32LE(head.length, 0);
      bytes.writeUInt32LE(lengthOf(keptParts), 4);
      let at = startBytes;
      for (const part of parts) {
        bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
        at += aligned(part.byteLength);
      }
      return bytes;
    },
  };
}

/** Reads parts in the order in which they were written. Throws a RangeError when there are fewer bytes than asked for. */
export function createReader(bytes: Uint8Array): Reader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headLength = view.readUInt32LE(0);
  const keptAt = startBytes + aligned(headLength);
  const otherAt = keptAt + view.readUInt32LE(4);
  if (bytes.byteLength < otherAt) throw new RangeError('the parts are longer than their bytes');
  const kept = new Uint8Array(bytes.subarray(keptAt, otherAt)).buffer;
  let nextKept = 0;
  let nextOther = otherAt;
  return {
    head: view.toString('utf8', startBytes, startBytes + headLength),
    kept(count, make) {
      const at = nextKept;
      nextKept += aligned(count * make.BYTES_PER_ELEMENT);
      return new make(kept, at, count);
    },
    laid(count, make) {
      const at = nextOther;
      const byteLength = count * make.BYTES_PER_ELEMENT;
      nextOther += aligned(byteLength);
      if (bytes.byteLength < at + byteLength) throw new RangeError('a part is longer than its bytes');
      return new make(new Uint8Array(bytes.subarray(at, at + byteLength)).buffer, 0, count);
    },
  };
}
