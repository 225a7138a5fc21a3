import type { DriftCounter } from './drift.ts';
import type { Place } from './values.ts';

/** Where on the wire each field of a row stands, as deviations are counted. */
const paths = {
  row: 'results[]',
  conversationId: 'results[].conversationId',
  customConversationId: 'results[].customConversationId',
  agents: 'results[].Agents',
  agent: 'results[].Agents[]',
  agentId: 'results[].Agents[].Agent ID',
  agentName: 'results[].Agents[].Agent Name',
  queues: 'results[].Queues',
  queue: 'results[].Queues[]',
  queueId: 'results[].Queues[].Queue ID',
  queueName: 'results[].Queues[].Queue Name',
  score: 'results[].koreEvaluationScore',
  fatalErrorCount: 'results[].fatalErrorCount',
  language: 'results[].Language',
  channel: 'results[].channel',
  contactDirection: 'results[].contactDirection',
  isDirectionDefaulted: 'results[].is_direction_defaulted',
  durationStatus: 'results[].duration_status',
  evaluationStatus: 'results[].evaluation_status',
  evaluatedAt: 'results[].evaluatedAt',
  auditStatus: 'results[].AuditStatus',
  auditScore: 'results[].AuditScore',
  auditor: 'results[].AuditorName',
  auditDate: 'results[].AuditDate',
  dispositions: 'results[].Disposition',
  disposition: 'results[].Disposition[]',
  setId: 'results[].Disposition[].setId',
  setName: 'results[].Disposition[].setName',
  codes: 'results[].Disposition[].code',
  code: 'results[].Disposition[].code[]',
  codeId: 'results[].Disposition[].code[].id',
  codeName: 'results[].Disposition[].code[].name',
  codeColour: 'results[].Disposition[].code[].colour',
  notApplicableScoringTreatment: 'results[].notApplicableScoringTreatment',
  customFields: 'results[].custom_fields',
  metrics: 'results[].Metrics',
  metric: 'results[].Metrics[]',
  metricId: 'results[].Metrics[].Metric ID',
  metricName: 'results[].Metrics[].Metric Name',
  weight: 'results[].Metrics[].Metric Weight',
  negativeWeight: 'results[].Metrics[].Metric Negative Weight',
  qualification: 'results[].Metrics[].Qualification',
  isFatalError: 'results[].Metrics[].isFatalError',
  auditorResponse: 'results[].Metrics[].Auditor Response',
} as const;

/** Where deviations of a row's fields are counted, by field. */
export type Places = { readonly [Name in keyof typeof paths]: Place };

const known = new WeakMap<DriftCounter, Places>();

/** The places of a row's fields, to be counted in `drift`: made once for all that is counted there, for a page has ten thousand fields. */
export function placesOf(drift: DriftCounter): Places {
  const places = known.get(drift) ?? makePlaces(drift);
  known.set(drift, places);
  return places;
}

function makePlaces(drift: DriftCounter): Places {
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, { path, drift }])) as Places;
}
