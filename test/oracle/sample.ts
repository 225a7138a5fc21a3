import type { Dataset } from './dataset.ts';
import type { Facts, MetricFacts } from './rows.ts';

/** Four rows written by hand, around the beginning of summer time in Berlin. */

const unsaid: Facts = {
  listedMs: Date.parse('2026-03-28T12:00:00Z'),
  listedDirection: null,
  isListedBelowThreshold: false,
  identity: '',
  conversationId: '',
  customConversationId: null,
  agents: [],
  queues: [],
  score: null,
  unscoredReason: 'NOT_EVALUATED',
  fatalErrorCount: null,
  language: null,
  channel: null,
  contactDirection: null,
  isDirectionDefaulted: null,
  durationStatus: null,
  evaluationStatus: null,
  evaluatedAtMs: null,
  metrics: [],
  auditStatus: null,
  auditStatusLabel: null,
  auditScore: null,
  auditor: null,
  auditedAtMs: null,
  dispositions: [],
  notApplicableScoringTreatment: null,
  customFields: null,
};

const row = (conversationId: string, facts: Partial<Facts> = {}): Facts => ({
  ...unsaid,
  conversationId,
  identity: `${conversationId}\u0001\u0001`,
  ...facts,
});
const result = (metricId: string | null, facts: Partial<MetricFacts> = {}): MetricFacts => ({
  metricId,
  metricName: null,
  weight: null,
  negativeWeight: null,
  qualification: null,
  isFatalError: null,
  auditorResponse: null,
  ...facts,
});

const ann = { id: 'a-1', name: 'Ann' };
const bob = { id: 'a-2', name: 'Bob' };
export const rows: readonly Facts[] = [
  row('c-1', {
    listedMs: Date.parse('2026-03-28T22:59:59Z'),
    agents: [ann, bob],
    score: 80,
    unscoredReason: null,
    fatalErrorCount: 0,
    evaluationStatus: 'PASS',
    contactDirection: 'INBOUND',
    listedDirection: 'INBOUND',
    metrics: [
      result('em-1', { qualification: 'YES', auditorResponse: 'NO', isFatalError: false }),
      result('em-1', { qualification: 'NO', weight: 2.5, negativeWeight: 1, isFatalError: true }),
      result(null, { qualification: 'NO', weight: 9 }),
    ],
    auditStatus: 'AUDITED',
    auditScore: 70,
    customFields: { Region: 'EMEA', count: 3, isNew: true, none: null },
    dispositions: [{ setId: 'dst-1', setName: 'S', codes: [{ id: 'ds-1', name: 'R', colour: null }] }],
  }),
  row('c-2', {
    listedMs: Date.parse('2026-03-28T23:00:00Z'),
    agents: [bob],
    score: 0,
    unscoredReason: null,
    fatalErrorCount: 2,
    evaluationStatus: 'FAIL',
    contactDirection: 'OUTBOUND',
    listedDirection: 'OUTBOUND',
    auditStatus: 'RESOLVED',
    auditScore: 5,
    dispositions: [{ setId: 'dst-2', setName: 'T', codes: [] }],
  }),
  row('c-3', {
    listedMs: Date.parse('2026-03-29T21:59:59Z'),
    durationStatus: 'BELOW_THRESHOLD',
    isListedBelowThreshold: true,
    unscoredReason: 'BELOW_THRESHOLD',
    metrics: [result('em-1'), result('em-0')],
  }),
  row('c-4', { listedMs: Date.parse('2026-03-29T22:00:00Z'), score: -100, unscoredReason: null }),
];
export const data: Dataset = {
  rows,
  timeZone: 'Europe/Berlin',
  nowMs: Date.parse('2026-03-30T10:00:00Z'),
  isOrderKnown: true,
  isOrderFirm: true,
  isTotalKnown: true,
  hasOneName: true,
  isLimited: false,
  places: new Map(),
  globalIds: new Map(),
};
