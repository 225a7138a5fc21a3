import {
  type Conversation,
  type ConversationAudit,
  type Disposition,
  identityOf,
  type MetricResult,
  type Row,
  type UnscoredReason,
} from '../model/conversation.ts';
import type { Drift } from './drift.ts';
import {
  auditStatuses,
  channels,
  contactDirections,
  durationStatuses,
  evaluationStatuses,
  qualifications,
} from './literals.ts';
import {
  agentSpelling,
  dispositionCodeSpelling,
  dispositionSpelling,
  metricSpelling,
  queueSpelling,
  rowSpelling,
} from './spelling.ts';
import {
  count,
  fieldsOf,
  fingerprint,
  flag,
  identifier,
  instant,
  items,
  jsonObject,
  literal,
  numberWithin,
  required,
  text,
} from './values.ts';

const scoreMin = -100;
const scoreMax = 100;

/**
 * Decodes one row, in any published spelling. One that can't be told from others, for it is no object or has no id, is unreadable: its
 * identity is that of its bytes. Whatever else can't be read is null and counted.
 */
export function decodeRow(value: unknown, drift: Drift): Row {
  const row = fieldsOf(value, rowSpelling, { path: 'results[]', drift });
  const at = (key: string) => ({ path: `results[].${key}`, drift });
  const conversationId = row === null ? null : required(row.conversationId, at('conversationId'));
  if (row === null || conversationId === null) {
    return { identity: `unreadable\u0001${fingerprint(value)}`, conversation: null };
  }
  const metrics = items(row.metrics, at('Metrics')).flatMap((metric) => decodeMetric(metric, drift));
  const koreEvaluationScore = numberWithin(row.score, scoreMin, scoreMax, at('koreEvaluationScore'));
  const durationStatus = literal(row.durationStatus, durationStatuses, 'UNKNOWN', at('duration_status'));
  const conversation: Conversation = {
    conversationId,
    customConversationId: text(row.customConversationId, at('customConversationId')),
    agents: decodeSightings(row.agents, 'Agent', drift).map(({ id, name }) => ({ agentId: id, name })),
    queues: decodeSightings(row.queues, 'Queue', drift).map(({ id, name }) => ({ queueId: id, name })),
    koreEvaluationScore,
    unscoredReason: row.score === null || row.score === undefined ? unscoredReason(durationStatus, metrics) : null,
    fatalErrorCount: count(row.fatalErrorCount, at('fatalErrorCount')),
    language: text(row.language, at('Language')),
    channel: literal(row.channel, channels, 'UNKNOWN', at('channel')),
    contactDirection: literal(row.contactDirection, contactDirections, null, at('contactDirection')),
    isDirectionDefaulted: flag(row.isDirectionDefaulted, at('is_direction_defaulted')),
    durationStatus,
    evaluationStatus: literal(row.evaluationStatus, evaluationStatuses, 'UNKNOWN', at('evaluation_status')),
    evaluatedAt: instant(row.evaluatedAt, at('evaluatedAt')),
    metrics,
    audit: decodeAudit(row, at),
    dispositions:
      row.dispositions === undefined || row.dispositions === null
        ? []
        : items(row.dispositions, at('Disposition')).flatMap((each) => decodeDisposition(each, drift)),
    notApplicableScoringTreatment: text(row.notApplicableScoringTreatment, at('notApplicableScoringTreatment')),
    customFields: jsonObject(row.customFields, at('custom_fields')),
  };
  return { identity: identityOf(conversation), conversation };
}

/** Why a row has no score. The wire has three shapes of it, and a zero is none of them. Contract section 2.6, quirks 2 and 4. */
function unscoredReason(
  durationStatus: Conversation['durationStatus'],
  metrics: readonly MetricResult[],
): UnscoredReason {
  if (durationStatus === 'BELOW_THRESHOLD' || durationStatus === 'DURATION_UNAVAILABLE') return durationStatus;
  const areAllNotApplicable = metrics.length > 0 && metrics.every(({ qualification }) => qualification === 'NA');
  return areAllNotApplicable ? 'ALL_METRICS_NOT_APPLICABLE' : 'NOT_EVALUATED';
}

type RowPlace = (key: string) => { readonly path: string; readonly drift: Drift };
type RowFields = NonNullable<ReturnType<typeof fieldsOf<'auditStatus' | 'auditScore' | 'auditDate' | 'auditor'>>>;

function decodeAudit({ auditStatus, auditScore, auditDate, auditor }: RowFields, at: RowPlace): ConversationAudit {
  return {
    status: literal(auditStatus, auditStatuses, 'UNKNOWN', at('AuditStatus')),
    statusLabel: typeof auditStatus === 'string' ? auditStatus : null,
    score: numberWithin(auditScore, scoreMin, scoreMax, at('AuditScore')),
    auditor: text(auditor, at('AuditorName')),
    auditedAt: instant(auditDate, at('AuditDate')),
  };
}

/** Agents or queues as a row names them. One without an id can't be told from others: it is left out, and counted. */
function decodeSightings(value: unknown, noun: 'Agent' | 'Queue', drift: Drift) {
  const path = `results[].${noun}s`;
  const at = (key: string) => ({ path: `${path}[].${noun} ${key}`, drift });
  return items(value, { path, drift }).flatMap((item) => {
    const fields = fieldsOf(item, noun === 'Agent' ? agentSpelling : queueSpelling, { path: `${path}[]`, drift });
    const id = fields === null ? null : required(fields.id, at('ID'));
    return fields === null || id === null ? [] : [{ id, name: text(fields.name, at('Name')) }];
  });
}

function decodeMetric(value: unknown, drift: Drift): readonly MetricResult[] {
  const metric = fieldsOf(value, metricSpelling, { path: 'results[].Metrics[]', drift });
  if (metric === null) return [];
  const at = (key: string) => ({ path: `results[].Metrics[].${key}`, drift });
  return [
    {
      metricId: identifier(metric.metricId, at('Metric ID')),
      metricName: text(metric.metricName, at('Metric Name')),
      weight: numberWithin(metric.weight, -Number.MAX_VALUE, Number.MAX_VALUE, at('Metric Weight')),
      negativeWeight: numberWithin(
        metric.negativeWeight,
        -Number.MAX_VALUE,
        Number.MAX_VALUE,
        at('Metric Negative Weight'),
      ),
      qualification: literal(metric.qualification, qualifications, 'UNKNOWN', at('Qualification')),
      isFatalError: flag(metric.isFatalError, at('isFatalError')),
      auditorResponse: literal(metric.auditorResponse, qualifications, 'UNKNOWN', at('Auditor Response')),
    },
  ];
}

function decodeDisposition(value: unknown, drift: Drift): readonly Disposition[] {
  const set = fieldsOf(value, dispositionSpelling, { path: 'results[].Disposition[]', drift });
  if (set === null) return [];
  const at = (key: string) => ({ path: `results[].Disposition[].${key}`, drift });
  const codes = items(set.codes, at('code')).flatMap((each) => {
    const code = fieldsOf(each, dispositionCodeSpelling, at('code[]'));
    if (code === null) return [];
    return [
      {
        id: text(code.id, at('code[].id')),
        name: text(code.name, at('code[].name')),
        colour: text(code.colour, at('code[].colour')),
      },
    ];
  });
  return [{ setId: text(set.setId, at('setId')), setName: text(set.setName, at('setName')), codes }];
}
