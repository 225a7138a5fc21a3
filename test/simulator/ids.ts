import { feistel, hex } from './hash.ts';
import { type Layout, rowOfSerial } from './layout.ts';

const halfBits = 24;

/** A row's own conversation id (contract 2.3: `c-<hex>`, not a UUID). Its last group holds the serial, scrambled. */
export function idOfSerial(seed: number, serial: number): string {
  const head = hex(19, seed, serial, 101);
  const tail = feistel(seed, serial, halfBits, false).toString(16).padStart(12, '0');
  return `c-${head.slice(0, 7)}-${head.slice(7, 11)}-${head.slice(11, 15)}-${head.slice(15, 19)}-${tail}`;
}

/** The serial whose own id this is, or null where the id was never made here. */
export function serialOfId(seed: number, conversationId: string): number | null {
  const tail = /^c-(?:[0-9a-f]+-){4}([0-9a-f]{12})$/.exec(conversationId)?.[1];
  if (tail === undefined) return null;
  const serial = feistel(seed, Number.parseInt(tail, 16), halfBits, true);
  return idOfSerial(seed, serial) === conversationId ? serial : null;
}

/** One row in this many is a later segment of an earlier row's conversation (contract 2.6.10). */
const segmentEvery = 125;
const segmentAt = 62;

/**
 * The serial of the row whose conversation this row is another segment of; its own serial for all others. Half of the segments
 * follow at once, half come sixty rows of their class later, so that the two stand on one page or on two.
 */
export function conversationSerial(layout: Layout, serial: number): number {
  const row = rowOfSerial(layout, serial);
  if (row === null) return serial;
  const ordinal = (serial % layout.countPerDay) - (layout.classes[row.classIndex]?.dayOffset ?? 0);
  if (ordinal % segmentEvery !== segmentAt) return serial;
  return serial - (Math.floor(ordinal / segmentEvery) % 2 === 0 ? 1 : 60);
}

/** Every serial that bears the id of this one while segments are on, itself first where it does. */
export function segmentSerials(layout: Layout, serial: number): readonly number[] {
  return [serial, serial + 1, serial + 60].filter((other) => conversationSerial(layout, other) === serial);
}
