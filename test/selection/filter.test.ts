import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/model/conversation.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { compileFilters } from '../../src/selection/compile.ts';
import type { Filter } from '../../src/selection/filter.ts';
import { selectAll } from '../../src/selection/rows.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { rowOf, rows } from './arbitraries.ts';
import { filters, matches, metricFilter } from './filters.ts';

const options = { timeout: 30_000 };
const parameters = { seed: 20_261_125, numRuns: 1_200 };

describe('filters', () => {
  test('select exactly the rows of which each says true, and none that could not be read', options, () => {
    let [selectedCount, refusedCount] = [0, 0];
    fc.assert(
      fc.property(fc.array(filters, { minLength: 5, maxLength: 5 }), rows, (questions, all) => {
        const table = tableOf(all);
        for (const wanted of questions) {
          const expected = all.flatMap(({ conversation }, index) =>
            conversation !== null && wanted.every((each) => matches(conversation, each)) ? [index] : [],
          );
          const selected = compileFilters(wanted)(table);
          expect(selected.table).toBe(table);
          expect([...selected.indices]).toEqual(expected);
          selectedCount += expected.length;
          refusedCount += all.length - expected.length;
        }
      }),
      parameters,
    );
    // Else the property would say nothing.
    expect(Math.min(selectedCount, refusedCount)).toBeGreaterThan(10_000);
  });

  test('of metrics look at one result at a time', options, () => {
    fc.assert(
      fc.property(fc.array(metricFilter, { minLength: 20, maxLength: 20 }), rows, (all, taken) => {
        const table = tableOf(taken);
        for (const metric of all) {
          const wanted = { metrics: [metric] };
          const expected = [...taken.entries()].filter(
            ([, row]) => row.conversation && matches(row.conversation, wanted),
          );
          expect([...compileFilters([wanted])(table).indices]).toEqual(expected.map(([index]) => index));
        }
      }),
      { ...parameters, numRuns: 300 },
    );
  });

  test('none select all that could be read', options, () => {
    fc.assert(
      fc.property(rows, (all) => {
        const table = tableOf(all);
        const readable = [...all.keys()].filter((index) => all[index]?.conversation !== null);
        expect([...selectAll(table).indices]).toEqual(readable);
        expect([...compileFilters([])(table).indices]).toEqual(readable);
        expect([...compileFilters([{}])(table).indices]).toEqual(readable);
        expect([...compileFilters([{ not: {} }])(table).indices]).toEqual([]);
      }),
      { ...parameters, numRuns: 300 },
    );
  });

  test.for<[law: string, filter: Filter, facts: Partial<Conversation>, isMatch: boolean]>([
    ['a null score is not within any bounds', { koreEvaluationScore: {} }, {}, false],
    ['bounds that are left out do not bind', { koreEvaluationScore: {} }, { koreEvaluationScore: -100 }, true],
    ['the least is inclusive', { koreEvaluationScore: { min: 5 } }, { koreEvaluationScore: 5 }, true],
    ['the greatest is inclusive', { koreEvaluationScore: { max: 5 } }, { koreEvaluationScore: 5 }, true],
    ['no reason is none of any', { not: { unscoredReasons: ['NOT_EVALUATED'] } }, {}, true],
    ['an empty list matches nothing', { languages: [] }, { language: 'Dutch' }, false],
    ['the inverse of an empty list is everything', { not: { languages: [] } }, {}, true],
    ['no metric filter is no condition', { metrics: [] }, {}, true],
    ['no custom field filter is no condition', { customFields: [] }, {}, true],
    ['no disposition filter is no condition', { dispositions: [] }, {}, true],
    ['any metric filter wants a result', { metrics: [{}] }, {}, false],
    ['a result without an id is a result', { metrics: [{}] }, { metrics: [metricResultOf({})] }, true],
    ['any disposition filter wants a set', { dispositions: [{}] }, {}, false],
    ['no branch never holds', { anyOf: [] }, {}, false],
    ['an empty branch always holds', { anyOf: [{}] }, {}, true],
    ['an unknown count of fatal errors is not none', { hasFatalError: false }, {}, false],
    ['an unknown count of fatal errors is not some', { hasFatalError: true }, {}, false],
    ['no fatal errors are none', { hasFatalError: false }, { fatalErrorCount: 0 }, true],
    ['the first instant of a span is in it', { evaluated: { fromMs: 5, untilMs: 6 } }, { evaluatedAt: 5 }, true],
    ['the end of a span is not in it', { evaluated: { fromMs: 4, untilMs: 5 } }, { evaluatedAt: 5 }, false],
    ['what fields inherit is no field', { customFields: [{ name: 'constructor', equals: '' }] }, {}, false],
    [
      'numbers are written as JSON',
      { customFields: [{ name: 'n', equals: '1e+21' }] },
      { customFields: { n: 1e21 } },
      true,
    ],
    ['null is not a text', { customFields: [{ name: 'n', equals: 'null' }] }, { customFields: { n: null } }, false],
    ['an object is not a text', { customFields: [{ name: 'n', equals: '{}' }] }, { customFields: { n: {} } }, false],
    [
      'an own field may have an odd name',
      { customFields: [{ name: '__proto__', equals: 'x' }] },
      { customFields: { ['__proto__']: 'x' } },
      true,
    ],
    [
      'one result must fulfil all, not two of them together',
      { metrics: [{ metricId: 'm', qualifications: ['NO'] }] },
      { metrics: [metricResultOf({ metricId: 'm' }), metricResultOf({ metricId: 'n', qualification: 'NO' })] },
      false,
    ],
    [
      'one set must fulfil all, not two of them together',
      { dispositions: [{ setId: 's', codeId: 'c' }] },
      {
        dispositions: [
          { setId: 's', setName: null, codes: [] },
          { setId: 't', setName: null, codes: [{ id: 'c', name: null, colour: null }] },
        ],
      },
      false,
    ],
    [
      'a pending answer neither agrees nor disagrees',
      { anyOf: [{ metrics: [{ disagrees: true }] }, { metrics: [{ disagrees: false }] }] },
      { metrics: [metricResultOf({ qualification: 'PENDING', auditorResponse: 'YES' })] },
      false,
    ],
    [
      'an answer that no auditor gave is not another one',
      { metrics: [{ disagrees: true }] },
      { metrics: [metricResultOf({ qualification: 'YES' })] },
      false,
    ],
  ])('%s', ([, filter, facts, isMatch]) => {
    expect(compileFilters([filter])(tableOf([rowOf(conversationOf(facts))])).indices.length).toBe(isMatch ? 1 : 0);
  });
});
