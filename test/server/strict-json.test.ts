import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from '../../src/server/strict-json.ts';

type Row = readonly [title: string, text: string, fault: string];

const faulty: readonly Row[] = [
  ['nothing', '', 'SYNTAX'],
  ['blanks', ' \n', 'SYNTAX'],
  ['half an object', '{"a":', 'SYNTAX'],
  ['a comma too many', '{"a":1,}', 'SYNTAX'],
  ['two values', '1 2', 'SYNTAX'],
  ['brackets that do not fit', '{]', 'SYNTAX'],
  ['NaN', '{"a":NaN}', 'SYNTAX'],
  ['a number with a leading nought', '[01]', 'SYNTAX'],
  ['a comment', '{} // why', 'SYNTAX'],
  ['a byte order mark', '\ufeff{}', 'SYNTAX'],
  ['an unknown escape', '"\\x41"', 'SYNTAX'],
  ['a line that ends in a text', '"a\nb"', 'SYNTAX'],
  ['lists, five deep', '[[[[[]]]]]', 'DEPTH'],
  ['a million brackets', '['.repeat(1_000_000), 'DEPTH'],
  ['a key twice', '{"a":1,"a":2}', 'DUPLICATE_KEY'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'DUPLICATE_KEY'],
  ['a key twice, deeper', '[{"b":{"a":1,"c":[],"a":2}}]', 'DUPLICATE_KEY'],
  ['__proto__', '{"__proto__":{}}', 'RESERVED_KEY'],
  ['__proto__, escaped', '{"\\u005f_proto__":{}}', 'RESERVED_KEY'],
  ['constructor, deeper', '{"a":[{"constructor":1}]}', 'RESERVED_KEY'],
  ['prototype', '{"prototype":1}', 'RESERVED_KEY'],
  ['an integer that a double rounds', '[9007199254740993]', 'NUMBER'],
  ['the same below nought', '[-9007199254740993]', 'NUMBER'],
  ['a number beyond doubles', '[1e999]', 'NUMBER'],
  ['half a character', '["\\ud800"]', 'TEXT'],
  ['a NUL', '["\\u0000"]', 'TEXT'],
  ['an escape character, in a key', '{"\\u001b[2J":1}', 'TEXT'],
];

test.for(faulty)('refuses %s', ([, text, fault]) => {
  expect(parseStrictJson(text, 4)).toEqual({ kind: 'fault', fault });
});

describe('takes', () => {
  test('a text of megabytes, of characters or of escapes, without a stack', () => {
    for (const text of ['a'.repeat(2_000_000), '\\n'.repeat(2_000_000)])
      expect(parseStrictJson(`"${text}"`, 4).kind).toBe('value');
    for (const text of ['a', '\\', '\\u0061'])
      expect(parseStrictJson(`"${text.repeat(1_000_001)}`, 4).kind).toBe('fault');
  });

  test.for([
    ['the deepest that may be', '[[[[]]]]'],
    ['a key in two objects', '[{"a":1},{"a":{"a":2}}]'],
    ['keys as values', '["__proto__","constructor"]'],
    ['the greatest integer', '[9007199254740991,-9007199254740991]'],
    ['numbers of all kinds', '[0,-0,1.5,1e3,1E-3,0.1e+2]'],
    ['tabs, ends of lines, and writing from right to left', '["\\t\\r\\n\\u202e\u202eא😀\\ud83d\\ude00"]'],
    ['blanks everywhere', ' { "a" : [ 1 , null ] , "b" : true } \r\n'],
  ])('%s', ([, text = '']) => {
    expect(parseStrictJson(text, 4)).toEqual({ kind: 'value', value: JSON.parse(text) });
  });

  test('whatever JSON.stringify writes, as JSON.parse reads it, unless it has a fault of the list', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const read = parseStrictJson(text, 40);
        if (read.kind === 'value') expect(read.value).toEqual(JSON.parse(text));
        else expect(['NUMBER', 'TEXT', 'RESERVED_KEY']).toContain(read.fault);
      }),
    );
  });

  test('nothing that JSON.parse would not take', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b"', '1', '-', 'null', 'tru', ' ', '"', '\\');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (found) => {
        const text = found.join('');
        const read = parseStrictJson(text, 40);
        if (read.kind === 'value') expect(read.value).toEqual(JSON.parse(text));
        else if (read.fault === 'SYNTAX') expect(() => JSON.parse(text)).toThrow();
      }),
      { numRuns: 5_000 },
    );
  });
});
