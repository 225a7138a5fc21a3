import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, auditorResponseOf, isFatalErrorOf, packAnswer, qualificationOf } from '../../src/model/answer.ts';
import type { Qualification } from '../../src/model/conversation.ts';
import { conversationAt, rowAt, valueAt } from '../../src/model/table.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { isSameWindow } from '../../src/model/window.ts';
import { rowOf, rows } from '../selection/arbitraries.ts';
import { conversationOf } from './sample.ts';

describe('a table', () => {
  test('gives each row back as it was taken in, field by field', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(rows, (all) => {
        const table = tableOf(all);
        expect(table.rowCount).toBe(all.length);
        expect(all.map((_, index) => rowAt(table, index))).toStrictEqual(all);
      }),
      { seed: 20_261_125, numRuns: 800 },
    );
  });

  test('holds what repeats once, whichever object it is', () => {
    const table = tableOf(
      ['a', 'b', 'a', 'a'].map((agentId) =>
        rowOf(conversationOf({ agents: [{ agentId, name: null }], language: 'Dutch' })),
      ),
    );
    expect(table.columns.agents.values.length).toBe(2);
    expect([...table.columns.agents.codes]).toEqual([0, 1, 0, 0]);
    expect(table.columns.language.values).toEqual(['Dutch']);
  });

  test.for<[valueCount: number, codes: string]>([
    [1, 'Uint8Array'],
    [256, 'Uint8Array'],
    [257, 'Uint16Array'],
    [65_536, 'Uint16Array'],
    [65_537, 'Uint32Array'],
  ])(
    'has codes as narrow as its values allow, and no code overflows: %s values',
    { timeout: 30_000 },
    ([valueCount, codes]) => {
      // More rows than values, so that the last codes stand for values that were seen before.
      const rowCount = valueCount + 3;
      const languageOf = (index: number): string => `l-${index % valueCount}`;
      const table = tableOf(
        Array.from({ length: rowCount }, (_, index) => rowOf(conversationOf({ language: languageOf(index) }))),
      );
      expect(table.columns.language.codes.constructor.name).toBe(codes);
      expect(table.columns.language.values.length).toBe(valueCount);
      const strays = Array.from({ length: rowCount }, (_, index) => index).filter(
        (index) => valueAt(table.columns.language, index) !== languageOf(index),
      );
      expect(strays).toEqual([]);
      expect(conversationAt(table, rowCount - 1).language).toBe(languageOf(rowCount - 1));
    },
  );

  test('may be empty', () => {
    expect(tableOf([])).toMatchObject({ rowCount: 0, conversationIds: [] });
  });
});

describe('an answer', () => {
  const literals: readonly (Qualification | null)[] = [null, 'YES', 'NO', 'NA', 'PENDING', 'UNKNOWN'];
  const answers = literals.flatMap((qualification) =>
    literals.flatMap((auditorResponse) =>
      [null, false, true].map((isFatalError): Answer => ({ qualification, auditorResponse, isFatalError })),
    ),
  );

  test('is a byte of its own, from which each part is read again', () => {
    const bytes = answers.map(packAnswer);
    expect(new Set(bytes).size).toBe(answers.length);
    expect(bytes.filter((byte) => byte < 0 || 255 < byte)).toEqual([]);
    expect(
      bytes.map((byte) => ({
        qualification: qualificationOf(byte),
        auditorResponse: auditorResponseOf(byte),
        isFatalError: isFatalErrorOf(byte),
      })),
    ).toEqual(answers);
  });

  test.for<[Answer, number]>([
    [{ qualification: null, auditorResponse: null, isFatalError: null }, 0],
    [{ qualification: 'YES', auditorResponse: null, isFatalError: false }, 0b01_000_001],
    [{ qualification: 'NO', auditorResponse: 'YES', isFatalError: true }, 0b10_001_010],
    [{ qualification: 'UNKNOWN', auditorResponse: 'PENDING', isFatalError: null }, 0b00_100_101],
  ])('keeps its byte for ever, for it is held: %o', ([answer, byte]) => {
    expect(packAnswer(answer)).toBe(byte);
  });
});

test.for([
  [{ from: 1, until: 3 }, { from: 1, until: 3 }, true],
  [{ from: 1, until: 3 }, { from: 1, until: 2 }, false],
  [{ from: 1, until: 3 }, { from: 2, until: 3 }, false],
] as const)('windows are the same if both ends are: %o and %o', ([one, other, isSame]) => {
  expect(isSameWindow(one, other)).toBe(isSame);
});
