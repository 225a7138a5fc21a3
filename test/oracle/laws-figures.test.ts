import { describe, expect, test } from 'vitest';
import { groupsOf, periodOf } from './breakdown.ts';
import { type Filter, holds, isListed } from './filter.ts';
import { rows } from './sample.ts';
import { adherenceOf, distribution, percentile, summaryOf } from './summary.ts';

describe('filters', () => {
  test.for<[Filter, readonly number[]]>([
    [{}, [1, 2, 4]],
    [{ includeBelowThreshold: true }, [1, 2, 3, 4]],
    [{ durationStatuses: ['BELOW_THRESHOLD'] }, [3]],
    [{ durationStatuses: ['BELOW_THRESHOLD'], includeBelowThreshold: false }, []],
    [{ anyOf: [{ anyOf: [{ durationStatuses: ['BELOW_THRESHOLD'] }] }, { isScored: true }] }, [1, 2, 3, 4]],
    [{ not: { durationStatuses: ['BELOW_THRESHOLD'] } }, [1, 2, 4]],
    [{ contactDirection: 'INBOUND' }, [1]],
    [{ not: { contactDirection: 'INBOUND' } }, [2, 4]],
    [{ conversationIds: [] }, []],
    [{ metrics: [], customFields: [], dispositions: [] }, [1, 2, 4]],
    [{ not: { metrics: [] } }, []],
    [{ not: {} }, []],
    [{ anyOf: [] }, []],
    [{ anyOf: [{}] }, [1, 2, 4]],
    [{ agentIds: ['a-2', 'a-9'] }, [1, 2]],
    [{ koreEvaluationScore: {} }, [1, 2, 4]],
    [{ koreEvaluationScore: { min: 0, max: 80 } }, [1, 2]],
    [{ koreEvaluationScore: { min: 1, max: 0 } }, []],
    [{ isScored: false, includeBelowThreshold: true }, [3]],
    [{ hasFatalError: false }, [1]],
    [{ hasFatalError: true }, [2]],
    [{ not: { hasFatalError: true } }, [1, 4]],
    [{ metrics: [{}] }, [1]],
    [{ metrics: [{ metricId: 'em-1', qualifications: ['NO'], isFatalError: true }] }, [1]],
    [{ metrics: [{ metricId: 'em-1', qualifications: ['YES'], isFatalError: true }] }, []],
    [{ metrics: [{ disagrees: true }] }, [1]],
    [{ metrics: [{ disagrees: false }] }, []],
    [
      {
        customFields: [
          { name: 'count', equals: '3' },
          { name: 'isNew', equals: 'true' },
        ],
      },
      [1],
    ],
    [{ customFields: [{ name: 'none', equals: 'null' }] }, []],
    [{ customFields: [{ name: 'toString', equals: '' }] }, []],
    [{ dispositions: [{}] }, [1, 2]],
    [{ dispositions: [{ setId: 'dst-2', codeId: 'ds-1' }] }, []],
  ])('%j lets through exactly what its words say', ([filter, expected]) => {
    const through = rows.filter((each) => isListed(filter, each) && holds(filter, each));
    expect(through.map(({ conversationId }) => Number(conversationId.slice(2)))).toEqual(expected);
  });
});

describe('figures', () => {
  test('of a summary are as the SDL describes them', () => {
    expect(summaryOf(rows)).toMatchObject({
      conversationCount: 4,
      scoredCount: 3,
      belowThresholdCount: 1,
      averageScore: -20 / 3,
      minimumScore: -100,
      maximumScore: 80,
      passRate: 0.5,
      fatalConversationCount: 1,
      fatalErrorCount: 2,
      fatalRate: 1 / 3,
      audit: {
        byStatus: [
          { status: 'AUDITED', count: 1 },
          { status: 'RESOLVED', count: 1 },
          { status: null, count: 2 },
        ],
        auditedCount: 2,
        averageAuditScore: 37.5,
        bothScoredCount: 2,
        meanDifference: -2.5,
        meanAbsoluteDifference: 7.5,
      },
    });
    expect(summaryOf([])).toMatchObject({ averageScore: null, passRate: null, fatalRate: null });
  });

  test('of a metric count results, and points only of NO', () => {
    expect(adherenceOf(rows, 'em-1')).toEqual({
      yesCount: 1,
      noCount: 1,
      notApplicableCount: 0,
      pendingCount: 0,
      fatalCount: 1,
      auditedCount: 1,
      agreementCount: 0,
      adherenceRate: 0.5,
      pointsLost: 3.5,
    });
  });

  test('percentiles interpolate, and buckets hold their lower edge', () => {
    expect([0, 0.25, 0.5, 1].map((at) => percentile([0, 10, 40], at))).toEqual([0, 5, 10, 40]);
    expect(percentile([], 0.5)).toBeNull();
    expect(distribution([-100, -30, 99, 100], 70)).toEqual([
      { from: -100, until: -30, count: 1 },
      { from: -30, until: 40, count: 1 },
      { from: 40, until: 100, count: 2 },
    ]);
  });

  test('groups hold a row once for each combination, and nulls come last', () => {
    expect(
      groupsOf(rows, ['AGENT', 'WINDOW_DAY'], 'Europe/Berlin').map(({ values, rows: held }) => [
        ...values,
        held.length,
      ]),
    ).toEqual([
      ['a-1', '2026-03-28', 1],
      ['a-2', '2026-03-28', 1],
      ['a-2', '2026-03-29', 1],
      [null, '2026-03-29', 1],
      [null, '2026-03-30', 1],
    ]);
    expect(groupsOf(rows, ['DISPOSITION'], 'UTC').map(({ values }) => values[0])).toEqual(['ds-1', null]);
    expect(periodOf(['WINDOW_MONTH', 'WINDOW_WEEK'], ['2026-03-01', '2026-03-23'])).toBe('2026-03-23');
  });
});
