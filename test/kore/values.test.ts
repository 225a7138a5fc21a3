import { describe, expect, test } from 'vitest';
import { createDrift } from '../../src/kore/drift.ts';
import {
  count,
  fingerprint,
  flag,
  identifier,
  instant,
  items,
  jsonObject,
  literal,
  numberWithin,
  type Place,
  required,
  text,
} from '../../src/kore/values.ts';

/** What a decoder makes of a value, and what it counts. */
function read(decode: (place: Place) => unknown): readonly [value: unknown, ...counted: readonly string[]] {
  const drift = createDrift({ entriesMax: 100, now: () => 0, onFirst: () => undefined });
  const value = decode({ path: 'here', drift });
  return [value, ...drift.entries().map(({ path, kind }) => `${kind} ${path}`)];
}

const wrong = [null, 'WRONG_TYPE here'];
const unknown = [null, 'UNKNOWN_VALUE here'];

describe('an instant', () => {
  test.for([
    ['2026-03-02T10:11:12Z', '2026-03-02T10:11:12.000Z'],
    ['2026-03-02T10:11:12.5Z', '2026-03-02T10:11:12.500Z'],
    ['2026-03-02T10:11:12.123456789Z', '2026-03-02T10:11:12.123Z'],
    ['2026-03-02T10:11:12+05:30', '2026-03-02T04:41:12.000Z'],
    ['2026-03-02T00:11:12+14:00', '2026-03-01T10:11:12.000Z'],
    ['2026-03-02T23:11:12-09:00', '2026-03-03T08:11:12.000Z'],
    ['2026-03-02 10:11:12', '2026-03-02T10:11:12.000Z'],
    ['2026-03-02 10:11:12.25', '2026-03-02T10:11:12.250Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-01-01T00:00:00Z', '2000-01-01T00:00:00.000Z'],
    ['2099-12-31T23:59:59.999Z', '2099-12-31T23:59:59.999Z'],
    [Date.UTC(2000, 0, 1), '2000-01-01T00:00:00.000Z'],
    [Date.UTC(2100, 0, 1) - 1, '2099-12-31T23:59:59.999Z'],
    [Date.UTC(2026, 2, 2) + 0.9, '2026-03-02T00:00:00.000Z'],
  ] as const)('is read: %s', ([value, iso]) => {
    expect(read((place) => instant(value, place))).toEqual([Date.parse(iso)]);
  });

  test.for([
    'yesterday',
    '',
    '2026-03-02',
    '2026-03-02T10:11:12',
    '2026-03-02T10:11Z',
    '2026-03-02T10:11:12z',
    '2026-03-02T10:11:12.Z',
    '2026-03-02T10:11:12.1234567890Z',
    '2026-03-02T10:11:12+0530',
    '2026-03-02T10:11:12+5:30',
    ' 2026-03-02T10:11:12Z',
    '2026-03-02T10:11:12Z ',
    '+2026-03-02T10:11:12Z',
    '26-03-02T10:11:12Z',
    '2026-3-2T10:11:12Z',
    '2026-03-02T1:11:12Z',
    '2026-03-02  10:11:12',
    '2026-03-02 10:11:12Z',
    '2026-03-02 10:11:12.',
    ' 2026-03-02 10:11:12',
    '2026-03-02 10:11:12 ',
    '2026-03-02 10:11',
    '2026-13-02T10:11:12Z',
    '2026-02-30T10:11:12Z',
    '2025-02-29 10:11:12',
    '2026-03-02T25:11:12Z',
    '1999-12-31T23:59:59Z',
    '2100-01-01T00:00:00Z',
    Date.UTC(2000, 0, 1) - 1,
    Date.UTC(2100, 0, 1),
    Number.POSITIVE_INFINITY,
    Number.NaN,
    0,
  ])('is null, and counted, where it can not be meant: %s', (value) => {
    expect(read((place) => instant(value, place))).toEqual(unknown);
  });

  test.for([true, {}, []])('is neither a text nor a number: %o', (value) => {
    expect(read((place) => instant(value, place))).toEqual(wrong);
  });
});

describe('single values', () => {
  test.for<[name: string, decode: (value: unknown, place: Place) => unknown]>([
    ['text', text],
    ['an identifier', identifier],
    ['a flag', flag],
    ['a number', (value, place) => numberWithin(value, -1, 1, place)],
    ['a count', count],
    ['an instant', instant],
    ['a JSON object', jsonObject],
    ['a literal', (value, place) => literal(value, new Map([['yes', 'YES']]), 'UNKNOWN', place)],
  ])('are null where they are absent, and nothing is counted: %s', ([, decode]) => {
    expect(read((place) => decode(null, place))).toEqual([null]);
    expect(read((place) => decode(undefined, place))).toEqual([null]);
  });

  test.for<[decode: (place: Place) => unknown, outcome: readonly unknown[]]>([
    [(place) => text('', place), ['']],
    [(place) => text(3, place), wrong],
    [(place) => identifier('', place), unknown],
    [(place) => identifier(' ', place), [' ']],
    [(place) => identifier(7, place), wrong],
    [(place) => required('c-1', place), ['c-1']],
    [(place) => required(null, place), [null, 'MISSING here']],
    [(place) => required(undefined, place), [null, 'MISSING here']],
    [(place) => required('', place), unknown],
    [(place) => flag(false, place), [false]],
    [(place) => flag(true, place), [true]],
    [(place) => flag('true', place), wrong],
    [(place) => flag(0, place), wrong],
    [(place) => numberWithin(-1, -1, 1, place), [-1]],
    [(place) => numberWithin(1, -1, 1, place), [1]],
    [(place) => numberWithin(1.01, -1, 1, place), unknown],
    [(place) => numberWithin(-1.01, -1, 1, place), unknown],
    [(place) => numberWithin(Number.NaN, -1, 1, place), unknown],
    [(place) => numberWithin('1', -1, 1, place), wrong],
    [(place) => Object.is(numberWithin(-0, -1, 1, place), 0), [true]],
    [(place) => count(0, place), [0]],
    [(place) => count(2 ** 31 - 1, place), [2 ** 31 - 1]],
    [(place) => count(2 ** 31, place), unknown],
    [(place) => count(-1, place), unknown],
    [(place) => count(1.5, place), wrong],
    [(place) => count('1', place), wrong],
    [(place) => items(['a', null], place), [['a', null]]],
    [(place) => items(null, place), [[], 'MISSING here']],
    [(place) => items(undefined, place), [[], 'MISSING here']],
    [(place) => items({ length: 0 }, place), [[], 'WRONG_TYPE here']],
    [(place) => literal(' Y_es', new Map([['yes', 'YES']]), null, place), ['YES']],
    [(place) => literal('no', new Map([['yes', 'YES']]), 'UNKNOWN', place), ['UNKNOWN', 'UNKNOWN_VALUE here']],
    [(place) => literal(1, new Map([['yes', 'YES']]), 'UNKNOWN', place), wrong],
  ])('are what they are, and nothing is made of another type: %s', ([decode, outcome]) => {
    expect(read(decode)).toEqual(outcome);
  });
});

describe('a JSON object', () => {
  const nested = (depth: number): object => (depth === 1 ? {} : { in: nested(depth - 1) });

  test('passes through as it came, eight deep', () => {
    const value = { text: 'a', none: null, list: [1, true, ['b']], in: nested(7) };
    expect(read((place) => jsonObject(value, place))).toEqual([value]);
  });

  test.for<[string, unknown, readonly unknown[]]>([
    ['nine deep', nested(9), unknown],
    ['nine deep in a list', { in: [nested(7)] }, unknown],
    ['a number that JSON can not say', { in: [Number.POSITIVE_INFINITY] }, unknown],
    ['a list', [], wrong],
    ['a text', '{}', wrong],
  ])('is null, and counted, where it is none or can not be said again: %s', ([, value, outcome]) => {
    expect(read((place) => jsonObject(value, place))).toEqual(outcome);
  });
});

test('a fingerprint tells values apart, lists from objects and one order of keys from another, eight deep', () => {
  const nested = (depth: number, end: unknown): unknown => (depth === 0 ? end : [nested(depth - 1, end)]);
  const values = [
    null,
    0,
    '0',
    'null',
    false,
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    { a: 2 },
    { b: 1 },
    [['a', 1]],
    ['a', 1],
  ];
  const others = [{ a: 1, b: 2 }, { b: 2, a: 1 }, JSON.parse('{"__proto__":1}'), nested(7, [1]), nested(7, [2])];
  const prints = [...values, ...others].map(fingerprint);
  expect(new Set(prints).size).toBe(prints.length);
  expect(fingerprint(nested(8, [1]))).toBe(fingerprint(nested(8, [2])));
});
