/** A 32-bit number drawn from a seed and up to three whole numbers: the same for the same four, and the only randomness here. */
export function hash(seed: number, first: number, second = 0, third = 0): number {
  let state = stir(stir(stir(seed | 0, first), second), third);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** The same draw as a share in [0, 1). */
export function share(seed: number, first: number, second = 0, third = 0): number {
  return hash(seed, first, second, third) / 0x1_0000_0000;
}

/** A permutation of [0, size), another one for each key; size is at most 2^52. */
export function permute(key: number, index: number, size: number): number {
  let halfBits = 1;
  while (4 ** halfBits < size) halfBits++;
  let place = index;
  // Cycle walking: the network permutes a power of four, at most four times the size, so it lands inside soon.
  do place = feistel(key, place, halfBits, false);
  while (place >= size);
  return place;
}

/** Permutes the whole numbers below 4^halfBits; `isBackwards` undoes it. */
export function feistel(key: number, value: number, halfBits: number, isBackwards: boolean): number {
  const half = 2 ** halfBits;
  let left = Math.floor(value / half);
  let right = value % half;
  for (let round = 0; round < 4; round++) {
    if (isBackwards) [left, right] = [xor(right, hash(key, left, 3 - round), half), left];
    else [left, right] = [right, xor(left, hash(key, right, round), half)];
  }
  return left * half + right;
}

/** Hex digits drawn from a seed: `count` of them, for ids that look real. */
export function hex(count: number, seed: number, first: number, second = 0): string {
  let digits = '';
  for (let part = 0; digits.length < count; part++)
    digits += hash(seed, first, second, part).toString(16).padStart(8, '0');
  return digits.slice(0, count);
}

/** An id of the vendor's look: a prefix, seven digits where a UUID has eight, then 4-4-4-12. */
export function looseUuid(prefix: string, seed: number, first: number, second = 0): string {
  const digits = hex(31, seed, first, second);
  return `${prefix}${digits.slice(0, 7)}-${digits.slice(7, 11)}-${digits.slice(11, 15)}-${digits.slice(15, 19)}-${digits.slice(19)}`;
}

function stir(state: number, value: number): number {
  let part = Math.imul(value | 0, 0xcc9e2d51);
  part = Math.imul((part << 15) | (part >>> 17), 0x1b873593);
  const mixed = state ^ part;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function xor(value: number, mask: number, half: number): number {
  return ((value ^ (mask % half)) >>> 0) % half;
}
