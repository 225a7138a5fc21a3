import { createHash } from 'node:crypto';
import { Failure } from '../errors.ts';
import type { Anchor, ListQuestion } from '../model/range.ts';
import { isSameWindow, type Window } from '../model/window.ts';
import { decodeKeyset, encodeKeyset, type Keyset, type KeysetList, type OpenedKeyset } from './keyset.ts';
import type { Opened, Seal } from './seal.ts';

/** What a cursor holds: its window, and where it stands: by an anchor in the upstream's order, by a keyset in one of ours. */
export type Cursor =
  | { readonly kind: 'anchor'; readonly window: Window; readonly anchor: Anchor }
  | { readonly kind: 'keyset'; readonly window: Window; readonly keyset: OpenedKeyset };

/** Makes and opens the cursors of one scope (account, org, stream, client). */
export type Cursors = {
  /** The cursor of a row that was read from the upstream's own list. */
  seal(question: ListQuestion, anchor: Anchor): string;
  /** The cursor of a row in a list of ours. Throws UPSTREAM_TOO_LARGE when it would be longer than a cursor may be. */
  sealKeyset(list: KeysetList, keyset: Keyset): string;
  /**
   * Opens a cursor of one of these lists; `window` is the one that was asked for, null if none was.
   * Throws BAD_CURSOR with the reason BROKEN, OTHER_VERSION or OTHER_QUESTION.
   */
  open(token: string, lists: OpenableLists, window: Window | null): Cursor;
};

/** The lists that a cursor may be of: the upstream's own under these filters (null: not that one), or one of ours. */
export type OpenableLists = { readonly direct: PushedFilters | null; readonly keyset: KeysetList };

export type PushedFilters = Pick<ListQuestion, 'contactDirection' | 'includeBelowThreshold'>;

const fingerprintBytes = 8;
const printBytes = 6;
const headBytes = fingerprintBytes + 6 + 6 + 4 + 4 + printBytes + 1;

/** A cursor that's longer is not ours, and isn't looked at. */
const tokenLengthMax = 4_096;

/** What of it a keyset may fill: base64 takes four characters for three bytes, and the seal takes 29 bytes. */
const keysetBytesMax = (tokenLengthMax / 4) * 3 - 29 - fingerprintBytes;

/** The cursors of a scope: another scope, filter, order or window has other cursors, and refuses these. */
export function createCursors(seal: Seal, scope: string): Cursors {
  const printOf = onceEach((question: PushedFilters) => fingerprint(scope, question));
  const keysetPrintOf = onceEach((list: KeysetList) => keysetFingerprint(scope, list));
  return {
    seal: (question, anchor) => seal.seal(encode(printOf(question), question.window, anchor)),
    sealKeyset: (list, keyset) => seal.seal(Buffer.concat([keysetPrintOf(list), encodeKeyset(keyset, keysetBytesMax)])),
    open(token, lists, window) {
      const opened: Opened = token.length <= tokenLengthMax ? seal.open(token) : { kind: 'broken' };
      if (opened.kind === 'broken') throw badCursor('This cursor is broken', 'BROKEN');
      if (opened.kind === 'other-version')
        throw badCursor('This cursor was made by another version; start anew', 'OTHER_VERSION');
      const cursor = decode(opened.plaintext, scope, lists);
      if (cursor === null || (window !== null && !isSameWindow(window, cursor.window)))
        throw badCursor('This cursor belongs to another window, filter or order', 'OTHER_QUESTION');
      return cursor;
    },
  };
}

/** The same function, which is asked once for each object: all the cursors of a page are of one list. */
function onceEach<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

/** What a cursor holds, if it is of one of these lists: its fingerprint says of which. */
function decode(plaintext: Buffer, scope: string, { direct, keyset }: OpenableLists): Cursor | null {
  const [print, rest] = [plaintext.subarray(0, fingerprintBytes), plaintext.subarray(fingerprintBytes)];
  if (direct !== null && print.equals(fingerprint(scope, direct)))
    return { kind: 'anchor', ...decodeAnchor(plaintext) };
  if (!print.equals(keysetFingerprint(scope, keyset))) return null;
  const opened = decodeKeyset(rest);
  return { kind: 'keyset', window: opened.window, keyset: opened };
}

function badCursor(message: string, reason: string): Failure {
  return new Failure('BAD_CURSOR', message, { reason });
}

/** Says whose list it is: the scope and the pushed filters. The window stands in the cursor itself. */
function fingerprint(scope: string, { contactDirection, includeBelowThreshold }: PushedFilters): Buffer {
  return fingerprintOf(['conversations', scope, contactDirection, includeBelowThreshold]);
}

function keysetFingerprint(scope: string, list: KeysetList): Buffer {
  const { kind, contactDirection, includeBelowThreshold, filterKey, orderKey, timeZone } = list;
  return fingerprintOf(['keyset', scope, kind, contactDirection, includeBelowThreshold, filterKey, orderKey, timeZone]);
}

function fingerprintOf(question: readonly (string | boolean | null)[]): Buffer {
  return createHash('sha256').update(JSON.stringify(question)).digest().subarray(0, fingerprintBytes);
}

function encode(print: Buffer, { from, until }: Window, anchor: Anchor): Buffer {
  const neighbours = [...anchor.before, ...anchor.after];
  const bytes = Buffer.alloc(headBytes + neighbours.length * printBytes);
  let at = print.copy(bytes, 0);
  at = bytes.writeIntBE(from, at, 6);
  at = bytes.writeIntBE(until, at, 6);
  at = bytes.writeUInt32BE(anchor.offset, at);
  at = bytes.writeUInt32BE(anchor.total, at);
  at = bytes.writeUInt8((anchor.before.length << 4) | anchor.after.length, at);
  for (const each of [anchor.print, ...neighbours]) at += bytes.write(each, at, printBytes, 'hex');
  return bytes;
}

function decodeAnchor(bytes: Buffer): { readonly window: Window; readonly anchor: Anchor } {
  const counts = bytes.readUInt8(28);
  const printAt = (index: number) => bytes.toString('hex', 29 + index * printBytes, 29 + (index + 1) * printBytes);
  const [beforeCount, afterCount] = [counts >> 4, counts & 0xf];
  return {
    window: { from: bytes.readIntBE(8, 6), until: bytes.readIntBE(14, 6) },
    anchor: {
      offset: bytes.readUInt32BE(20),
      total: bytes.readUInt32BE(24),
      print: printAt(0),
      before: Array.from({ length: beforeCount }, (_, index) => printAt(1 + index)),
      after: Array.from({ length: afterCount }, (_, index) => printAt(1 + beforeCount + index)),
    },
  };
}
