import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContactDirection } from '../../src/model/conversation.ts';
import type { Filter } from '../../src/selection/filter.ts';
import { asksForBelowThreshold, impliedDirection, isImpossible } from '../../src/selection/foresight.ts';
import { conversation } from './arbitraries.ts';
import { filters, matches } from './filters.ts';

const options = { timeout: 30_000 };
const parameters = { seed: 20_261_125, numRuns: 2_000 };

describe('what filters show without a row', () => {
  test('is true of every row: of impossible filters there is none, and an implied direction is stated', options, () => {
    let [impossibleCount, impliedCount] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(filters, { minLength: 8, maxLength: 8 }),
        fc.array(conversation, { maxLength: 6 }),
        (questions, all) => {
          for (const wanted of questions) {
            const matching = all.filter((each) => wanted.every((filter) => matches(each, filter)));
            const direction = impliedDirection(wanted);
            if (isImpossible(wanted)) expect(matching).toEqual([]);
            if (direction !== null) expect(matching.filter((each) => each.contactDirection !== direction)).toEqual([]);
            impossibleCount += isImpossible(wanted) ? 1 : 0;
            impliedCount += direction === null ? 0 : 1;
          }
        },
      ),
      parameters,
    );
    expect(Math.min(impossibleCount, impliedCount)).toBeGreaterThan(500);
  });

  test.for<[what: string, filters: readonly Filter[], isImpossible: boolean]>([
    ['nothing asked', [], false],
    ['an empty filter', [{}], false],
    ['an empty list', [{ agentIds: [] }], true],
    ['an empty list among others', [{ languages: ['Dutch'] }, { isScored: true, auditors: [] }], true],
    ['a list that is left out', [{ agentIds: null, queueIds: undefined }], false],
    ['no metric, field or disposition filter', [{ metrics: [], customFields: [], dispositions: [] }], false],
    ['a metric filter without qualifications', [{ metrics: [{ qualifications: [] }] }], true],
    ['a metric filter without responses', [{ metrics: [{}, { auditorResponses: [] }] }], true],
    ['min above max', [{ koreEvaluationScore: { min: 2, max: 1 } }], true],
    ['min at max', [{ koreEvaluationScore: { min: 1, max: 1 } }], false],
    ['a score of what has none', [{ koreEvaluationScore: {}, isScored: false }], true],
    ['a reversed span', [{ evaluated: { fromMs: 2, untilMs: 1 } }], true],
    ['an empty span', [{ audited: { fromMs: 1, untilMs: 1 } }], true],
    ['no branch', [{ anyOf: [] }], true],
    ['impossible branches', [{ anyOf: [{ channels: [] }, { anyOf: [] }] }], true],
    ['a possible branch', [{ anyOf: [{ channels: [] }, {}] }], false],
    ['both directions', [{ contactDirection: 'INBOUND' }, { contactDirection: 'OUTBOUND' }], true],
    [
      'a direction against all branches',
      [{ contactDirection: 'INBOUND', anyOf: [{ contactDirection: 'OUTBOUND' }] }],
      true,
    ],
    [
      'a direction that is excluded elsewhere',
      [{ contactDirection: 'INBOUND', not: { contactDirection: 'OUTBOUND' } }],
      false,
    ],
    ['the inverse of an impossible filter', [{ not: { channels: [] } }], false],
    ['the inverse of everything', [{ not: {} }], true],
    [
      'the inverse of a branch that is everything',
      [{ not: { anyOf: [{ agentIds: ['a'] }, { not: { anyOf: [] } }] } }],
      true,
    ],
    ['the inverse of something', [{ not: { isScored: true } }], false],
  ])('filters are impossible if they show it: %s', ([, wanted, expected]) => {
    expect(isImpossible(wanted)).toBe(expected);
  });

  test.for<[what: string, filters: readonly Filter[], direction: ContactDirection | null]>([
    ['none', [{}], null],
    ['given', [{ contactDirection: 'INBOUND' }], 'INBOUND'],
    ['given by one of several', [{}, { contactDirection: 'OUTBOUND' }], 'OUTBOUND'],
    [
      'all branches',
      [{ anyOf: [{ contactDirection: 'OUTBOUND', languages: ['x'] }, { contactDirection: 'OUTBOUND' }] }],
      'OUTBOUND',
    ],
    ['branches of branches', [{ anyOf: [{ anyOf: [{ contactDirection: 'INBOUND' }] }] }], 'INBOUND'],
    ['some branches', [{ anyOf: [{ contactDirection: 'OUTBOUND' }, { languages: ['x'] }] }], null],
    ['branches that differ', [{ anyOf: [{ contactDirection: 'OUTBOUND' }, { contactDirection: 'INBOUND' }] }], null],
    ['beside an impossible branch', [{ anyOf: [{ contactDirection: 'OUTBOUND' }, { languages: [] }] }], 'OUTBOUND'],
    ['excluded', [{ not: { contactDirection: 'OUTBOUND' } }], null],
    ['of the impossible', [{ contactDirection: 'INBOUND', languages: [] }], null],
  ])('a direction is implied where every match states it: %s', ([, wanted, direction]) => {
    expect(impliedDirection(wanted)).toBe(direction);
  });

  test.for<[what: string, filter: Filter, asks: boolean]>([
    ['nothing', {}, false],
    ['other statuses', { durationStatuses: ['EVALUATED', 'UNKNOWN'] }, false],
    ['the status', { durationStatuses: ['EVALUATED', 'BELOW_THRESHOLD'] }, true],
    ['a branch', { anyOf: [{}, { anyOf: [{ durationStatuses: ['BELOW_THRESHOLD'] }] }] }, true],
    ['an inverse', { not: { durationStatuses: ['BELOW_THRESHOLD'] } }, false],
    ['an inverse within a branch', { anyOf: [{ not: { durationStatuses: ['BELOW_THRESHOLD'] } }] }, false],
    ['a reason', { unscoredReasons: ['BELOW_THRESHOLD'] }, false],
  ])('contacts below the threshold are asked for by their status, not under an inverse: %s', ([, filter, asks]) => {
    expect(asksForBelowThreshold(filter)).toBe(asks);
  });
});
