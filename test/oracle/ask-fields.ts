import fc from 'fast-check';
import type { Pool } from './pool.ts';
import { type Arg, field, leaves, type Selection } from './selection.ts';

/** Arbitrary selections of the SDL's objects. What tells an object from others is always selected, so that differences can be read. */

type Fields = fc.Arbitrary<readonly Selection[]>;

const complete = field('coverage', { fields: leaves('complete') });
const wholeCoverage = field('coverage', {
  fields: leaves(
    'complete',
    'daysRead',
    'daysExpected',
    'conversationsRead',
    'conversationsExpected',
    'asOf',
    'retryAfterSeconds',
  ),
});

/** How much was read: whether it is all, always; the rest at times. */
export const coverages: fc.Arbitrary<Selection> = fc.constantFrom(complete, complete, wholeCoverage);

/** An argument, written down or handed over as a variable. */
export function argOf(name: string, type: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<readonly Arg[]> {
  return fc.record({ value: values, isVariable: fc.boolean() }).map((parts) => [{ name, type, ...parts }]);
}

function someOf(first: readonly Selection[], rest: readonly (Selection | fc.Arbitrary<Selection>)[]): Fields {
  const each = rest.map((one) => (one instanceof fc.Arbitrary ? one : fc.constant(one)));
  return fc
    .tuple(fc.shuffledSubarray(each.map((_, index) => index)), fc.tuple(...each))
    .map(([chosen, all]) => [...first, ...chosen.flatMap((index) => all[index] ?? [])]);
}

function named({ hasOneName }: Pool): readonly Selection[] {
  return hasOneName ? leaves('name') : [];
}

/** The plain fields of a conversation. */
export function conversationFields(pool: Pool): Fields {
  const metric = field('metric', { fields: [...leaves('id', 'metricId'), ...named(pool)] });
  const wholes = [
    field('agents', { fields: [...leaves('id', 'agentId'), ...named(pool)] }),
    field('queues', { fields: [...leaves('id', 'queueId'), ...named(pool)] }),
    field('metrics', {
      fields: [
        metric,
        ...leaves('metricName', 'weight', 'negativeWeight', 'qualification', 'isFatalError', 'auditorResponse'),
      ],
    }),
    field('audit', { fields: leaves('status', 'statusLabel', 'score', 'auditor', 'auditedAt') }),
    field('dispositions', {
      fields: [...leaves('setId', 'setName'), field('codes', { fields: leaves('id', 'name', 'colour') })],
    }),
    field('customFields'),
  ];
  const plain = leaves(
    'id',
    'customConversationId',
    'koreEvaluationScore',
    'unscoredReason',
    'fatalErrorCount',
    'language',
    'channel',
    'contactDirection',
    'isDirectionDefaulted',
    'durationStatus',
    'evaluationStatus',
    'evaluatedAt',
    'notApplicableScoringTreatment',
  );
  return someOf(leaves('__typename', 'conversationId'), [...plain, ...wholes]);
}

/** Figures of a summary. */
export function summaryFields(pool: Pool): Fields {
  const percentiles = argOf(
    'at',
    'Float!',
    fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  );
  const widths = argOf(
    'bucketWidth',
    'Int!',
    fc.oneof(fc.constantFrom(1, 7, 10, 200), fc.integer({ min: 1, max: 200 })),
  );
  const audit = field('audit', {
    fields: [
      field('byStatus', { fields: leaves('status', 'count') }),
      ...leaves('auditedCount', 'averageAuditScore', 'bothScoredCount', 'meanDifference', 'meanAbsoluteDifference'),
    ],
  });
  const plain = leaves(
    'scoredCount',
    'belowThresholdCount',
    'durationUnavailableCount',
    'averageScore',
    'minimumScore',
    'maximumScore',
    'passCount',
    'failCount',
    'passRate',
    'fatalConversationCount',
    'fatalErrorCount',
    'fatalRate',
    'scorePercentile',
  );
  return fc
    .tuple(
      coverages,
      someOf(leaves('conversationCount'), [
        ...plain,
        audit,
        percentiles.map((args) => field('scorePercentile', { alias: 'percentile', args })),
        widths.map((args) => field('scoreDistribution', { args, fields: leaves('from', 'until', 'count') })),
        adherenceFields(pool).map((fields) => field('metrics', { fields })),
      ]),
    )
    .map(([coverage, fields]) => [coverage, ...fields]);
}

/** Figures of one metric. */
export function adherenceFields(pool: Pool): Fields {
  const figures = leaves(
    'noCount',
    'notApplicableCount',
    'pendingCount',
    'fatalCount',
    'auditedCount',
    'agreementCount',
    'adherenceRate',
    'pointsLost',
  );
  return fc
    .tuple(
      coverages,
      someOf([field('metric', { fields: [...leaves('metricId'), ...named(pool)] }), ...leaves('yesCount')], figures),
    )
    .map(([coverage, fields]) => [coverage, ...fields]);
}

/** A connection around nodes: rows with or without their edges, the page's bounds, the total, how much was read. */
export function connectionFields(
  nodes: Fields,
  more: { readonly edge?: fc.Arbitrary<Selection>; readonly whole?: readonly fc.Arbitrary<Selection>[] } = {},
): Fields {
  const pageInfo = field('pageInfo', { fields: leaves('hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor') });
  const rows = fc.tuple(nodes, fc.boolean(), more.edge ?? fc.constant(null)).map(([fields, hasEdges, edge]) => {
    const ofEdge = [...leaves('cursor'), field('node', { fields }), ...(edge === null ? [] : [edge])];
    return hasEdges ? field('edges', { fields: ofEdge }) : field('nodes', { fields });
  });
  const rest = someOf([], [rows, rows, pageInfo, field('totalCount'), ...(more.whole ?? [])]);
  return fc.tuple(coverages, rows, rest).map(([coverage, row, others]) => {
    const names = new Set<string>([row.name]);
    const once = others.filter(({ name }) => !names.has(name) && names.add(name));
    return [coverage, row, ...once];
  });
}
