/** A page as the endpoint answers it, in the spelling of every printed sample; what a row may leave out is optional. */
export type WirePage = { readonly results: readonly WireRow[]; readonly totalResults: number };

export type WireRow = {
  readonly conversationId: string;
  readonly customConversationId?: string;
  readonly Queues: readonly { readonly 'Queue ID': string; readonly 'Queue Name': string }[];
  readonly Agents: readonly { readonly 'Agent ID': string; readonly 'Agent Name': string }[];
  readonly koreEvalutionScore?: number | null;
  readonly fatalErrorCount?: number;
  readonly Language?: string;
  readonly duration_status?: string | null;
  readonly notApplicableScoringTreatment?: string | null;
  readonly Metrics: readonly WireMetric[];
  readonly contactDirection?: string | null;
  readonly AuditStatus?: string | null;
  readonly AuditDate?: string | number | null;
  readonly AuditScore?: number | null;
  readonly AuditorName?: string | null;
  readonly Disposition?: readonly WireDisposition[];
  readonly custom_fields?: Readonly<Record<string, unknown>> | null;
  readonly evaluation_status?: string | null;
  readonly channel?: string | null;
  readonly is_direction_defaulted?: boolean | null;
  readonly evaluatedAt?: string | null;
};

type WireMetric = {
  readonly 'Metric ID'?: string;
  readonly 'Metric Name'?: string;
  readonly 'Metric Weight'?: number;
  readonly 'Metric Negative Weight'?: number;
  readonly Qualification?: string;
  readonly isFatalError?: boolean;
  readonly 'Auditor Response'?: string | null;
};

type WireDisposition = {
  readonly setId: string;
  readonly setName: string;
  readonly code: readonly { readonly id: string; readonly name: string; readonly colour?: string }[];
};

export type Conversation = ReturnType<typeof decodeRow>;

/** Metrics say YES, auditors say Yes. */
const qualifications: Readonly<Record<string, string>> = {
  YES: 'YES',
  NO: 'NO',
  NA: 'NA',
  'N/A': 'NA',
  '-': 'PENDING',
};

/** A row under the schema's names and words. Every contender but Hive Gateway, which has no place for it, decodes with this. */
export function decodeRow(row: WireRow) {
  const durationStatus = upperCase(row.duration_status);
  const metrics = row.Metrics.map(decodeMetric);
  const score = row.koreEvalutionScore ?? null;
  return {
    conversationId: row.conversationId,
    customConversationId: row.customConversationId ?? null,
    agents: row.Agents.map((agent) => ({ agentId: agent['Agent ID'], name: agent['Agent Name'] })),
    queues: row.Queues.map((queue) => ({ queueId: queue['Queue ID'], name: queue['Queue Name'] })),
    koreEvaluationScore: score,
    unscoredReason: score === null ? unscoredReason(durationStatus, metrics) : null,
    fatalErrorCount: row.fatalErrorCount ?? null,
    language: row.Language ?? null,
    channel: upperCase(row.channel),
    contactDirection: upperCase(row.contactDirection),
    isDirectionDefaulted: row.is_direction_defaulted ?? null,
    durationStatus,
    evaluationStatus: upperCase(row.evaluation_status),
    evaluatedAt: instant(row.evaluatedAt),
    metrics,
    audit: {
      status: auditStatus(row.AuditStatus),
      statusLabel: row.AuditStatus ?? null,
      score: row.AuditScore ?? null,
      auditor: row.AuditorName ?? null,
      auditedAt: instant(row.AuditDate),
    },
    dispositions: (row.Disposition ?? []).map(({ setId, setName, code }) => ({
      setId,
      setName,
      codes: code.map(({ id, name, colour }) => ({ id, name, colour: colour ?? null })),
    })),
    notApplicableScoringTreatment: row.notApplicableScoringTreatment ?? null,
    customFields: row.custom_fields ?? null,
  };
}

function decodeMetric(metric: WireMetric) {
  const metricId = metric['Metric ID'];
  return {
    metric: metricId === undefined ? null : { metricId },
    metricName: metric['Metric Name'] ?? null,
    weight: metric['Metric Weight'] ?? null,
    negativeWeight: metric['Metric Negative Weight'] ?? null,
    qualification: qualification(metric.Qualification),
    isFatalError: metric.isFatalError ?? null,
    auditorResponse: qualification(metric['Auditor Response']),
  };
}

function unscoredReason(durationStatus: string | null, metrics: readonly { readonly qualification: string | null }[]) {
  if (durationStatus === 'BELOW_THRESHOLD' || durationStatus === 'DURATION_UNAVAILABLE') return durationStatus;
  const areAllNotApplicable = metrics.length > 0 && metrics.every((metric) => metric.qualification === 'NA');
  return areAllNotApplicable ? 'ALL_METRICS_NOT_APPLICABLE' : 'NOT_EVALUATED';
}

function qualification(word: string | null | undefined): string | null {
  return word === null || word === undefined ? null : (qualifications[word.toUpperCase()] ?? 'UNKNOWN');
}

function auditStatus(word: string | null | undefined): string | null {
  return word === 'Not Assigned' ? 'UNASSIGNED' : (upperCase(word)?.replaceAll(' ', '_') ?? null);
}

function upperCase(word: string | null | undefined): string | null {
  return word?.toUpperCase() ?? null;
}

function instant(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : new Date(value).toISOString();
}
