/** Which published version's set of keys (contract, table of versions). V4's sample is not known; its keys are V3's. */
export type Era = 'V1' | 'V2' | 'V3' | 'V5' | 'V6' | 'V7';

export type Spelling = 'sampled' | 'table' | 'mixed';

/** The keys of a row in one spelling. Keys that no table prints keep their sampled spelling in both. */
export type Keys = { readonly [Name in keyof typeof sampledKeys]: string };

/** As every printed sample spells them (contract 2.3 to 2.5), the vendor's own misspelling included. */
export const sampledKeys = {
  queues: 'Queues',
  queueId: 'Queue ID',
  queueName: 'Queue Name',
  agents: 'Agents',
  agentId: 'Agent ID',
  agentName: 'Agent Name',
  score: 'koreEvalutionScore',
  language: 'Language',
  metrics: 'Metrics',
  metricId: 'Metric ID',
  metricName: 'Metric Name',
  metricWeight: 'Metric Weight',
  metricNegativeWeight: 'Metric Negative Weight',
  qualification: 'Qualification',
  auditorResponse: 'Auditor Response',
  direction: 'contactDirection',
  auditStatus: 'AuditStatus',
  auditDate: 'AuditDate',
  disposition: 'Disposition',
  auditorName: 'AuditorName',
} as const satisfies Record<string, string>;

/** As the parameter tables since V4 name them. */
export const tableKeys: Keys = {
  queues: 'queues',
  queueId: 'queueId',
  queueName: 'queueName',
  agents: 'agents',
  agentId: 'agentId',
  agentName: 'agentName',
  score: 'koreEvaluationScore',
  language: 'language',
  metrics: 'metrics',
  metricId: 'metricId',
  metricName: 'metricName',
  metricWeight: 'metricWeight',
  metricNegativeWeight: 'metricNegativeWeight',
  qualification: 'qualification',
  auditorResponse: 'auditorResponse',
  direction: 'contact_direction',
  auditStatus: 'audit_status',
  auditDate: 'audit_date',
  disposition: 'disposition',
  auditorName: 'auditor',
};

/** True where the keys of version `since` are part of `era`. */
export function isSince(era: Era, since: Era): boolean {
  return era >= since;
}
