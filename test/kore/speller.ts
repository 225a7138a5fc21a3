import type { Conversation, MetricResult } from '../../src/model/conversation.ts';

/**
 * Spells a model page as the vendor might: every key and literal in any form that some version of the page prints, keys in any order. Written
 * from the published pages alone; it shares nothing with the decoder.
 */
export type Choose = <T>(options: readonly [T, ...T[]]) => T;

export type ModelPage = { readonly total: number; readonly conversations: readonly Conversation[] };

/** A JSON text of the page. `choose` decides between spellings, and between absent and null. */
export function spellPage({ total, conversations }: ModelPage, choose: Choose): string {
  const results = conversations.map((conversation) => spellConversation(conversation, choose));
  const rest = { hasMore: choose([true, false]), totalPages: choose([0, 1, 3]) };
  return JSON.stringify(shuffled(Object.entries({ results, totalResults: total, ...rest }), choose));
}

function spellConversation(row: Conversation, choose: Choose): object {
  const agents = row.agents.map(({ agentId, name }) => spellNamed('Agent', agentId, name, choose));
  const queues = row.queues.map(({ queueId, name }) => spellNamed('Queue', queueId, name, choose));
  return spellFields(choose, [
    [['conversationId', 'conversation_id', 'Conversation ID'], row.conversationId],
    [['customConversationId'], row.customConversationId],
    [['Queues', 'queues'], queues],
    [['Agents', 'agents'], agents],
    [['koreEvalutionScore', 'koreEvaluationScore', 'Kore Evaluation Score'], row.koreEvaluationScore],
    [['fatalErrorCount', 'fatal_error_count'], row.fatalErrorCount],
    [['Language', 'language'], row.language],
    [['duration_status', 'durationStatus'], spellLiteral(row.durationStatus, choose)],
    [['evaluation_status', 'evaluationStatus'], spellLiteral(row.evaluationStatus, choose)],
    [['evaluatedAt', 'evaluated_at'], spellInstant(row.evaluatedAt, choose)],
    [['notApplicableScoringTreatment'], row.notApplicableScoringTreatment],
    [['Metrics', 'metrics'], row.metrics.map((metric) => spellMetric(metric, choose))],
    [['contactDirection', 'contact_direction'], spellLiteral(row.contactDirection, choose)],
    [['is_direction_defaulted', 'isDirectionDefaulted'], row.isDirectionDefaulted],
    [['channel', 'Channel'], spellLiteral(row.channel, choose)],
    [['AuditStatus', 'audit_status', 'Audit Status'], row.audit.statusLabel],
    [['AuditScore', 'audit_score'], row.audit.score],
    [['AuditDate', 'audit_date', 'Audit Date'], spellInstant(row.audit.auditedAt, choose)],
    [['AuditorName', 'auditor', 'Auditor Name'], row.audit.auditor],
    [['Disposition', 'disposition', 'disposition '], spellDispositions(row, choose)],
    [['custom_fields', 'customFields'], row.customFields],
  ]);
}

function spellNamed(noun: 'Agent' | 'Queue', id: string, name: string | null, choose: Choose): object {
  const lower = noun.toLowerCase();
  return spellFields(choose, [
    [[`${noun} ID`, `${lower}Id`, `${lower}_id`], id],
    [[`${noun} Name`, `${lower}Name`, `${lower}_name`], name],
  ]);
}

function spellMetric(metric: MetricResult, choose: Choose): object {
  return spellFields(choose, [
    [['Metric ID', 'metricId'], metric.metricId],
    [['Metric Name', 'metricName'], metric.metricName],
    [['Metric Weight', 'metricWeight'], metric.weight],
    [['Metric Negative Weight', 'metricNegativeWeight'], metric.negativeWeight],
    [['Qualification', 'qualification'], spellAnswer(metric.qualification, choose)],
    [['isFatalError'], metric.isFatalError],
    [['Auditor Response', 'auditorResponse'], spellAnswer(metric.auditorResponse, choose)],
  ]);
}

function spellDispositions({ dispositions }: Conversation, choose: Choose): readonly object[] | null {
  if (dispositions.length === 0) return choose([null, []]);
  return dispositions.map(({ setId, setName, codes }) =>
    spellFields(choose, [
      [['setId'], setId],
      [['setName'], setName],
      [
        ['code'],
        codes.map(({ id, name, colour }) =>
          spellFields(choose, [
            [['id'], id],
            [['name'], name],
            [['colour'], colour],
          ]),
        ),
      ],
    ]),
  );
}

type Field = readonly [names: readonly [string, ...string[]], value: unknown];

/** An absent field is left out or null; a present one comes under one name, or now and then under two. */
function spellFields(choose: Choose, fields: readonly Field[]): object {
  const entries: [string, unknown][] = [];
  for (const [names, value] of fields) {
    const name = choose(names);
    if (value !== null || choose([true, false])) entries.push([name, value]);
    if (choose([0, 0, 0, 0, 0, 0, 0, 1]) === 1) entries.push([choose(names), choose([value, null])]);
  }
  return shuffled(unhidden(entries), choose);
}

/** Of two entries of the very same name JSON keeps the last: a null there would hide the value from everyone. */
function unhidden(entries: readonly [string, unknown][]): [string, unknown][] {
  const kept = new Map<string, unknown>();
  for (const [name, value] of entries) kept.set(name, kept.get(name) ?? value);
  return [...kept];
}

function shuffled(entries: [string, unknown][], choose: Choose): object {
  const left = [...entries];
  const order: [string, unknown][] = [];
  while (left.length > 0) {
    const place = choose(left.map((_, index) => index) as [number, ...number[]]);
    order.push(...left.splice(place, 1));
  }
  return Object.fromEntries(order);
}

/** EVALUATED as evaluated, NOT_EVALUATED as not_evaluated: the wire's literals are the model's in lower case, or in some other. */
function spellLiteral(value: string | null, choose: Choose): string | null {
  if (value === null) return null;
  const lower = value.toLowerCase();
  return choose([lower, lower, value, `${value.charAt(0)}${lower.slice(1)}`, lower.replaceAll('_', ' ')]);
}

function spellAnswer(value: MetricResult['qualification'], choose: Choose): string | null {
  switch (value) {
    case 'YES':
      return choose(['YES', 'Yes']);
    case 'NO':
      return choose(['NO', 'No']);
    case 'NA':
      return choose(['NA', 'N/A']);
    case 'PENDING':
      return '-';
    default:
      return null;
  }
}

function spellInstant(ms: number | null, choose: Choose): string | number | null {
  if (ms === null) return null;
  const iso = new Date(ms).toISOString();
  const inIndia = `${new Date(ms + 330 * 60_000).toISOString().slice(0, -1)}+05:30`;
  const blank = iso.slice(0, 19).replace('T', ' ');
  return choose([iso, inIndia, ms, ms % 1000 === 0 ? blank : iso]);
}
