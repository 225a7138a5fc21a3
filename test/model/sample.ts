import type { Conversation, MetricResult, Row } from '../../src/model/conversation.ts';
import { rowAt, type Table } from '../../src/model/table.ts';

/** A whole conversation that says nothing but these facts. */
export function conversationOf(facts: Partial<Conversation>): Conversation {
  return {
    conversationId: 'c-sample',
    customConversationId: null,
    agents: [],
    queues: [],
    koreEvaluationScore: null,
    unscoredReason: null,
    fatalErrorCount: null,
    language: null,
    channel: null,
    contactDirection: null,
    isDirectionDefaulted: null,
    durationStatus: null,
    evaluationStatus: null,
    evaluatedAt: null,
    metrics: [],
    audit: { status: null, statusLabel: null, score: null, auditor: null, auditedAt: null },
    dispositions: [],
    notApplicableScoringTreatment: null,
    customFields: null,
    ...facts,
  };
}

/** A whole metric result that says nothing but these facts. */
export function metricResultOf(facts: Partial<MetricResult>): MetricResult {
  return {
    metricId: null,
    metricName: null,
    weight: null,
    negativeWeight: null,
    qualification: null,
    isFatalError: null,
    auditorResponse: null,
    ...facts,
  };
}

/** The rows of a page, in their order. */
export function madeRows({ table }: { readonly table: Table }): readonly Row[] {
  return Array.from({ length: table.rowCount }, (_, index) => rowAt(table, index));
}
