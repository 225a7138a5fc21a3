import fc from 'fast-check';
import type { Window } from './connection.ts';
import type { Filter, MetricCondition } from './filter.ts';
import type { Order } from './order.ts';
import type { Pool } from './pool.ts';

/** Arbitrary windows, filters and orders over the values of a world. */

const hourMs = 3_600_000;

/** Windows: whole days, days in part, cut at odd seconds, minutes long, of a night, before all data. */
export function windows({ midnights, listedMs }: Pool): fc.Arbitrary<Window> {
  const [firstMs = 0] = midnights;
  const lastMs = (midnights.at(-1) ?? 0) + 24 * hourMs;
  const second = fc.integer({ min: firstMs / 1000, max: lastMs / 1000 }).map((at) => at * 1000);
  const edge = fc.oneof(fc.constantFrom(...midnights, lastMs), second, nearRows(listedMs));
  const between = fc
    .tuple(edge, edge)
    .map(([one, other]) => ({ fromMs: Math.min(one, other), untilMs: Math.max(one, other) }));
  const short = fc
    .tuple(edge, fc.integer({ min: 1, max: 7200 }))
    .map(([fromMs, length]) => ({ fromMs, untilMs: fromMs + length * 1000 }));
  const single = fc.nat({ max: midnights.length - 1 }).map((place) => ({
    fromMs: midnights[place] ?? firstMs,
    untilMs: midnights[place + 1] ?? lastMs,
  }));
  const all = fc.constant({ fromMs: firstMs, untilMs: lastMs });
  const before = fc.constant({ fromMs: firstMs - 50 * hourMs, untilMs: firstMs - 25 * hourMs });
  const spans = fc.oneof(
    { weight: 5, arbitrary: between },
    { weight: 2, arbitrary: short },
    { weight: 3, arbitrary: single },
    { weight: 3, arbitrary: all },
    { weight: 1, arbitrary: before },
  );
  return fc.tuple(spans, fc.constantFrom(0, 0, 120, -330)).map(([{ fromMs, untilMs }, offsetMinutes]) => ({
    from: writeInstant(fromMs, offsetMinutes),
    until: writeInstant(Math.max(untilMs, fromMs + 1000), offsetMinutes),
  }));
}

// The second of a row, or the one behind it: where a bound that is off by one shows.
function nearRows(listedMs: readonly number[]): fc.Arbitrary<number> {
  return fc
    .tuple(fc.nat({ max: Math.max(0, listedMs.length - 1) }), fc.nat({ max: 1 }))
    .map(([place, later]) => (Math.floor((listedMs[place] ?? 0) / 1000) + later) * 1000);
}

/** RFC 3339 in any offset. */
export function writeInstant(atMs: number, offsetMinutes: number): string {
  const local = new Date(atMs + offsetMinutes * 60_000).toISOString().replace('.000Z', '');
  if (offsetMinutes === 0) return `${local}Z`;
  const minutes = Math.abs(offsetMinutes);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${hour}:${minute}`;
}

const durationStatuses = ['EVALUATED', 'BELOW_THRESHOLD', 'DURATION_UNAVAILABLE', 'UNKNOWN'] as const;
const auditStatuses = [
  'UNASSIGNED',
  'ASSIGNED',
  'PENDING_AGENT_REVIEW',
  'PENDING_SUPERVISOR_REVIEW',
  'RESOLVED',
  'CLOSED',
  'AUDITED',
  'UNKNOWN',
] as const;
const unscoredReasons = [
  'BELOW_THRESHOLD',
  'DURATION_UNAVAILABLE',
  'ALL_METRICS_NOT_APPLICABLE',
  'NOT_EVALUATED',
] as const;
const qualifications = ['YES', 'NO', 'NA', 'PENDING', 'UNKNOWN'] as const;

const some = <Value>(values: readonly Value[], countMax = 3): fc.Arbitrary<readonly Value[]> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: countMax }) },
    { weight: 1, arbitrary: fc.constant<readonly Value[]>([]) },
  );
const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 2 });

/** Conditions of one kind each; `depth` is how deep they may nest. */
function conditions(pool: Pool, depth: number): readonly fc.Arbitrary<Filter>[] {
  const span = fc
    .tuple(fc.constantFrom(...pool.instants), fc.integer({ min: 1, max: 5 * 86_400 }))
    .map(([fromMs, seconds]) => ({ from: writeInstant(fromMs, 0), until: writeInstant(fromMs + seconds * 1000, 60) }));
  const bound = sometimes(fc.oneof(fc.constantFrom(...pool.scores), fc.integer({ min: -100, max: 100 })));
  const metric: fc.Arbitrary<MetricCondition> = fc.record(
    {
      metricId: sometimes(fc.constantFrom(...pool.metricIds)),
      qualifications: sometimes(some(qualifications)),
      auditorResponses: sometimes(some(qualifications)),
      isFatalError: sometimes(fc.boolean()),
      disagrees: sometimes(fc.boolean()),
    },
    { requiredKeys: [] },
  );
  const disposition = fc.record(
    { setId: sometimes(fc.constantFrom(...pool.setIds)), codeId: sometimes(fc.constantFrom(...pool.codeIds)) },
    { requiredKeys: [] },
  );
  const flat: readonly fc.Arbitrary<Filter>[] = [
    fc.record({ conversationIds: some(pool.conversationIds, 40) }),
    fc.record({ customConversationIds: some(pool.customConversationIds, 20) }),
    fc.record({ agentIds: some(pool.agentIds, 8) }),
    fc.record({ queueIds: some(pool.queueIds, 5) }),
    fc.record({ channels: some(['VOICE', 'CHAT', 'UNKNOWN']) }),
    fc.record({ languages: some(pool.languages) }),
    fc.record({ koreEvaluationScore: fc.record({ min: bound, max: bound }, { requiredKeys: [] }) }),
    fc.record({ isScored: fc.boolean() }),
    fc.record({ unscoredReasons: some(unscoredReasons) }),
    fc.record({ hasFatalError: fc.boolean() }),
    fc.record({ durationStatuses: some(durationStatuses) }),
    fc.record({ evaluationStatuses: some(['PASS', 'FAIL', 'NOT_EVALUATED', 'UNKNOWN']) }),
    fc.record({ auditStatuses: some(auditStatuses, 4) }),
    fc.record({ auditors: some(pool.auditors) }),
    fc.record({ evaluated: span }),
    fc.record({ audited: span }),
    fc.record({ metrics: fc.array(metric, { minLength: 1, maxLength: 2 }) }),
    fc.record({ customFields: fc.array(fc.constantFrom(...pool.customFields), { minLength: 1, maxLength: 2 }) }),
    fc.record({ dispositions: fc.array(disposition, { minLength: 1, maxLength: 2 }) }),
  ];
  if (depth === 0) return flat;
  const nested = fc.oneof(
    { weight: 9, arbitrary: nestedFilters(pool, depth - 1) },
    { weight: 1, arbitrary: fc.constant<Filter>({}) },
  );
  return [
    ...flat,
    fc.record({ anyOf: fc.array(nested, { maxLength: 3 }) }),
    fc.record({ anyOf: fc.array(nested, { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: nested }),
    fc.record({ not: nested }),
  ];
}

const directions = fc.record({ contactDirection: fc.constantFrom('INBOUND', 'OUTBOUND') });

function nestedFilters(pool: Pool, depth: number): fc.Arbitrary<Filter> {
  const emptyLists = fc.constantFrom<Filter>({ metrics: [] }, { customFields: [], dispositions: [] });
  const any = fc.oneof(...conditions(pool, depth), directions, emptyLists);
  return fc.array(any, { minLength: 1, maxLength: 2 }).map((parts) => Object.assign({}, ...parts));
}

/** Filters of the upstream's own two kinds alone, both left out among them. */
export function plainFilters(): fc.Arbitrary<Filter | null> {
  const both = fc.record(
    {
      contactDirection: sometimes(fc.constantFrom('INBOUND', 'OUTBOUND')),
      includeBelowThreshold: sometimes(fc.boolean()),
    },
    { requiredKeys: [] },
  );
  return fc.option(both, { nil: null });
}

/** Filters with one to three conditions beside the upstream's own two, nested at most three deep. */
export function filters(pool: Pool): fc.Arbitrary<Filter> {
  const own = fc.oneof(...conditions(pool, 3));
  const parts = fc.array(own, { minLength: 1, maxLength: 3 });
  return fc.tuple(parts, plainFilters()).map(([given, plain]) => Object.assign({}, ...given, plain));
}

/** An order by one of these fields. */
export function orders(fields: readonly string[]): fc.Arbitrary<Order> {
  return fc.record({ field: fc.constantFrom(...fields), direction: fc.constantFrom('ASC', 'DESC') });
}
