import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDrift } from '../../src/kore/drift.ts';
import { createReader, fieldAt } from '../../src/kore/fields.ts';
import { metricSpelling } from '../../src/kore/spelling.ts';

const names = [
  'metricId',
  'metricName',
  'weight',
  'negativeWeight',
  'qualification',
  'isFatalError',
  'auditorResponse',
] as const;
type Reader = ReturnType<typeof createReader<(typeof names)[number]>>;

/** What a reader makes of a value, and what it counts. */
function read(reader: Reader, value: unknown) {
  const drift = createDrift({ entriesMax: 100, now: () => 0, onFirst: () => undefined });
  const fields = reader(value, { path: 'here', drift });
  const found = fields === null ? null : names.map((name) => fieldAt(fields, fields.keys[name]));
  return { found, counted: drift.entries().map(({ path, kind, count }) => `${count} ${kind} ${path}`) };
}

const keys = fc.constantFrom(
  ...[
    'Metric ID',
    'metricId',
    'METRIC_ID',
    'Metric Name',
    'metricName',
    'Metric Weight',
    'Qualification',
    'qualification',
    'isFatalError',
    'toString',
    'x',
    '1st',
    'undefined',
  ],
);
const values = fc.constantFrom<unknown>(null, 'a', 'b', 0, 1, true, [], ['a'], { a: 1 });
const objects = fc.array(fc.tuple(keys, values), { maxLength: 8 }).map((entries) => Object.fromEntries(entries));

test('a reader that remembers shapes reads as one that has seen nothing', () => {
  const remembering = createReader(metricSpelling);
  fc.assert(
    fc.property(fc.array(fc.oneof(objects, values), { maxLength: 30 }), (all) => {
      for (const value of [...all, ...all])
        expect(read(remembering, value)).toEqual(read(createReader(metricSpelling), value));
    }),
    { seed: 20_261_127, numRuns: 500 },
  );
});

test('a field is read under any of its spellings; of two that differ the sampled one is believed, and the other counted', () => {
  const reader = createReader(metricSpelling);
  expect(read(reader, { metricId: 'm' })).toEqual(read(reader, { 'Metric ID': 'm' }));
  expect(read(reader, { metricId: 'table', 'Metric ID': 'sample' })).toEqual({
    found: ['sample', ...Array(6).fill(undefined)],
    counted: ['1 UNKNOWN_VALUE here.metricId'],
  });
  expect(read(reader, { 'Metric ID': 'sample', metricId: 'table' })).toEqual(
    read(reader, { metricId: 'table', 'Metric ID': 'sample' }),
  );
  expect(read(reader, { 'Metric ID': null, metricId: 'table' }).found?.[0]).toBe('table');
  expect(read(reader, ['m'])).toEqual({ found: null, counted: ['1 WRONG_TYPE here'] });
});

test.for([
  ['extra', 'here.extra'],
  ['AI Coach Summary_2', 'here.AI Coach Summary_2'],
  ['_x', 'here._x'],
  [`a${'b'.repeat(40)}`, `here.a${'b'.repeat(40)}`],
  [`a${'b'.repeat(41)}`, 'here.?'],
  ['1st', 'here.?'],
  [' x', 'here.?'],
  ['a.rao@example.com', 'here.?'],
  ['Zoë', 'here.?'],
  ['', 'here.?'],
])(
  'a key that nobody knows is counted, and repeated only where it looks like the name of a field: %s',
  ([key, path]) => {
    const value: unknown = JSON.parse(`{${JSON.stringify(key)}:1,"Metric ID":2}`);
    const reader = createReader(metricSpelling);
    for (const _ of ['first', 'again']) {
      expect(read(reader, value)).toEqual({
        found: [2, ...Array(6).fill(undefined)],
        counted: [`1 UNKNOWN_KEY ${path}`],
      });
    }
  },
);
