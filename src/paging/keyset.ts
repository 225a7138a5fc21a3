import { createHash } from 'node:crypto';
import { Failure } from '../errors.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Window } from '../model/window.ts';

/** What makes one list that is held in the gateway's own order another than the next, but for its window and its owner. */
export type KeysetList = {
  /** What is listed, and of what: `Query.agents`. */
  readonly kind: string;
  /** What the upstream filters by itself. */
  readonly contactDirection: ListQuestion['contactDirection'];
  readonly includeBelowThreshold: boolean;
  /** Canonical texts of every other filter and of the order. */
  readonly filterKey: string;
  readonly orderKey: string;
  /** Whose midnights cut the slices that places count. */
  readonly timeZone: string;
};

/** What a row is found again by: the values that it is ordered by, the foremost first. Numbers are exact. */
export type KeysetPlace = readonly (string | number | null)[];

/** What a cursor of such a list holds. */
export type Keyset = {
  readonly window: Window;
  /** Whose list it is, such as an agent's id; null for a list of everything. */
  readonly owner: string | null;
  readonly place: KeysetPlace;
  /** Whether the walk that it continues has passed something unread: then no answer of it may call itself complete. */
  readonly isPartial: boolean;
};

/** A keyset as its cursor gives it back: the owner is known by its print alone. */
export type OpenedKeyset = Omit<Keyset, 'owner'> & { readonly ownerPrint: string };

const printBytes = 8;
const placeAt = printBytes + 6 + 6 + 1;

/** What a keyset is sealed as. Throws UPSTREAM_TOO_LARGE when its strings are longer than a cursor may be. */
export function encodeKeyset({ window, owner, place, isPartial }: Keyset, bytesMax: number): Buffer {
  const text = JSON.stringify(place);
  const bytes = Buffer.alloc(placeAt + Buffer.byteLength(text));
  if (bytesMax < bytes.length) {
    const message = 'The ids of this row are too long for a cursor';
    throw new Failure('UPSTREAM_TOO_LARGE', message, { reason: 'CURSOR_LENGTH' });
  }
  let at = bytes.write(ownerPrintOf(owner), 0, printBytes, 'hex');
  at = bytes.writeIntBE(window.from, at, 6);
  at = bytes.writeIntBE(window.until, at, 6);
  at = bytes.writeUInt8(isPartial ? 1 : 0, at);
  bytes.write(text, at);
  return bytes;
}

/** Reads what `encodeKeyset` wrote; the seal vouches that it did. */
export function decodeKeyset(bytes: Buffer): OpenedKeyset {
  return {
    ownerPrint: bytes.toString('hex', 0, printBytes),
    window: { from: bytes.readIntBE(printBytes, 6), until: bytes.readIntBE(printBytes + 6, 6) },
    isPartial: bytes.readUInt8(placeAt - 1) === 1,
    place: JSON.parse(bytes.toString('utf8', placeAt)) as KeysetPlace,
  };
}

/** Throws BAD_CURSOR with the reason OTHER_QUESTION where a cursor is of another owner's list: another agent's, another queue's. */
export function checkOwner({ ownerPrint }: OpenedKeyset, owner: string | null): void {
  if (ownerPrint === ownerPrintOf(owner)) return;
  throw new Failure('BAD_CURSOR', "This cursor belongs to another object's list", { reason: 'OTHER_QUESTION' });
}

function ownerPrintOf(owner: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify(owner))
    .digest('hex')
    .slice(0, 2 * printBytes);
}
