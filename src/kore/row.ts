import {
  type Conversation,
  type ConversationAudit,
  identityOf,
  type MetricResult,
  type Row,
  type UnscoredReason,
} from '../model/conversation.ts';
import type { DriftCounter } from './drift.ts';
import { createReader, fieldAt } from './fields.ts';
import { decodeEach, itemDecoders, type ListField, type TakenLists } from './items.ts';
import { auditStatuses, channels, contactDirections, durationStatuses, evaluationStatuses } from './literals.ts';
import { type Places, placesOf } from './places.ts';
import { rowSpelling } from './spelling.ts';
import {
  count,
  fingerprint,
  flag,
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

const readRow = createReader(rowSpelling);
type Fields = NonNullable<ReturnType<typeof readRow>>;

/**
 * Decodes one row, in any published spelling. One that can't be told from others, for it is no object or has no id, is unreadable: its
 * identity is that of its bytes. Whatever else can't be read is null and counted.
 */
export function decodeRow(value: unknown, drift: DriftCounter, taken: TakenLists): Row {
  const at = placesOf(drift);
  const row = readRow(value, at.row);
  const conversationId = row === null ? null : required(fieldAt(row, row.keys.conversationId), at.conversationId);
  if (row === null || conversationId === null) {
    return { identity: `unreadable\u0001${fingerprint(value)}`, conversation: null };
  }
  const { keys } = row;
  const lists = decodeLists(row, at, taken);
  const { metrics } = lists;
  const score = fieldAt(row, keys.score);
  const koreEvaluationScore = numberWithin(score, scoreMin, scoreMax, at.score);
  const durationStatus = literal(fieldAt(row, keys.durationStatus), durationStatuses, 'UNKNOWN', at.durationStatus);
  const conversation: Conversation = {
    conversationId,
    customConversationId: text(fieldAt(row, keys.customConversationId), at.customConversationId),
    agents: lists.agents,
    queues: lists.queues,
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
    dispositions: lists.dispositions,
    notApplicableScoringTreatment: text(
      fieldAt(row, keys.notApplicableScoringTreatment),
      at.notApplicableScoringTreatment,
    ),
    customFields: jsonObject(fieldAt(row, keys.customFields), at.customFields),
  };
  return { identity: identityOf(conversation), conversation };
}

/** The lists of a row: those that were taken out of its body, or what stands in it. */
function decodeLists(row: Fields, at: Places, taken: TakenLists): Pick<Conversation, ListField> {
  const { keys } = row;
  const { agents, queues, metrics, dispositions } = itemDecoders;
  const agentsValue = fieldAt(row, keys.agents);
  const queuesValue = fieldAt(row, keys.queues);
  const metricsValue = fieldAt(row, keys.metrics);
  const dispositionsValue = fieldAt(row, keys.dispositions);
  return {
    agents: taken.agents.give(agentsValue) ?? decodeEach(items(agentsValue, at.agents), at, agents),
    queues: taken.queues.give(queuesValue) ?? decodeEach(items(queuesValue, at.queues), at, queues),
    metrics: taken.metrics.give(metricsValue) ?? decodeEach(items(metricsValue, at.metrics), at, metrics),
    dispositions:
      taken.dispositions.give(dispositionsValue) ??
      decodeEach(items(dispositionsValue ?? [], at.dispositions), at, dispositions),
  };
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

function decodeAudit(row: Fields, at: Places): ConversationAudit {
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
