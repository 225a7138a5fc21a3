import { Failure } from '../errors.ts';
import {
  type Conversation,
  type ConversationAudit,
  type Disposition,
  identityOf,
  type MetricResult,
  type Row,
  type UnscoredReason,
} from '../model/conversation.ts';
import type { Page } from '../reading/source.ts';
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
  envelopeSpelling,
  metricSpelling,
  queueSpelling,
  rowSpelling,
} from './spelling.ts';
import {
  count,
  fieldsOf,
  flag,
  identifier,
  instant,
  isObject,
  items,
  jsonObject,
  literal,
  numberWithin,
  text,
} from './values.ts';

const scoreMin = -100;
const scoreMax = 100;

/**
 * Decodes a response, in any published spelling (contract section 2). A row that can't be read keeps its place without a conversation,
 * and costs nothing else; a field that can't be read is null and counted. Throws UPSTREAM_BAD_RESPONSE for a body that is no page:
 * reason ENCRYPTED for an encrypted envelope, else NOT_A_PAGE.
 */
export function decodePage(body: unknown, drift: Drift): Page {
  if (!isPage(body)) {
    const reason = looksEncrypted(body) ? 'ENCRYPTED' : 'NOT_A_PAGE';
    throw new Failure('UPSTREAM_BAD_RESPONSE', 'The upstream answered with something that is no page of results', {
      reason,
    });
  }
  const envelope = fieldsOf(body, envelopeSpelling, { path: '$', drift });
  const total = count(envelope?.total, { path: 'totalResults', drift });
  if (total === null) {
    throw new Failure('UPSTREAM_BAD_RESPONSE', 'The upstream did not say how many results there are', {
      reason: 'NO_TOTAL',
    });
  }
  return { total, rows: items(envelope?.results, { path: 'results', drift }).map((row) => decodeRow(row, drift)) };
}

/** Whether a body claims to be a page: whatever else it holds, it has a list of results. */
export function isPage(body: unknown): body is { readonly [key: string]: unknown } {
  return isObject(body) && Array.isArray(body['results']);
}

const cipherKey = /cipher|encrypt|protected|^iv$|^tag$|payload|jwe/i;

function looksEncrypted(body: unknown): boolean {
  return isObject(body) && Object.keys(body).some((key) => cipherKey.test(key));
}

function decodeRow(value: unknown, drift: Drift): Row {
  const row = fieldsOf(value, rowSpelling, { path: 'results[]', drift });
  const at = (key: string) => ({ path: `results[].${key}`, drift });
  const conversationId = row === null ? null : identifier(row.conversationId, at('conversationId'));
  if (row === null || conversationId === null) {
    drift.count('results[].conversationId', 'MISSING');
    return { identity: `unreadable\u0001${JSON.stringify(value)}`, conversation: null };
  }
  const metrics = items(row.metrics, at('Metrics')).flatMap((metric) => decodeMetric(metric, drift));
  const koreEvaluationScore = numberWithin(row.score, scoreMin, scoreMax, at('koreEvaluationScore'));
  const durationStatus = literal(row.durationStatus, durationStatuses, 'UNKNOWN', at('duration_status'));
  const conversation: Conversation = {
    conversationId,
    customConversationId: text(row.customConversationId, at('customConversationId')),
    agents: items(row.agents, at('Agents')).flatMap((agent) => {
      const sighting = decodeSighting(agent, agentSpelling, at('Agents[]'));
      return sighting === null ? [] : [{ agentId: sighting.id, name: sighting.name }];
    }),
    queues: items(row.queues, at('Queues')).flatMap((queue) => {
      const sighting = decodeSighting(queue, queueSpelling, at('Queues[]'));
      return sighting === null ? [] : [{ queueId: sighting.id, name: sighting.name }];
    }),
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

/** An agent or a queue as a row names it. One without an id can't be told from others: it is left out, and counted as missing. */
function decodeSighting(value: unknown, spelling: typeof agentSpelling, { path, drift }: ReturnType<RowPlace>) {
  const fields = fieldsOf(value, spelling, { path, drift });
  if (fields === null) return null;
  const id = identifier(fields.id, { path: `${path}.id`, drift });
  if (id === null) drift.count(`${path}.id`, 'MISSING');
  return id === null ? null : { id, name: text(fields.name, { path: `${path}.name`, drift }) };
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
