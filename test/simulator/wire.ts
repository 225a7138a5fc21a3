import type { SimulatedRow } from './row.ts';
import { type Era, isSince, type Keys, sampledKeys, tableKeys } from './spelling.ts';
import type { Switches } from './switches.ts';

/** What of the switches decides a row's bytes. */
export type Dress = Pick<Switches, 'spelling' | 'era' | 'tableOnlyFields'>;

export type WireRow = Record<string, unknown>;

/** A row as the wire spells it, keys in the printed order (contract 2.8). */
export function spellRow(row: SimulatedRow, { spelling, era, tableOnlyFields }: Dress): WireRow {
  const isTable = spelling === 'table' || (spelling === 'mixed' && row.serial % 2 === 1);
  const keys = isTable ? tableKeys : sampledKeys;
  const wire: WireRow = { conversationId: row.conversationId };
  if (isSince(era, 'V2') && row.customConversationId !== null) wire['customConversationId'] = row.customConversationId;
  wire[keys.queues] = row.queues.map(({ id, name }) => ({ [keys.queueId]: id, [keys.queueName]: name }));
  wire[keys.agents] = row.agents.map(({ id, name }) => ({ [keys.agentId]: id, [keys.agentName]: name }));
  if (!row.absent.has('score')) wire[keys.score] = row.score;
  if (isSince(era, 'V3') && !row.absent.has('fatalCount')) wire['fatalErrorCount'] = row.fatalErrorCount;
  if (isSince(era, 'V2')) wire[keys.language] = row.language;
  if (isSince(era, 'V3') && !row.absent.has('duration')) wire['duration_status'] = row.durationStatus;
  if (isSince(era, 'V7') && !row.absent.has('treatment')) {
    wire['notApplicableScoringTreatment'] = row.notApplicableScoringTreatment;
  }
  if (era === 'V6' && !row.absent.has('tail')) wire[keys.disposition] = spellDispositions(row, era);
  wire[keys.metrics] = row.metrics.map((metric) => spellMetric(metric, keys, era));
  if (isSince(era, 'V5') && !row.absent.has('tail')) spellTail(wire, row, keys, era);
  if (tableOnlyFields) spellTableOnly(wire, row);
  return wire;
}

function spellTail(wire: WireRow, row: SimulatedRow, keys: Keys, era: Era): void {
  if (!row.absent.has('direction')) wire[keys.direction] = row.direction;
  wire[keys.auditStatus] = row.auditStatus;
  // The table lists AuditStatus beside audit_status (contract 2.3).
  if (keys === tableKeys) wire['AuditStatus'] = row.auditStatus;
  wire[keys.auditDate] = row.auditDate;
  if (isSince(era, 'V7')) wire[keys.disposition] = spellDispositions(row, era);
  wire[keys.auditorName] = row.auditorName;
  wire['custom_fields'] = row.customFields;
}

function spellTableOnly(wire: WireRow, row: SimulatedRow): void {
  wire['evaluation_status'] = row.evaluationStatus;
  wire['channel'] = row.channel;
  if (row.auditScore !== null) wire['AuditScore'] = row.auditScore;
  wire['is_direction_defaulted'] = row.direction === null ? null : row.channel === 'chat';
  wire['evaluatedAt'] = row.score === null ? null : new Date(row.evaluatedAtMs).toISOString();
}

function spellMetric(metric: SimulatedRow['metrics'][number], keys: Keys, era: Era): WireRow {
  const wire: WireRow = { [keys.metricId]: metric.id };
  // V1 gave no name and weight for metrics that were met.
  if (isSince(era, 'V2') || metric.qualification !== 'YES') {
    wire[keys.metricName] = metric.name;
    wire[keys.metricWeight] = metric.weight;
  }
  if (isSince(era, 'V2')) wire[keys.metricNegativeWeight] = metric.negativeWeight;
  if (metric.qualification !== null) wire[keys.qualification] = metric.qualification;
  if (isSince(era, 'V2')) wire['isFatalError'] = metric.isFatalError;
  if (isSince(era, 'V5') && metric.qualification !== null) wire[keys.auditorResponse] = metric.auditorResponse;
  return wire;
}

function spellDispositions(row: SimulatedRow, era: Era): readonly WireRow[] {
  return row.dispositions.map(({ setId, setName, codes }) => ({
    setId,
    setName,
    code: codes.map(({ id, name, colour }) => (era === 'V6' ? { id, name, colour } : { id, name })),
  }));
}
