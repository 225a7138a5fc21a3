/** What of our schema the operations of the bench ask for, for the peers that are written by hand. */
export const typeDefs = `
  scalar DateTime
  scalar JSONObject

  type Query {
    conversations(window: TimeWindow!, filterBy: ConversationFilter, first: Int!): ConversationConnection!
    agents(window: TimeWindow!, orderBy: SummaryOrder!, first: Int!): AgentConnection!
  }

  input TimeWindow { from: DateTime! until: DateTime! }
  input ConversationFilter { auditStatuses: [AuditStatus!] koreEvaluationScore: FloatRange }
  input FloatRange { min: Float max: Float }
  input SummaryOrder { field: SummaryOrderField! direction: OrderDirection! }
  enum SummaryOrderField { AVERAGE_SCORE }
  enum OrderDirection { DESC }

  type ConversationConnection { totalCount: Int nodes: [Conversation!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! }
  type AgentConnection { edges: [AgentEdge!]! }
  type AgentEdge { node: Agent! summary: ScoreSummary! }
  type ScoreSummary { conversationCount: Int! scoredCount: Int! averageScore: Float fatalConversationCount: Int! }

  type Conversation {
    conversationId: ID!
    customConversationId: String
    agents: [Agent!]!
    queues: [Queue!]!
    koreEvaluationScore: Float
    unscoredReason: UnscoredReason
    fatalErrorCount: Int
    language: String
    channel: ConversationChannel
    contactDirection: ContactDirection
    isDirectionDefaulted: Boolean
    durationStatus: DurationStatus
    evaluationStatus: EvaluationStatus
    evaluatedAt: DateTime
    metrics: [MetricResult!]!
    audit: ConversationAudit!
    dispositions: [Disposition!]!
    notApplicableScoringTreatment: String
    customFields: JSONObject
  }
  type Agent { agentId: ID! name: String }
  type Queue { queueId: ID! name: String }
  type Metric { metricId: ID! }
  type MetricResult {
    metric: Metric
    metricName: String
    weight: Float
    negativeWeight: Float
    qualification: Qualification
    isFatalError: Boolean
    auditorResponse: Qualification
  }
  type ConversationAudit { status: AuditStatus statusLabel: String score: Float auditor: String auditedAt: DateTime }
  type Disposition { setId: ID setName: String codes: [DispositionCode!]! }
  type DispositionCode { id: ID name: String colour: String }

  enum ContactDirection { INBOUND OUTBOUND }
  enum ConversationChannel { VOICE CHAT UNKNOWN }
  enum DurationStatus { EVALUATED BELOW_THRESHOLD DURATION_UNAVAILABLE UNKNOWN }
  enum EvaluationStatus { PASS FAIL NOT_EVALUATED UNKNOWN }
  enum UnscoredReason { BELOW_THRESHOLD DURATION_UNAVAILABLE ALL_METRICS_NOT_APPLICABLE NOT_EVALUATED }
  enum Qualification { YES NO NA PENDING UNKNOWN }
  enum AuditStatus {
    UNASSIGNED ASSIGNED PENDING_AGENT_REVIEW PENDING_SUPERVISOR_REVIEW RESOLVED CLOSED AUDITED UNKNOWN
  }
`;
