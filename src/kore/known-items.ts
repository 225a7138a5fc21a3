import { createWithheldDrift, type WithheldDrift } from './drift.ts';
import { type Item, itemDecoders, type ListField } from './items.ts';
import { parsed, textOf } from './json-text.ts';
import { type Places, placesOf } from './places.ts';
import {
  type Arena,
  type Bytes,
  createArena,
  createTextTree,
  type Leaf,
  type TextTree,
  type Trail,
} from './text-tree.ts';

/** How many bytes of items are remembered at most, before all of them are forgotten: some thousands of metrics with what they said. */
const knownBytesMax = 1 << 20;

/** Longer items aren't learned. */
const itemBytesMax = 16_384;

/** Longer items aren't remembered that deviate from what is published: others may stand within them, and be looked for in their turn. */
const deviatingBytesMax = 1_024;

/** So many items of a kind may be learned before one is found. */
const creditMax = 1_000;

/** So many more may be learned of each body, whatever was found. */
const creditPerBody = 20;

/** The items of one kind of list, by their bytes. Null: one that deviates from what is published, so that it has to be decoded and counted wherever it stands. */
export type Known<T> = {
  readonly tree: TextTree<T | null>;
  /** Leads to the item that a list began with the last time. */
  readonly trail: Trail<T | null>;
  /** How many may be learned: that takes longer than to parse one with its body, and is worth it only if it is found again. */
  credit: number;
  readonly decode: (value: unknown, at: Places) => T | null;
  readonly learning: Learning;
};

/** What is shared by all kinds of items that are learned. */
type Learning = {
  /** Those of the item that is being learned. */
  readonly deviations: WithheldDrift;
  /** How many bytes of this body may still be looked through for it, whether an item was found in them or not. */
  bytesLeft: number;
};

/** The items of all lists that were seen before, by their bytes: a page has a thousand metrics, and most of them say what others said. */
export type KnownItems = { readonly [F in ListField]: Known<Item<F>> } & {
  readonly arena: Arena;
  readonly learning: Learning;
};

/** Remembers nothing yet. */
export function createKnownItems(): KnownItems {
  const arena = createArena(knownBytesMax);
  const learning: Learning = { deviations: createWithheldDrift(), bytesLeft: 0 };
  const known = <T>(decode: Known<T>['decode']): Known<T> => ({
    tree: createTextTree<T | null>(arena),
    trail: { next: undefined },
    credit: creditMax,
    decode,
    learning,
  });
  return {
    arena,
    learning,
    agents: known(itemDecoders.agents),
    queues: known(itemDecoders.queues),
    metrics: known(itemDecoders.metrics),
    dispositions: known(itemDecoders.dispositions),
  };
}

/** Lets some more items be learned, for another body begins. Of all its bytes no more are looked through than could be remembered. */
export function beginBody({ agents, queues, metrics, dispositions, learning }: KnownItems): void {
  learning.bytesLeft = knownBytesMax;
  for (const known of [agents, queues, metrics, dispositions]) addCredit(known, creditPerBody);
}

function addCredit(known: { credit: number }, count: number): void {
  known.credit = Math.min(creditMax, known.credit + count);
}

/**
 * The item that begins at `at`: an object of JSON, decoded. It is the one that was decoded when the same bytes stood somewhere before: an object ends where its text says, so that what
 * begins with these bytes is this object, whatever follows. One that isn't known is decoded by itself and remembered, while there is credit. Undefined: it has to be parsed with its body.
 */
export function itemAt<T>(
  known: Known<T>,
  bytes: Bytes,
  at: number,
  trail: Trail<T | null>,
): Leaf<T | null> | undefined {
  const leaf = known.tree.find(bytes, at, trail);
  if (leaf === undefined) return learn(known, bytes, at);
  addCredit(known, 1);
  return leaf;
}

function learn<T>(known: Known<T>, bytes: Bytes, start: number): Leaf<T | null> | undefined {
  const { learning } = known;
  const last = Math.min(bytes.single.length, start + itemBytesMax, start + learning.bytesLeft);
  if (known.credit === 0 || bytes.single[start] !== openBrace) return undefined;
  // Also what turns out to be no item has been looked through.
  known.credit -= 1;
  const end = endOfObject(bytes, start, last);
  learning.bytesLeft -= (end ?? last) - start;
  const value = end === undefined ? undefined : parsed(textOf(bytes.single.subarray(start, end)));
  if (end === undefined || value === undefined) return undefined;
  learning.deviations.clear();
  const item = known.decode(value, placesOf(learning.deviations));
  const isAsPublished = learning.deviations.isEmpty();
  if (!isAsPublished && deviatingBytesMax < end - start) return undefined;
  return known.tree.add(bytes, start, end, isAsPublished ? item : null);
}

const [quote, backslash, openBrace, closeBrace] = [0x22, 0x5c, 0x7b, 0x7d];

/** Where the object that begins at `start` ends, if what is there is JSON; undefined: nowhere before `last`. */
function endOfObject({ single }: Bytes, start: number, last: number): number | undefined {
  let depth = 0;
  let isText = false;
  for (let at = start; at < last; at++) {
    const byte = single[at];
    if (isText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === openBrace) depth += 1;
    else if (byte === closeBrace) depth -= 1;
    if (depth === 0) return byte === closeBrace ? at + 1 : undefined;
  }
  return undefined;
}
