import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { queryOf } from '../oracle/answer.ts';
import { judge } from '../oracle/judge.ts';
import type { Facts } from '../oracle/rows.ts';
import { projectRoot } from '../oracle/selection.ts';
import { ask } from './asking.ts';
import type { Reading } from './questions-counting.ts';
import { type Block, blocks, selectionsOf, titles, variablesOf } from './questions-document.ts';
import { listReadings } from './questions-lists.ts';
import { metricReadings } from './questions-metrics.ts';
import { scoreReadings } from './questions-scores.ts';
import { datasetOf, rowsOf, startWorld } from './questions-world.ts';

const readings: Readonly<Record<string, Reading>> = { ...listReadings, ...scoreReadings, ...metricReadings };
const readingOf = ({ title }: Block) => readings[/^\d+/.exec(title)?.[0] ?? title];

describe('docs/questions.md', () => {
  test('has the twenty-five questions in their order, and the dashboard, each with one operation', () => {
    const numbers = titles.map((title) => /^(\d+)\. /.exec(title)?.[1] ?? title);
    const expected = Array.from({ length: 25 }, (_, index) => String(index + 1));
    expect(numbers).toEqual([...expected, 'The dashboard of a QA lead']);
    expect(blocks.map(({ title }) => title)).toEqual(titles);
  });

  test('claims calls of every operation, and every operation has a reading', () => {
    expect(blocks.filter(({ callCount }) => Number.isNaN(callCount))).toEqual([]);
    expect(blocks.filter((block) => readingOf(block) === undefined)).toEqual([]);
  });

  const schema = buildSchema();
  test.for(blocks)(
    '$title: is valid, and answered as the oracle and plain counting have it, at the calls that it claims',
    async (block) => {
      const { query, callCount } = block;
      expect(validate(schema, parse(query))).toEqual([]);
      await using world = await startWorld();
      const { kore, gateway } = world;
      const rows = rowsOf(kore);
      const answer = await gateway.query(query);
      expect(answer.errors).toBeUndefined();
      expect(kore.callCount).toBe(callCount);
      const expected = projectRoot(queryOf(datasetOf(rows, seenBy(block, rows))), selectionsOf(query));
      expect(judge(expected, answer, 'whole')).toBeNull();
      readingOf(block)?.(answer.data, rows);
      expect(await ask(gateway, query)).toEqual(answer.data);
      expect(kore.callCount, 'what is held is not asked for again').toBe(callCount);
    },
  );
});

/** The rows that an operation reads: of its windows all, of the first question the first page. */
function seenBy({ title, query }: Block, rows: readonly Facts[]): readonly Facts[] {
  const spans = Object.values(variablesOf(query)).flatMap((value) => {
    const { from, until } = Object(value);
    return typeof from === 'string' && typeof until === 'string'
      ? [[Date.parse(from), Date.parse(until)] as const]
      : [];
  });
  const seen = rows.filter(({ listedMs }) =>
    spans.some(([fromMs, untilMs]) => fromMs <= listedMs && listedMs < untilMs),
  );
  return title.startsWith('1. ') ? seen.filter((row) => !row.isListedBelowThreshold).slice(0, 100) : seen;
}
