import { itemDecoders, type ListField, type TakenList, type TakenLists } from './items.ts';
import { textOf } from './json-text.ts';
import { beginBody, createKnownItems, itemAt, type Known, type KnownItems } from './known-items.ts';
import { rowSpelling } from './spelling.ts';
import { type Bytes, bytesOf } from './text-tree.ts';

/** A body without the lists that were taken out. */
export type Hollow = {
  readonly text: string;
  readonly taken: TakenLists;
  /** Whether each list was given back: then what stands for it stands nowhere else. */
  areAllGiven(): boolean;
};

/**
 * Takes lists whose items are known by their bytes out of bodies, so that they are neither parsed nor decoded again: nine tenths of a page are metrics, and most of them say what others said before. What is left is
 * JSON if and only if the body is, for a whole value has been put in the place of a whole value: a text that begins with a character which JSON can only escape, and which is escaped nowhere else in the body.
 * Undefined: nothing could be taken, or not with certainty.
 */
export function createHollower(): (body: ArrayBuffer) => Hollow | undefined {
  let known = createKnownItems();
  const room = createRoom();
  return (body) => {
    beginBody(known);
    const hollow = hollowOut(known, bytesOf(body), room);
    if (known.arena.isFull()) known = createKnownItems();
    return hollow;
  };
}

/** So many lists are taken out of a body at most: a page has four in each of a hundred rows. */
const cutsMax = 10_000;

function hollowOut(known: KnownItems, bytes: Bytes, room: Room): Hollow | undefined {
  const shelves = {
    agents: createShelf(known.agents),
    queues: createShelf(known.queues),
    metrics: createShelf(known.metrics),
    dispositions: createShelf(known.dispositions),
  };
  const body = Buffer.from(bytes.single.buffer);
  if (body.includes(escapedMark)) return undefined;
  const cuts: Cut[] = [];
  let next = 0;
  for (let at = body.indexOf(openBracket); at !== -1 && cuts.length < cutsMax; at = body.indexOf(openBracket, next)) {
    const field = fieldBefore(bytes, at);
    next = at + 1;
    if (field === undefined) continue;
    const { placeholder, end } = shelves[field].take(bytes, at);
    next = end;
    if (placeholder !== undefined) cuts.push({ start: at, end, placeholder });
  }
  if (cuts.length === 0) return undefined;
  const { agents, queues, metrics, dispositions } = shelves;
  const givenCount = () => agents.givenCount() + queues.givenCount() + metrics.givenCount() + dispositions.givenCount();
  return {
    text: leftOf(body, cuts, room),
    taken: shelves,
    areAllGiven: () => givenCount() === cuts.length,
  };
}

/** Where the lists of one field wait that were taken out of a body. */
type Shelf<T> = TakenList<T> & {
  /**
   * Takes the list that begins at `at`, if all its items are known or can be; else there is no text that stands for it. `end`: where to look for the next list; those in its items are never asked for.
   */
  take(bytes: Bytes, at: number): { readonly placeholder: string | undefined; readonly end: number };
  givenCount(): number;
};

function createShelf<T>(known: Known<T>): Shelf<T> {
  const lists: (readonly T[])[] = [];
  let givenCount = 0;
  return {
    take(bytes, start) {
      const items: T[] = [];
      let trail = known.trail;
      let at = start;
      for (;;) {
        const leaf = itemAt(known, bytes, at + 1, trail);
        if (leaf === undefined) return { placeholder: undefined, end: at + 1 };
        at += 1 + leaf.length;
        if (leaf.value === null) return { placeholder: undefined, end: at };
        items.push(leaf.value);
        trail = leaf;
        const byte = bytes.single[at];
        if (byte === closeBracket) return { placeholder: `"${mark}${lists.push(items) - 1}"`, end: at + 1 };
        if (byte !== comma) return { placeholder: undefined, end: at };
      }
    },
    give(value) {
      if (typeof value !== 'string' || value.charCodeAt(0) !== markCode) return undefined;
      givenCount += 1;
      return lists[Number(value.slice(1))];
    },
    givenCount: () => givenCount,
  };
}

const [comma, openBracket, closeBracket] = [0x2c, 0x5b, 0x5d];

/** What stands for a list begins with this character, which texts of JSON hold only if it is escaped. */
const markCode = 0x1b;
const mark = '\\u001b';
/** A body that has this is left alone: it may escape that character, in whatever case. */
const escapedMark = '\\u001';

/** How the keys of lists stand in a body that has no blanks between its tokens, as they are published and folded. Others are left to be parsed. */
const listKeys = [...rowSpelling.fields].flatMap(([key, field]) =>
  isListField(field) ? [{ field, bytes: Buffer.from(`"${key}":`) }] : [],
);

function isListField(field: string): field is ListField {
  return field in itemDecoders;
}

/**
 * The field whose list begins at `at`, if its key stands right before it. Its second quote ends a text, for a quote within a text stands behind a backslash; behind a text and a colon a value begins. Whether it's the text
 * of this key is another matter: it may be the end of a longer one, and its list then isn't asked for.
 */
function fieldBefore({ single }: Bytes, at: number): ListField | undefined {
  for (const { field, bytes } of listKeys) {
    const start = at - bytes.length;
    let index = 0;
    while (index < bytes.length && single[start + index] === bytes[index]) index += 1;
    if (index === bytes.length) return field;
  }
  return undefined;
}

/** What is taken out of a body from `start` to `end`, and the text that is put there. */
type Cut = { readonly start: number; readonly end: number; readonly placeholder: string };

/** Where so many bytes are written, until others are: to have such room made for each body takes longer than to fill it. */
type Room = (length: number) => Buffer<ArrayBuffer>;

/** More than that isn't kept for the next body. */
const roomKeptMax = 1 << 20;

function createRoom(): Room {
  let kept = Buffer.alloc(0);
  return (length) => {
    if (roomKeptMax < length) return Buffer.allocUnsafeSlow(length);
    if (kept.length < length) kept = Buffer.allocUnsafeSlow(roomKeptMax);
    return kept.subarray(0, length);
  };
}

/** What is left of a body. */
function leftOf(body: Buffer<ArrayBuffer>, cuts: readonly Cut[], room: Room): string {
  let length = body.length;
  for (const { start, end, placeholder } of cuts) length += placeholder.length - (end - start);
  const left = room(length);
  let [from, at] = [0, 0];
  for (const { start, end, placeholder } of cuts) {
    at += body.copy(left, at, from, start);
    for (let index = 0; index < placeholder.length; index++) left[at++] = placeholder.charCodeAt(index);
    from = end;
  }
  body.copy(left, at, from);
  return textOf(left);
}
