import {
  type AgentSighting,
  type Conversation,
  type ConversationAudit,
  type Disposition,
  identityOf,
  type MetricResult,
  type QueueSighting,
  type Row,
  type UnscoredReason,
} from '../model/conversation.ts';
import type { Drift } from './drift.ts';
import { createReader, fieldAt } from './fields.ts';
import {
  auditStatuses,
  channels,
  contactDirections,
  durationStatuses,
  evaluationStatuses,
  qualifications,
} from './literals.ts';
import { type Places, placesOf } from './places.ts';
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
  fingerprint,
  flag,
  identifier,
  instant,
  items,
  jsonObject,
  literal,
  numberWithin,
  type Place,
  required,
  text,
} from './values.ts';

const scoreMin = -100;
const scoreMax = 100;

const readRow = createReader(rowSpelling);
const readAgent = createReader(agentSpelling);
const readQueue = createReader(queueSpelling);
const readMetric = createReader(metricSpelling);
const readDisposition = createReader(dispositionSpelling);
const readCode = createReader(dispositionCodeSpelling);

/**
 * Decodes one row, in any published spelling. One that can't be told from others, for it is no object or has no id, is unreadable: its
 * identity is that of its bytes. Whatever else can't be read is null and counted.
 */
export function decodeRow(value: unknown, drift: Drift): Row {
  const at = placesOf(drift);
  const row = readRow(value, at.row);
  const conversationId = row === null ? null : required(fieldAt(row, row.keys.conversationId), at.conversationId);
  if (row === null || conversationId === null) {
    return { identity: `unreadable\u0001${fingerprint(value)}`, conversation: null };
  }
  const { keys } = row;
  const metrics = decodeEach(items(fieldAt(row, keys.metrics), at.metrics), at, decodeMetric);
  const score = fieldAt(row, keys.score);
  const koreEvaluationScore = numberWithin(score, scoreMin, scoreMax, at.score);
  const durationStatus = literal(fieldAt(row, keys.durationStatus), durationStatuses, 'UNKNOWN', at.durationStatus);
  const conversation: Conversation = {
    conversationId,
    customConversationId: text(fieldAt(row, keys.customConversationId), at.customConversationId),
    agents: decodeEach(items(fieldAt(row, keys.agents), at.agents), at, decodeAgent),
    queues: decodeEach(items(fieldAt(row, keys.queues), at.queues), at, decodeQueue),
    koreEvaluationScore,
    unscoredReason: score === null || score === undefined ? unscoredReason(durationStatus, metrics) : null,
    fatalErrorCount: count(fieldAt(row, keys.fatalErrorCount), at.fatalErrorCount),
    language: text(fieldAt(row, keys.language), at.language),
    channel: literal(fieldAt(row, keys.channel), channels, 'UNKNOWN', at.channel),
    contactDirection: literal(fieldAt(row, keys.contactDirection), contactDirections, null, at.contactDirection),
    isDirectionDefaulted: flag(fieldAt(row, keys.isDirectionDefaulted), at.isDirectionDefaulted),
    durationStatus,
    evaluationStatus: literal(fieldAt(row, keys.evaluationStatus), evaluationStatuses, 'UNKNOWN', at.evaluationStatus),
    evaluatedAt: instant(fieldAt(row, keys.evaluatedAt), at.evaluatedAt),
    metrics,
    audit: decodeAudit(row, at),
    dispositions: decodeEach(items(fieldAt(row, keys.dispositions) ?? [], at.dispositions), at, decodeDisposition),
    notApplicableScoringTreatment: text(
      fieldAt(row, keys.notApplicableScoringTreatment),
      at.notApplicableScoringTreatment,
    ),
    customFields: jsonObject(fieldAt(row, keys.customFields), at.customFields),
  };
  return { identity: identityOf(conversation), conversation };
}

/** The items that could be told from others, decoded. */
function decodeEach<T>(
  values: readonly unknown[],
  at: Places,
  decode: (value: unknown, at: Places) => T | null,
): readonly T[] {
  const decoded: T[] = [];
  for (const value of values) {
    const item = decode(value, at);
    if (item !== null) decoded.push(item);
  }
  return decoded;
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

function decodeAudit(row: NonNullable<ReturnType<typeof readRow>>, at: Places): ConversationAudit {
  const { keys } = row;
  const status = fieldAt(row, keys.auditStatus);
  return {
    status: literal(status, auditStatuses, 'UNKNOWN', at.auditStatus),
    statusLabel: typeof status === 'string' ? status : null,
    score: numberWithin(fieldAt(row, keys.auditScore), scoreMin, scoreMax, at.auditScore),
    auditor: text(fieldAt(row, keys.auditor), at.auditor),
    auditedAt: instant(fieldAt(row, keys.auditDate), at.auditDate),
  };
}

/** An agent as a row names it. One without an id can't be told from others: it is left out, and counted. */
function decodeAgent(value: unknown, at: Places): AgentSighting | null {
  const agent = readAgent(value, at.agent);
  const agentId = agent === null ? null : required(fieldAt(agent, agent.keys.id), at.agentId);
  return agent === null || agentId === null
    ? null
    : { agentId, name: text(fieldAt(agent, agent.keys.name), at.agentName) };
}

/** A queue, by the same rule. */
function decodeQueue(value: unknown, at: Places): QueueSighting | null {
  const queue = readQueue(value, at.queue);
  const queueId = queue === null ? null : required(fieldAt(queue, queue.keys.id), at.queueId);
  return queue === null || queueId === null
    ? null
    : { queueId, name: text(fieldAt(queue, queue.keys.name), at.queueName) };
}

function decodeMetric(value: unknown, at: Places): MetricResult | null {
  const metric = readMetric(value, at.metric);
  if (metric === null) return null;
  const { keys } = metric;
  return {
    metricId: identifier(fieldAt(metric, keys.metricId), at.metricId),
    metricName: text(fieldAt(metric, keys.metricName), at.metricName),
    weight: anyNumber(fieldAt(metric, keys.weight), at.weight),
    negativeWeight: anyNumber(fieldAt(metric, keys.negativeWeight), at.negativeWeight),
    qualification: literal(fieldAt(metric, keys.qualification), qualifications, 'UNKNOWN', at.qualification),
    isFatalError: flag(fieldAt(metric, keys.isFatalError), at.isFatalError),
    auditorResponse: literal(fieldAt(metric, keys.auditorResponse), qualifications, 'UNKNOWN', at.auditorResponse),
  };
}

function anyNumber(value: unknown, place: Place): number | null {
  return numberWithin(value, -Number.MAX_VALUE, Number.MAX_VALUE, place);
}

function decodeDisposition(value: unknown, at: Places): Disposition | null {
  const set = readDisposition(value, at.disposition);
  if (set === null) return null;
  return {
    setId: text(fieldAt(set, set.keys.setId), at.setId),
    setName: text(fieldAt(set, set.keys.setName), at.setName),
    codes: decodeEach(items(fieldAt(set, set.keys.codes), at.codes), at, decodeCode),
  };
}

function decodeCode(value: unknown, at: Places): Disposition['codes'][number] | null {
  const code = readCode(value, at.code);
  if (code === null) return null;
  return {
    id: text(fieldAt(code, code.keys.id), at.codeId),
    name: text(fieldAt(code, code.keys.name), at.codeName),
    colour: text(fieldAt(code, code.keys.colour), at.codeColour),
  };
}
