import { getIntrospectionQuery, parse } from 'graphql';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { documentFault } from '../../src/server/document-limits.ts';
import { shapeOf } from '../../src/server/document-shape.ts';

const limits = {
  tokensMax: 200,
  depthMax: 8,
  aliasesMax: 3,
  rootFieldsMax: 4,
  directivesMax: 3,
  fragmentsMax: 3,
  operationsMax: 2,
  variablesMax: 3,
  nameLengthMax: 10,
};

type Row = readonly [title: string, text: string, reason: string | null];

const rows: readonly Row[] = [
  ['an empty document', '', null],
  ['four fields of the root', '{ a b c d }', null],
  ['five', '{ a b c d e }', 'ROOT_FIELDS'],
  ['fields below the root, however many', '{ a { b c d e f g } }', null],
  ['fields of the root in an inline fragment', '{ a b ... on Query { c d e } }', 'ROOT_FIELDS'],
  ['the same behind a directive with an argument', '{ a b ... @include(if: true) { c d e } }', 'ROOT_FIELDS'],
  ['the same without a condition', '{ a b ... { c d e } }', 'ROOT_FIELDS'],
  ['fields of the root in a fragment', '{ a b ...F } fragment F on Query { c d e }', 'ROOT_FIELDS'],
  [
    'the same in a fragment of a fragment',
    '{ a ...F } fragment G on Q { d e } fragment F on Q { b c ...G }',
    'ROOT_FIELDS',
  ],
  ['a fragment below the root', '{ a { ...F } } fragment F on A { b c d e }', null],
  ['a wide fragment below the root', '{ a { ...F } } fragment F on A { a b c d e f g h i j }', null],
  ['a directive of a field, and its arguments', '{ a @include(if: true) { x } b c d }', null],
  ['three aliases', '{ a: x b: x c: x }', null],
  ['four', '{ a: x b: x c: x { d: x } }', 'ALIASES'],
  ['arguments and input fields, which are no aliases', '{ a(b: 1, c: 2, d: { e: 3, f: 4 }) }', null],
  ['two operations', 'query A { a } query B { a }', null],
  ['three', 'query A { a } query B { a } { c }', 'OPERATIONS'],
  ['three variables', 'query ($a: Int = 1, $b: [Int!] = [1], $c: F = {d: 2}) { a(b: $a, c: $b, d: $c) }', null],
  ['four', 'query ($a: Int, $b: Int @x(y: 1), $c: Int, $d: Int) { a }', 'VARIABLES'],
  ['names of ten characters', 'query abcdefghij($abcdefghij: Int) { abcdefghij: a ...abcdefghij }', null],
  ['an alias of eleven', '{ abcdefghijk: a }', 'NAME_LENGTH'],
  ['an operation of eleven', 'query abcdefghijk { a }', 'NAME_LENGTH'],
  ['a text of eleven', '{ a(b: "abcdefghijk") }', null],
  ['three directives', 'query @a(b: {c: 1}) { a @b @c }', null],
  ['four', 'query @a { a @b @c @d }', 'DIRECTIVES'],
  ['three fragments', '{ ...A ...B ...C } fragment A on Q {a} fragment B on Q {b} fragment C on Q {c}', null],
  ['four', '{ a } fragment A on Q {a} fragment B on Q {b} fragment C on Q {c} fragment D on Q {d}', 'FRAGMENTS'],
  ['eight levels', '{ a { a { a { a { a { a { a { a } } } } } } } }', null],
  ['nine', '{ a { a { a { a { a { a { a { a { a } } } } } } } } }', 'DEPTH'],
  ['lists within each other', '{ a(b: [[[[[[[1]]]]]]]) }', 'DEPTH'],
  ['input objects within each other', '{ a(b: {b:{b:{b:{b:{b:{b:{b:1}}}}}}}}) }', 'DEPTH'],
  ['lists of types within each other', 'query ($a: [[[[[[[[Int]]]]]]]]) { a }', 'DEPTH'],
  [
    'levels of fragments',
    '{ a { a { ...F } } } fragment F on A { a { a { a { ...G } } } } fragment G on A { a { a { a { a } } } }',
    'DEPTH',
  ],
  [
    'fragments that spread each other, which validation tells',
    '{ ...F } fragment F on Q { a ...G } fragment G on Q { b ...F }',
    null,
  ],
  ['tokens', `{ ${'a { '.repeat(2)}${'b '.repeat(200)}`, 'TOKENS'],
  ['braces without an end', '{'.repeat(100_000), 'DEPTH'],
  ['half a document', '{ a(b: "', null],
  ['a number beyond doubles', '{ a(b: 1e999) }', 'NUMBER'],
  ['an integer beyond doubles', `{ a(b: 1${'0'.repeat(309)}) }`, 'NUMBER'],
  ['a NUL', '{ a(b: "\\u0000") }', 'TEXT'],
];

test.for(rows)('judges %s', ([, text, reason]) => {
  expect(documentFault(text, limits)?.reason ?? null).toBe(reason);
});

test('counts a document as the parser would', () => {
  const text = getIntrospectionQuery({ descriptions: true, oneOf: true, inputValueDeprecation: true });
  const shape = shapeOf(text, () => false);
  expect(parse(text).definitions.length).toBe(shape.operations.length + shape.fragments.length);
  expect(shape.fragments.map(({ name }) => name)).toEqual(['FullType', 'InputValue', 'TypeRef']);
  expect(shape.operations).toMatchObject([{ name: 'IntrospectionQuery', rootFields: 1 }]);
});

test.for<[string, (depth: number) => string]>([
  ['selection sets', (depth) => `{ ${'a { '.repeat(depth)} b ${'} '.repeat(depth)} }`],
  ['lists', (depth) => `{ a(b: ${'['.repeat(depth)}1${']'.repeat(depth)}) }`],
  ['input objects', (depth) => `{ a(b: ${'{ b: '.repeat(depth)}1${' }'.repeat(depth)}) }`],
  ['types', (depth) => `query ($a: ${'['.repeat(depth)}Int${']'.repeat(depth)}) { a }`],
])('the parser has room for five times the deepest that any setting allows: %s', ([, write]) => {
  const settable = readConfig({ QUERY_DEPTH_MAX: String(depthSettable + 1) });
  const problems = settable.kind === 'problems' ? settable.problems : [];
  expect(problems.map(({ setting }) => setting)).toContain('QUERY_DEPTH_MAX');
  expect(() => parse(write(5 * depthSettable))).not.toThrow();
});

const depthSettable = 200;
