import type { Column } from '../model/column.ts';
import type { Columns } from '../model/table.ts';
import type { Selected } from './rows.ts';

/** How often each value was seen. It knows nothing of the order in which they were, so what follows from it doesn't depend on that. */
export type Multiset<T> = ReadonlyMap<T, number>;

/** The values of a column over selected rows: by code first, for many rows share few values. */
export function countValues<T>(parts: readonly Selected[], pick: (columns: Columns) => Column<T>): Multiset<T> {
  const counts = new Map<T, number>();
  for (const { table, indices } of parts) {
    const { codes, values } = pick(table.columns);
    if (indices.length < values.length) {
      for (const index of indices) addTo(counts, values[codes[index] ?? 0] as T, 1);
      continue;
    }
    const countsByCode = new Uint32Array(values.length);
    for (const index of indices) {
      const code = codes[index] ?? 0;
      countsByCode[code] = (countsByCode[code] ?? 0) + 1;
    }
    for (const [code, value] of values.entries()) {
      const count = countsByCode[code] ?? 0;
      if (0 < count) addTo(counts, value, count);
    }
  }
  return counts;
}

/** What was seen by either. */
export function mergeCounts<T>(one: Multiset<T>, other: Multiset<T>): Multiset<T> {
  const counts = new Map(one);
  for (const [value, count] of other) addTo(counts, value, count);
  return counts;
}

/** Counts a value a few times more. */
export function addTo<T>(counts: Map<T, number>, value: T, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}

/** How many values were seen, of those that fit. */
export function countOf<T>(counts: Multiset<T>, fits: (value: T) => boolean = () => true): number {
  let total = 0;
  for (const [value, count] of counts) if (fits(value)) total += count;
  return total;
}

/** Without nulls. */
export function known<T>(counts: Multiset<T | null>): Multiset<T> {
  const kept = new Map<T, number>();
  for (const [value, count] of counts) if (value !== null) kept.set(value, count);
  return kept;
}

/** The values ascending, each once: sorted when they are first asked for, for a multiset that is added up changes no more. */
export function ascending(counts: Multiset<number>): readonly number[] {
  const known = sorted.get(counts) ?? [...Float64Array.from(counts.keys()).sort()];
  sorted.set(counts, known);
  return known;
}

const sorted = new WeakMap<Multiset<number>, readonly number[]>();

/** The sum, added up in ascending order so that equal multisets have equal sums to the last bit. What exceeds the greatest number is that number. */
export function sumOf(counts: Multiset<number>): number {
  let sum = 0;
  for (const value of ascending(counts)) {
    sum = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, sum + value * (counts.get(value) ?? 0)));
  }
  return sum;
}

/** The mean, never outside of what was seen; null of nothing. */
export function meanOf(counts: Multiset<number>): number | null {
  const values = ascending(counts);
  const [least, greatest] = [values.at(0), values.at(-1)];
  if (least === undefined || greatest === undefined) return null;
  return Math.max(least, Math.min(greatest, sumOf(counts) / countOf(counts)));
}
