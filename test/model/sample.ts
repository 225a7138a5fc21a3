import type { Conversation, MetricResult } from '../../src/model/conversation.ts';

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
