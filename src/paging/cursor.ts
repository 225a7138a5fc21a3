import { createHash } from 'node:crypto';
import { Failure } from '../errors.ts';
import type { Anchor, ListQuestion } from '../model/range.ts';
import { isSameWindow, type Window } from '../model/window.ts';
import type { Opened, Seal } from './seal.ts';

/** What a cursor of a plain list holds: its window, whose list it is, and where it stands. */
export type Cursor = { readonly window: Window; readonly anchor: Anchor };

/** Makes and opens the cursors of one scope (account, org, stream, client). */
export type Cursors = {
  seal(question: ListQuestion, anchor: Anchor): string;
  /**
   * Opens a cursor of a list with these pushed filters; `window` is the one that was asked for, null if none was.
   * Throws BAD_CURSOR with the reason BROKEN, OTHER_VERSION or OTHER_QUESTION.
   */
  open(token: string, filters: PushedFilters, window: Window | null): Cursor;
};

export type PushedFilters = Pick<ListQuestion, 'contactDirection' | 'includeBelowThreshold'>;

const fingerprintBytes = 8;
const printBytes = 6;
const headBytes = fingerprintBytes + 6 + 6 + 4 + 4 + printBytes + 1;

/** A cursor that's longer is not ours, and isn't looked at. */
const tokenLengthMax = 512;

/** The cursors of a scope: another scope, filter or window has other cursors, and refuses these. */
export function createCursors(seal: Seal, scope: string): Cursors {
  return {
    seal: (question, anchor) => seal.seal(encode(fingerprint(scope, question), question.window, anchor)),
    open(token, filters, window) {
      const opened: Opened = token.length <= tokenLengthMax ? seal.open(token) : { kind: 'broken' };
      if (opened.kind === 'broken') throw new Failure('BAD_CURSOR', 'This cursor is broken', { reason: 'BROKEN' });
      if (opened.kind === 'other-version') {
        throw new Failure('BAD_CURSOR', 'This cursor was made by another version; start anew', {
          reason: 'OTHER_VERSION',
        });
      }
      const { print, cursor } = decode(opened.plaintext);
      const isOther =
        !print.equals(fingerprint(scope, filters)) || (window !== null && !isSameWindow(window, cursor.window));
      if (isOther) {
        throw new Failure('BAD_CURSOR', 'This cursor belongs to another window, filter or order', {
          reason: 'OTHER_QUESTION',
        });
      }
      return cursor;
    },
  };
}

/** Says whose list it is: the scope and the pushed filters. The window stands in the cursor itself. */
function fingerprint(scope: string, { contactDirection, includeBelowThreshold }: PushedFilters): Buffer {
  const question = JSON.stringify(['conversations', scope, contactDirection, includeBelowThreshold]);
  return createHash('sha256').update(question).digest().subarray(0, fingerprintBytes);
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

function decode(bytes: Buffer): { readonly print: Buffer; readonly cursor: Cursor } {
  const counts = bytes.readUInt8(28);
  const printAt = (index: number) => bytes.toString('hex', 29 + index * printBytes, 29 + (index + 1) * printBytes);
  const [beforeCount, afterCount] = [counts >> 4, counts & 0xf];
  return {
    print: bytes.subarray(0, fingerprintBytes),
    cursor: {
      window: { from: bytes.readIntBE(8, 6), until: bytes.readIntBE(14, 6) },
      anchor: {
        offset: bytes.readUInt32BE(20),
        total: bytes.readUInt32BE(24),
        print: printAt(0),
        before: Array.from({ length: beforeCount }, (_, index) => printAt(1 + index)),
        after: Array.from({ length: afterCount }, (_, index) => printAt(1 + beforeCount + index)),
      },
    },
  };
}
