import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter } from '../../src/selection/filter.ts';
import { filterKey } from '../../src/selection/filter-key.ts';
import { conversation } from './arbitraries.ts';
import { filter, filters, matches } from './filters.ts';

const options = { timeout: 30_000 };
const parameters = { seed: 20_261_125, numRuns: 5_000 };

test('filters of one key match the same rows', options, () => {
  // Short filters, for long ones hardly ever have the same key.
  const few = filter.filter((each) => Object.keys(each).length < 2);
  let equalCount = 0;
  fc.assert(
    fc.property(
      fc.array(few, { minLength: 12, maxLength: 24 }),
      fc.array(conversation, { maxLength: 4 }),
      (all, rows) => {
        const byKey = Map.groupBy(all, (each) => filterKey([each]));
        for (const [first, ...others] of byKey.values()) {
          for (const other of others) {
            equalCount += 1;
            for (const row of rows) expect(matches(row, other)).toBe(first !== undefined && matches(row, first));
          }
        }
      },
    ),
    { ...parameters, numRuns: 1_000 },
  );
  expect(equalCount).toBeGreaterThan(500);
});

test('the key does not depend on order, repetition, or on whether nothing is left out or null', options, () => {
  fc.assert(
    fc.property(filters, (wanted) => {
      expect(filterKey(wanted.map(turned).toReversed())).toBe(filterKey(wanted));
      expect(filterKey([...wanted, ...wanted, {}])).toBe(filterKey(wanted));
    }),
    parameters,
  );
});

test.for<[what: string, one: readonly Filter[], other: readonly Filter[]]>([
  ['null and left out', [{ agentIds: null, isScored: undefined }], []],
  ['empty lists that are no condition', [{ metrics: [], customFields: [], dispositions: [] }], [{}]],
  ['two filters and one of both', [{ agentIds: ['a'] }, { isScored: true }], [{ isScored: true, agentIds: ['a'] }]],
  ['repeated values', [{ agentIds: ['b', 'a', 'b'] }], [{ agentIds: ['a', 'b'] }]],
  [
    'repeated branches',
    [{ anyOf: [{ agentIds: ['a', 'a'] }, {}, { agentIds: ['a'] }] }],
    [{ anyOf: [{}, { agentIds: ['a'] }] }],
  ],
  [
    'repeated metrics',
    [{ metrics: [{ metricId: 'm' }, { metricId: 'm', disagrees: null }] }],
    [{ metrics: [{ metricId: 'm' }] }],
  ],
])('the same is asked by: %s', ([, one, other]) => {
  expect(filterKey(one)).toBe(filterKey(other));
});

test.for<[what: string, one: Filter, other: Filter]>([
  ['an empty list and none', { agentIds: [] }, {}],
  ['no branch and none asked for', { anyOf: [] }, {}],
  ['ids of agents and of queues', { agentIds: ['a'] }, { queueIds: ['a'] }],
  ['min and max', { koreEvaluationScore: { min: 1 } }, { koreEvaluationScore: { max: 1 } }],
  ['a bound that no number reaches and none', { koreEvaluationScore: { min: Infinity } }, { koreEvaluationScore: {} }],
  ['no score and any', { koreEvaluationScore: { max: -Infinity } }, { koreEvaluationScore: {} }],
  ['a filter and its inverse', { isScored: true }, { not: { isScored: true } }],
  ['all and any', { agentIds: ['a'], queueIds: ['b'] }, { anyOf: [{ agentIds: ['a'] }, { queueIds: ['b'] }] }],
  ['two ids and one that looks like both', { agentIds: ['a', 'b'] }, { agentIds: ['a","b'] }],
  [
    'two results and one',
    { metrics: [{ metricId: 'a' }, { disagrees: true }] },
    { metrics: [{ metricId: 'a', disagrees: true }] },
  ],
  ['no qualification and any', { metrics: [{ qualifications: [] }] }, { metrics: [{}] }],
  ['set and code', { dispositions: [{ setId: 'a' }] }, { dispositions: [{ codeId: 'a' }] }],
  ['name and value', { customFields: [{ name: 'a', equals: 'b' }] }, { customFields: [{ name: 'b', equals: 'a' }] }],
])('other things are asked by: %s', ([, one, other]) => {
  expect(filterKey([one])).not.toBe(filterKey([other]));
});

/** The same filter with every list turned round and repeated, and nulls left out. */
function turned(wanted: Filter): Filter {
  return turnedValue(wanted) as Filter;
}

function turnedValue(value: unknown): unknown {
  if (Array.isArray(value)) return [...value, ...value].toReversed().map(turnedValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(entries.toReversed().map(([name, each]) => [name, turnedValue(each)]));
}
