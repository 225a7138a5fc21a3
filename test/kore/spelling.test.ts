import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDrift } from '../../src/kore/drift.ts';
import { decodePage } from '../../src/kore/wire.ts';
import type {
  AuditStatus,
  Conversation,
  ConversationAudit,
  Disposition,
  MetricResult,
  UnscoredReason,
} from '../../src/model/conversation.ts';
import { chanceOf } from '../chance.ts';
import { type Choose, type ModelPage, spellPage } from './speller.ts';

test('any spelling of a model page decodes to that page, without drift', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(pages(), fc.integer(), (page, seed) => {
      const drift = createDrift({ entriesMax: 100, now: () => 0, onFirst: () => undefined });
      const decoded = decodePage(JSON.parse(spellPage(page, chooser(seed))), drift);
      expect(drift.entries()).toStrictEqual([]);
      expect(decoded.total).toBe(page.total);
      expect(decoded.rows.map(({ conversation }) => conversation)).toStrictEqual(page.conversations);
    }),
    { numRuns: 1000 },
  );
});

test('two spellings of one page are the same page, row by row and identity by identity', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(pages(), fc.integer(), fc.integer(), (page, one, other) => {
      const decode = (seed: number) => {
        const drift = createDrift({ entriesMax: 100, now: () => 0, onFirst: () => undefined });
        const { rows, total } = decodePage(JSON.parse(spellPage(page, chooser(seed))), drift);
        return { rows, total };
      };
      expect(decode(one)).toStrictEqual(decode(other));
    }),
    { numRuns: 300 },
  );
});

/** Chooses by a seed, the same each time. */
function chooser(seed: number): Choose {
  const chance = chanceOf(seed);
  return (options) => options[(chance.next() * 2 ** 32) % options.length] ?? options[0];
}

function pages(): fc.Arbitrary<ModelPage> {
  const page = fc.record({
    total: fc.nat({ max: 2 ** 31 - 1 }),
    conversations: fc.array(conversations(), { maxLength: 3 }),
  });
  // As JSON brings it: arbitrary records have no prototype.
  return page.map((each) => JSON.parse(JSON.stringify(each)));
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const words = () =>
  fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('A. Rao', 'AU Dyn   Gen ai+ deter', 'Zoë 😀'));
const ids = () => fc.string({ minLength: 1, maxLength: 8 });
const numbers = () =>
  fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: -50, max: 500, noNaN: true })).map(unsigned);
const scores = () =>
  fc.oneof(fc.integer({ min: -100, max: 100 }), fc.double({ min: -100, max: 100, noNaN: true })).map(unsigned);
const instants = () => fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) });
const answers = () => fc.constantFrom('YES', 'NO', 'NA', 'PENDING');

/** JSON has no minus zero that means anything. */
function unsigned(value: number): number {
  return value === 0 ? 0 : value;
}

type Scoring = Pick<Conversation, 'koreEvaluationScore' | 'unscoredReason' | 'durationStatus' | 'metrics'>;

/** A score, or one of the four reasons for none with what makes it so (contract 2.6, quirks 2 and 4). */
function scorings(): fc.Arbitrary<Scoring> {
  const unscored = (
    unscoredReason: UnscoredReason,
    durationStatus: fc.Arbitrary<Conversation['durationStatus']>,
    metrics: fc.Arbitrary<readonly MetricResult[]>,
  ) =>
    fc.record({
      koreEvaluationScore: fc.constant(null),
      unscoredReason: fc.constant(unscoredReason),
      durationStatus,
      metrics,
    });
  const anyMetrics = fc.array(metricResults(maybe(answers())), { maxLength: 3 });
  const naMetrics = fc.array(metricResults(fc.constant('NA')), { minLength: 1, maxLength: 3 });
  const evaluated = fc.constantFrom(null, 'EVALUATED' as const);
  return fc.oneof(
    fc.record({
      koreEvaluationScore: scores(),
      unscoredReason: fc.constant(null),
      durationStatus: fc.constantFrom(null, 'EVALUATED', 'BELOW_THRESHOLD', 'DURATION_UNAVAILABLE'),
      metrics: anyMetrics,
    }),
    unscored('BELOW_THRESHOLD', fc.constant('BELOW_THRESHOLD'), anyMetrics),
    unscored('DURATION_UNAVAILABLE', fc.constant('DURATION_UNAVAILABLE'), anyMetrics),
    unscored('ALL_METRICS_NOT_APPLICABLE', evaluated, naMetrics),
    unscored(
      'NOT_EVALUATED',
      evaluated,
      anyMetrics.filter((all) => all.length === 0 || all.some(({ qualification }) => qualification !== 'NA')),
    ),
  );
}

function metricResults(qualification: fc.Arbitrary<MetricResult['qualification']>): fc.Arbitrary<MetricResult> {
  return fc.record({
    metricId: maybe(ids()),
    metricName: maybe(words()),
    weight: maybe(numbers()),
    negativeWeight: maybe(numbers()),
    qualification,
    isFatalError: maybe(fc.boolean()),
    auditorResponse: maybe(answers()),
  });
}

/** What the samples, the tables and the product's screens call the states of an audit. */
const auditLabels: readonly [AuditStatus, string][] = [
  ['UNASSIGNED', 'Unassigned'],
  ['UNASSIGNED', 'Not Assigned'],
  ['ASSIGNED', 'Assigned'],
  ['PENDING_AGENT_REVIEW', 'Pending Agent Review'],
  ['PENDING_SUPERVISOR_REVIEW', 'Pending Supervisor Review'],
  ['RESOLVED', 'Resolved'],
  ['CLOSED', 'Closed'],
  ['AUDITED', 'Audited'],
];

function audits(): fc.Arbitrary<ConversationAudit> {
  return fc
    .tuple(maybe(fc.constantFrom(...auditLabels)), maybe(scores()), maybe(words()), maybe(instants()))
    .map(([label, score, auditor, auditedAt]) => ({
      status: label?.[0] ?? null,
      statusLabel: label?.[1] ?? null,
      score,
      auditor,
      auditedAt,
    }));
}

function dispositions(): fc.Arbitrary<Disposition> {
  const code = fc.record({ id: maybe(ids()), name: maybe(words()), colour: maybe(words()) });
  return fc.record({ setId: maybe(ids()), setName: maybe(words()), codes: fc.array(code, { maxLength: 2 }) });
}

function conversations(): fc.Arbitrary<Conversation> {
  const rest = fc.record({
    conversationId: ids(),
    customConversationId: maybe(words()),
    agents: fc.array(fc.record({ agentId: ids(), name: maybe(words()) }), { maxLength: 2 }),
    queues: fc.array(fc.record({ queueId: ids(), name: maybe(words()) }), { maxLength: 2 }),
    fatalErrorCount: maybe(fc.integer({ min: 0, max: 2 ** 31 - 1 })),
    language: maybe(words()),
    channel: fc.constantFrom(null, 'VOICE' as const, 'CHAT' as const),
    contactDirection: fc.constantFrom(null, 'INBOUND' as const, 'OUTBOUND' as const),
    isDirectionDefaulted: maybe(fc.boolean()),
    evaluationStatus: fc.constantFrom(null, 'PASS' as const, 'FAIL' as const, 'NOT_EVALUATED' as const),
    evaluatedAt: maybe(instants()),
    audit: audits(),
    dispositions: fc.array(dispositions(), { maxLength: 2 }),
    notApplicableScoringTreatment: maybe(words()),
    customFields: maybe(
      fc.dictionary(ids(), fc.oneof(words(), fc.integer(), fc.boolean(), fc.constant(null)), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
    ),
  });
  return fc.tuple(rest, scorings()).map(([row, scoring]) => ({ ...row, ...scoring }));
}
