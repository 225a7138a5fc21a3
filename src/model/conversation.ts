/** The vocabulary of a scored conversation. Literals equal the SDL's enum names; `null` means: the upstream did not say. */
export type ContactDirection = 'INBOUND' | 'OUTBOUND';
export type ConversationChannel = 'VOICE' | 'CHAT' | 'UNKNOWN';
export type DurationStatus = 'EVALUATED' | 'BELOW_THRESHOLD' | 'DURATION_UNAVAILABLE' | 'UNKNOWN';
export type EvaluationStatus = 'PASS' | 'FAIL' | 'NOT_EVALUATED' | 'UNKNOWN';
export type Qualification = 'YES' | 'NO' | 'NA' | 'PENDING' | 'UNKNOWN';
export type AuditStatus =
  | 'UNASSIGNED'
  | 'ASSIGNED'
  | 'PENDING_AGENT_REVIEW'
  | 'PENDING_SUPERVISOR_REVIEW'
  | 'RESOLVED'
  | 'CLOSED'
  | 'AUDITED'
  | 'UNKNOWN';
export type UnscoredReason =
  | 'BELOW_THRESHOLD'
  | 'DURATION_UNAVAILABLE'
  | 'ALL_METRICS_NOT_APPLICABLE'
  | 'NOT_EVALUATED';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

export type AgentSighting = { readonly agentId: string; readonly name: string | null };
export type QueueSighting = { readonly queueId: string; readonly name: string | null };

/** What one metric said of one conversation. Weights belong to the form of this conversation, not to the metric. */
export type MetricResult = {
  readonly metricId: string | null;
  readonly metricName: string | null;
  readonly weight: number | null;
  readonly negativeWeight: number | null;
  readonly qualification: Qualification | null;
  readonly isFatalError: boolean | null;
  readonly auditorResponse: Qualification | null;
};

export type ConversationAudit = {
  readonly status: AuditStatus | null;
  readonly statusLabel: string | null;
  readonly score: number | null;
  readonly auditor: string | null;
  /** Milliseconds since 1970. */
  readonly auditedAt: number | null;
};

export type Disposition = {
  readonly setId: string | null;
  readonly setName: string | null;
  readonly codes: readonly {
    readonly id: string | null;
    readonly name: string | null;
    readonly colour: string | null;
  }[];
};

export type Conversation = {
  readonly conversationId: string;
  readonly customConversationId: string | null;
  readonly agents: readonly AgentSighting[];
  readonly queues: readonly QueueSighting[];
  /** From -100 to 100. */
  readonly koreEvaluationScore: number | null;
  /** Null when scored, and when a score came that could not be read. */
  readonly unscoredReason: UnscoredReason | null;
  readonly fatalErrorCount: number | null;
  readonly language: string | null;
  readonly channel: ConversationChannel | null;
  readonly contactDirection: ContactDirection | null;
  readonly isDirectionDefaulted: boolean | null;
  readonly durationStatus: DurationStatus | null;
  readonly evaluationStatus: EvaluationStatus | null;
  /** Milliseconds since 1970. */
  readonly evaluatedAt: number | null;
  readonly metrics: readonly MetricResult[];
  readonly audit: ConversationAudit;
  readonly dispositions: readonly Disposition[];
  readonly notApplicableScoringTreatment: string | null;
  readonly customFields: JsonObject | null;
};

/**
 * One row of the upstream's list. `identity` tells whether two rows are the same one: the conversationId with its agent and queue ids,
 * for a contact may have several segments. A row that could not be read keeps its place, and has no conversation.
 */
export type Row = { readonly identity: string; readonly conversation: Conversation | null };

/** What a row is told apart by. */
export type Identified = Pick<Conversation, 'conversationId' | 'agents' | 'queues'>;

/** The identity of a row, the same in whatever order its agents and queues are listed. */
export function identityOf({ conversationId, agents, queues }: Identified): string {
  const [agentId = '', ...moreAgents] = agents.map((agent) => agent.agentId);
  const [queueId = '', ...moreQueues] = queues.map((queue) => queue.queueId);
  const agentIds = moreAgents.length === 0 ? agentId : [agentId, ...moreAgents].sort().join('\u0002');
  const queueIds = moreQueues.length === 0 ? queueId : [queueId, ...moreQueues].sort().join('\u0002');
  return `${conversationId}\u0001${agentIds}\u0001${queueIds}`;
}
