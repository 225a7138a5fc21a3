import { expect, test } from 'vitest';
import { createDrift, type DriftEntry } from '../../src/kore/drift.ts';

test('a deviation is counted by its place and its kind, and told when it is first seen', () => {
  const { drift, told, setNow } = make(10);
  setNow(1_000);
  drift.count('results[].channel', 'UNKNOWN_VALUE');
  setNow(2_000);
  drift.count('results[].channel', 'UNKNOWN_VALUE');
  drift.count('results[].channel', 'WRONG_TYPE');
  const channel = { path: 'results[].channel', kind: 'UNKNOWN_VALUE', firstSeenAt: 1_000 };
  const other = { path: 'results[].channel', kind: 'WRONG_TYPE', count: 1, firstSeenAt: 2_000 };
  expect(drift.entries()).toStrictEqual([{ ...channel, count: 2 }, other]);
  expect(told).toStrictEqual([{ ...channel, count: 1 }, other]);
});

test('the number of entries is bounded; those that are there go on counting', () => {
  const { drift, told } = make(2);
  for (const path of ['a', 'b', 'c', 'a', 'd']) drift.count(path, 'UNKNOWN_KEY');
  expect(drift.entries().map(({ path, count }) => [path, count])).toStrictEqual([
    ['a', 2],
    ['b', 1],
  ]);
  expect(told).toHaveLength(2);
});

test('a place is cut where it gets long, and what is cut alike counts together', () => {
  const { drift } = make(10);
  drift.count(`results[].${'x'.repeat(1_000_000)}`, 'UNKNOWN_KEY');
  drift.count(`results[].${'x'.repeat(1_000_001)}`, 'UNKNOWN_KEY');
  const [entry, ...others] = drift.entries();
  expect(entry).toMatchObject({ count: 2, kind: 'UNKNOWN_KEY' });
  expect(entry?.path.length).toBeLessThanOrEqual(120);
  expect(others).toStrictEqual([]);
});

test('entries that were handed out do not change', () => {
  const { drift } = make(10);
  drift.count('a', 'MISSING');
  const before = drift.entries();
  drift.count('a', 'MISSING');
  expect(before.map(({ count }) => count)).toStrictEqual([1]);
});

function make(entriesMax: number) {
  let now = 0;
  const told: DriftEntry[] = [];
  const drift = createDrift({ entriesMax, now: () => now, onFirst: (entry) => told.push(entry) });
  return {
    drift,
    told,
    setNow: (ms: number) => {
      now = ms;
    },
  };
}
