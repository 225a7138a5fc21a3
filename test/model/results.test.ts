import { expect, test } from 'vitest';
import { packAnswer } from '../../src/model/answer.ts';
import type { MetricResult } from '../../src/model/conversation.ts';
import { createResults } from '../../src/model/results.ts';
import { rowAt } from '../../src/model/table.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { rowOf } from '../selection/arbitraries.ts';
import { conversationOf, metricResultOf } from './sample.ts';

const formOf = (...ids: readonly string[]) =>
  ids.map((metricId) => ({ metricId, metricName: null, weight: 1, negativeWeight: null }));

const answersOf = (...qualifications: readonly MetricResult['qualification'][]) =>
  Uint8Array.from(qualifications, (qualification) =>
    packAnswer({ qualification, auditorResponse: null, isFatalError: false }),
  );

test('metrics of one form that said the same are one object, and of others each its own', () => {
  const results = createResults(100);
  const form = formOf('a', 'b');
  const answers = answersOf('YES', 'NO', 'YES', 'NA', 'NO', 'NO');
  const [one, other, third] = [0, 2, 4].map((start) => results.of(form, answers, start));
  expect(
    [one, other, third].map((each) => each?.map(({ metricId, qualification }) => [metricId, qualification])),
  ).toEqual([
    [
      ['a', 'YES'],
      ['b', 'NO'],
    ],
    [
      ['a', 'YES'],
      ['b', 'NA'],
    ],
    [
      ['a', 'NO'],
      ['b', 'NO'],
    ],
  ]);
  expect(other?.[0]).toBe(one?.[0]);
  expect(third?.[1]).toBe(one?.[1]);
  expect(third?.[0]).not.toBe(one?.[0]);
});

test('as many results are remembered as is said, and what was forgotten is made again', () => {
  const results = createResults(3);
  const [form, answers] = [formOf('a', 'b'), answersOf('YES', 'NO')];
  const first = results.of(form, answers, 0);
  expect(results.of(form, answers, 0)[0]).toBe(first[0]);
  results.of(formOf('c', 'd'), answers, 0);
  results.of(formOf('e'), answers, 0);
  const again = results.of(form, answers, 0);
  expect(again).toEqual(first);
  expect(again[0]).not.toBe(first[0]);
});

test('a table with more forms than anybody has leaves few results behind', () => {
  const rows = Array.from({ length: 6_000 }, (_, weight) => {
    const metrics = Array.from({ length: 20 }, () => metricResultOf({ metricId: 'm', weight, isFatalError: true }));
    return rowOf(conversationOf({ conversationId: `c-${weight}`, metrics }));
  });
  const table = tableOf(rows);
  const first = rowAt(table, 0).conversation?.metrics[0];
  for (let index = 0; index < table.rowCount; index++) rowAt(table, index);
  expect(rowAt(table, 0).conversation?.metrics[0]).not.toBe(first);
});
