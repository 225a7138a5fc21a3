/** Bytes that are read one by one, or four at a time from wherever. */
export type Bytes = { readonly single: Uint8Array<ArrayBuffer>; readonly view: DataView<ArrayBuffer> };

/** The bytes of a buffer. */
export function bytesOf(buffer: ArrayBuffer): Bytes {
  return { single: new Uint8Array(buffer), view: new DataView(buffer) };
}

/** What was found next, the last time. */
export type Trail<T> = { next: Leaf<T> | undefined };

/** A text: what it stands for, how many bytes it has and where they stand, and what was found behind it. */
export type Leaf<T> = Trail<T> & {
  readonly value: T;
  readonly start: number;
  readonly length: number;
  /** The last of its parts. */
  node: Node<T>;
};

/**
 * A part of texts that begin alike: of each the bytes from `from` until `until`, which stand in the arena from `start` on. Behind it texts end, or go on in several ways, each of which begins with a byte of its own:
 * `firsts` has them beside each other, for looking for them in the ways themselves is what would take longest.
 */
type Node<T> = {
  parent: Node<T> | undefined;
  start: number;
  from: number;
  readonly until: number;
  readonly leaf: Leaf<T> | undefined;
  readonly firsts: (number | undefined)[];
  readonly ways: Node<T>[];
};

/** Texts that are told by their bytes, and what they stand for. None of them may begin with another: so it is with whole objects of JSON. */
export type TextTree<T> = {
  /**
   * The text that stands in `bytes` at `at`, byte for byte; undefined: none of the tree's does. What was found behind `trail` the last time is looked at first: where it differs, the search goes on from the part that they share.
   */
  find(bytes: Bytes, at: number, trail: Trail<T>): Leaf<T> | undefined;
  /** Adds the text from `start` to `end`, which isn't in the tree. Undefined: there is no room. */
  add(bytes: Bytes, start: number, end: number, value: T): Leaf<T> | undefined;
};

/** Where the bytes of several trees stand, which bounds them. */
export type Arena = {
  readonly bytes: Bytes;
  /** Where so many more bytes may be written; undefined: nowhere. */
  take(length: number): number | undefined;
  /** Whether room was once asked for that there wasn't: from then on there is none. */
  isFull(): boolean;
};

/** A text takes so much room at least: short ones take more beside their bytes than for them. */
const textBytesMin = 128;

/** Room for so many bytes. */
export function createArena(bytesMax: number): Arena {
  let used = 0;
  let isFull = false;
  return {
    bytes: bytesOf(new ArrayBuffer(bytesMax)),
    take(length) {
      isFull ||= bytesMax - used < length;
      if (isFull) return undefined;
      const start = used;
      used += Math.max(length, textBytesMin);
      return start;
    },
    isFull: () => isFull,
  };
}

/** A tree without a text. */
export function createTextTree<T>(arena: Arena): TextTree<T> {
  const { bytes: known } = arena;
  const root: Node<T> = { parent: undefined, start: 0, from: 0, until: 0, leaf: undefined, firsts: [], ways: [] };
  return {
    find(bytes, at, trail) {
      let node: Node<T> | undefined = root;
      const { next } = trail;
      if (next !== undefined) {
        const count = countSame(bytes, at, known, next.start, next.length);
        if (count === next.length) return next;
        node = nodeUntil(next.node, count);
      }
      while (node !== undefined) {
        const way = wayOf(node, bytes.single[at + node.until]);
        if (way === undefined || sameOf(way, bytes, at, known) < way.until - way.from) return undefined;
        if (way.leaf !== undefined) {
          trail.next = way.leaf;
          return way.leaf;
        }
        node = way;
      }
      return undefined;
    },
    add(bytes, at, end, value) {
      const start = arena.take(end - at);
      if (start === undefined) return undefined;
      known.single.set(bytes.single.subarray(at, end), start);
      let node = root;
      for (
        let way = wayOf(node, bytes.single[at]);
        way !== undefined;
        way = wayOf(node, bytes.single[at + node.until])
      ) {
        const count = sameOf(way, bytes, at, known);
        node = count < way.until - way.from ? split(way, node, count, known) : way;
      }
      return grow(node, { value, start, length: end - at, next: undefined, node }, known);
    },
  };
}

function wayOf<T>({ firsts, ways }: Node<T>, first: number | undefined): Node<T> | undefined {
  for (let index = 0; index < firsts.length; index++) if (firsts[index] === first) return ways[index];
  return undefined;
}

/** The part that ends where this many bytes of the last one's text do; undefined: none does, so that no text begins with those and goes on in another way. */
function nodeUntil<T>(last: Node<T>, count: number): Node<T> | undefined {
  let node = last;
  while (node.parent !== undefined && count < node.from) node = node.parent;
  return node.from === count ? node.parent : undefined;
}

/** How many bytes of a part stand where they would in a text that begins at `at`. */
function sameOf<T>({ start, from, until }: Node<T>, bytes: Bytes, at: number, known: Bytes): number {
  return countSame(bytes, at + from, known, start, until - from);
}

/** Lets a part of `parent` end after so many bytes, and begin anew behind them. Returns what is before them. */
function split<T>(node: Node<T>, parent: Node<T>, count: number, { single }: Bytes): Node<T> {
  const { start, from } = node;
  const until = from + count;
  const firsts = [single[start + count]];
  const before: Node<T> = { parent, start, from, until, leaf: undefined, firsts, ways: [node] };
  parent.ways[parent.ways.indexOf(node)] = before;
  [node.parent, node.start, node.from] = [before, start + count, until];
  return before;
}

/** Lets a text go on behind a part, to its end. */
function grow<T>(parent: Node<T>, leaf: Leaf<T>, { single }: Bytes): Leaf<T> {
  const from = parent.until;
  const start = leaf.start + from;
  leaf.node = { parent, start, from, until: leaf.length, leaf, firsts: [], ways: [] };
  parent.firsts.push(single[start]);
  parent.ways.push(leaf.node);
  return leaf;
}

/** How many of `length` bytes from `at` on are those of `known` from `start` on, until the first that isn't. Eight are compared at a time. */
function countSame(bytes: Bytes, at: number, known: Bytes, start: number, length: number): number {
  const one = bytes.view;
  const other = known.view;
  const comparable = Math.min(length, bytes.single.length - at);
  let count = 0;
  for (; count + 8 <= comparable; count += 8) {
    const low = one.getInt32(at + count, true) ^ other.getInt32(start + count, true);
    const high = one.getInt32(at + count + 4, true) ^ other.getInt32(start + count + 4, true);
    if ((low | high) !== 0) break;
  }
  while (count < comparable && bytes.single[at + count] === known.single[start + count]) count += 1;
  return count;
}
