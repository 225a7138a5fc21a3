import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../src/model/conversation.ts';
import type { ListQuestion } from '../../src/model/range.ts';
import { rowsAt } from '../../src/model/row-at.ts';
import { rowAt } from '../../src/model/table.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { filterFailure, fittingRows } from '../../src/reading/check.ts';
import { rows } from '../selection/arbitraries.ts';

const questions: fc.Arbitrary<ListQuestion> = fc.record({
  window: fc.constant({ from: 0, until: 86_400 }),
  contactDirection: fc.constantFrom(null, 'INBOUND', 'OUTBOUND'),
  includeBelowThreshold: fc.boolean(),
});

function isOpposite({ conversation }: Row, { contactDirection }: ListQuestion): boolean {
  const stated = conversation?.contactDirection ?? null;
  return contactDirection !== null && stated !== null && stated !== contactDirection;
}

function contradicts(row: Row, question: ListQuestion): boolean {
  const isBelow = row.conversation?.durationStatus === 'BELOW_THRESHOLD';
  return isOpposite(row, question) || (isBelow && !question.includeBelowThreshold);
}

/** The law of a pushed filter, row by row. */
function fits(row: Row, all: readonly Row[], question: ListQuestion): boolean {
  if (contradicts(row, question)) return false;
  const isHeeded = !all.some((each) => isOpposite(each, question));
  return isHeeded || row.conversation === null || row.conversation.contactDirection === question.contactDirection;
}

test('the rows that a list was asked for are told by tables as by the rows themselves', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 4 }), questions, fc.nat(20), (parts, question, skipped) => {
      // Some rows of a table may be none of the span: what they say counts for nothing.
      const places = parts.flatMap((part) => rowsAt(tableOf(part))).slice(skipped);
      const all = places.map(({ table, index }) => rowAt(table, index));
      const fitting = fittingRows(places, question).map(({ table, index }) => rowAt(table, index));
      expect(fitting).toEqual(all.filter((row) => fits(row, all, question)));
    }),
    { seed: 20_261_127, numRuns: 500 },
  );
});

test('a page is refused where a row of it states the opposite of what it was asked for, and else not', () => {
  fc.assert(
    fc.property(rows, questions, (all, question) => {
      const page = { table: tableOf(all), total: all.length };
      const failure = filterFailure({ question, offset: 0, limit: 100 }, page);
      expect(failure?.reason).toBe(all.some((row) => contradicts(row, question)) ? 'FILTER_IGNORED' : undefined);
    }),
    { seed: 20_261_127, numRuns: 500 },
  );
});
