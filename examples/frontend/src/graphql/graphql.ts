/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How far an audit has come. */
export type AuditStatus =
  /** An auditor has been given it. */
  | 'ASSIGNED'
  /** It has been audited. */
  | 'AUDITED'
  /** It is closed. */
  | 'CLOSED'
  /** The agent is to look at the audit. */
  | 'PENDING_AGENT_REVIEW'
  /** The supervisor is to look at the agent's dispute. */
  | 'PENDING_SUPERVISOR_REVIEW'
  /** A dispute has been settled. */
  | 'RESOLVED'
  /** Nobody has been given it. */
  | 'UNASSIGNED'
  /** A word that this schema does not know yet: see `statusLabel`. */
  | 'UNKNOWN';

/** Who began a contact. */
export type ContactDirection =
  /** The customer. */
  | 'INBOUND'
  /** The contact centre. */
  | 'OUTBOUND';

/** By which medium a contact was held. */
export type ConversationChannel =
  /** Written. */
  | 'CHAT'
  /** A word that this schema does not know yet. */
  | 'UNKNOWN'
  /** Spoken. */
  | 'VOICE';

/**
 * Which conversations are wanted: all given conditions must hold. Only `contactDirection` and `includeBelowThreshold` are filters of the upstream, and cost no further call; every
 * other one is answered by reading the window. A condition on a value that is null is false, and `not` inverts that. An empty list matches nothing (but
 * for `metrics`, `customFields` and `dispositions`, where it is no condition). A list has at most 250 items, and filters nest at most six deep.
 */
export type ConversationFilter = {
  /** One of these agents took part. */
  readonly agentIds?: ReadonlyArray<string | number> | null | undefined;
  /** At least one of these holds. */
  readonly anyOf?: ReadonlyArray<ConversationFilter> | null | undefined;
  /** The audit has come to one of these. */
  readonly auditStatuses?: ReadonlyArray<AuditStatus> | null | undefined;
  /** `audit.auditedAt` lies in this span, of any length. */
  readonly audited?: TimeWindow | null | undefined;
  /** One of these auditors, by name as `audit.auditor` has it. FORBIDDEN for a caller who may not see it. */
  readonly auditors?: ReadonlyArray<string> | null | undefined;
  /** One of these media. */
  readonly channels?: ReadonlyArray<ConversationChannel> | null | undefined;
  /** Only contacts that state this direction. */
  readonly contactDirection?: ContactDirection | null | undefined;
  /** One of these ids. */
  readonly conversationIds?: ReadonlyArray<string | number> | null | undefined;
  /** One of these ids, as given when the conversation was taken in. */
  readonly customConversationIds?: ReadonlyArray<string | number> | null | undefined;
  /** Each must hold. */
  readonly customFields?: ReadonlyArray<CustomFieldFilter> | null | undefined;
  /** Each must hold. */
  readonly dispositions?: ReadonlyArray<DispositionFilter> | null | undefined;
  /** One of these. */
  readonly durationStatuses?: ReadonlyArray<DurationStatus> | null | undefined;
  /** `evaluatedAt` lies in this span, of any length. */
  readonly evaluated?: TimeWindow | null | undefined;
  /** One of these. */
  readonly evaluationStatuses?: ReadonlyArray<EvaluationStatus> | null | undefined;
  /** Whether any fatal metric failed, by `fatalErrorCount`. Where that is null neither true nor false matches. */
  readonly hasFatalError?: boolean | null | undefined;
  /**
   * Also contacts below the minimum duration. False if left out, unless `durationStatuses` asks for BELOW_THRESHOLD. Says what is read, and so must not stand inside `anyOf` or
   * `not`.
   */
  readonly includeBelowThreshold?: boolean | null | undefined;
  /** Whether it has a score. */
  readonly isScored?: boolean | null | undefined;
  /** Inclusive bounds; unscored conversations never match. */
  readonly koreEvaluationScore?: FloatRange | null | undefined;
  /** One of these languages, by English name as `language` has it, case and all. */
  readonly languages?: ReadonlyArray<string> | null | undefined;
  /** Each must hold. */
  readonly metrics?: ReadonlyArray<MetricFilter> | null | undefined;
  /** This doesn't hold. */
  readonly not?: ConversationFilter | null | undefined;
  /** It came in by one of these queues. */
  readonly queueIds?: ReadonlyArray<string | number> | null | undefined;
  /** It has no score for one of these reasons. */
  readonly unscoredReasons?: ReadonlyArray<UnscoredReason> | null | undefined;
};

/** Ties ascend by conversationId; nulls come last in either direction. */
export type ConversationOrder = {
  /** Which way. */
  readonly direction: OrderDirection;
  /** What to order by. */
  readonly field: ConversationOrderField;
};

/** What conversations can be ordered by. */
export type ConversationOrderField =
  /** `audit.auditedAt`. */
  | 'AUDITED_AT'
  /** `audit.score`. */
  | 'AUDIT_SCORE'
  /** `conversationId`, by UTF-16 code unit. */
  | 'CONVERSATION_ID'
  /** `evaluatedAt`. */
  | 'EVALUATED_AT'
  /** `fatalErrorCount`. */
  | 'FATAL_ERROR_COUNT'
  /** `koreEvaluationScore`. */
  | 'KORE_EVALUATION_SCORE';

/** A custom field has this value. */
export type CustomFieldFilter = {
  /** The value as text: numbers and booleans as JSON writes them. Lists, objects and null never match. */
  readonly equals: string;
  /** The field's name, case and all. */
  readonly name: string;
};

/** Some one disposition set of the conversation fulfils all that is given here. */
export type DispositionFilter = {
  /** This code was chosen of it. */
  readonly codeId?: string | number | null | undefined;
  /** It is this set. */
  readonly setId?: string | number | null | undefined;
};

/** Whether a contact was long enough to be evaluated. */
export type DurationStatus =
  /** It was shorter than the configured minimum. */
  | 'BELOW_THRESHOLD'
  /** Its duration is not known. */
  | 'DURATION_UNAVAILABLE'
  /** It was, and was evaluated. */
  | 'EVALUATED'
  /** A word that this schema does not know yet. */
  | 'UNKNOWN';

/** Whether a conversation passed its form. */
export type EvaluationStatus =
  /** Its score was below the form's pass score, or a fatal metric failed. */
  | 'FAIL'
  /** It was not evaluated. */
  | 'NOT_EVALUATED'
  /** Its score reached the form's pass score. */
  | 'PASS'
  /** A word that this schema does not know yet. */
  | 'UNKNOWN';

/** Numbers from `min` to `max`, both inclusive. A bound that is left out doesn't bind; `min` above `max` matches nothing. */
export type FloatRange = {
  /** The greatest that matches. */
  readonly max?: number | null | undefined;
  /** The least that matches. */
  readonly min?: number | null | undefined;
};

/** Some one metric result of the conversation fulfils all that is given here. */
export type MetricFilter = {
  /** The auditor answered one of these. */
  readonly auditorResponses?: ReadonlyArray<Qualification> | null | undefined;
  /** Whether auditor and AI gave different answers. Where one of them gave none of YES, NO and NA neither true nor false matches. */
  readonly disagrees?: boolean | null | undefined;
  /** Whether it failed fatally. */
  readonly isFatalError?: boolean | null | undefined;
  /** It is of this metric. */
  readonly metricId?: string | number | null | undefined;
  /** It is one of these. */
  readonly qualifications?: ReadonlyArray<Qualification> | null | undefined;
};

/** Which way a list is ordered. Nulls come last either way, and ties ascend by id. */
export type OrderDirection =
  /** The least first. */
  | 'ASC'
  /** The greatest first. */
  | 'DESC';

/** The answer to one metric. */
export type Qualification =
  /** The metric did not apply to this conversation. */
  | 'NA'
  /** The agent did not adhere. */
  | 'NO'
  /** A manual metric that nobody has answered yet, `-` upstream. */
  | 'PENDING'
  /** A word that this schema does not know yet. */
  | 'UNKNOWN'
  /** The agent adhered. */
  | 'YES';

/** What agents and queues can be ordered by: figures of their summaries, or the name. */
export type SummaryOrder = {
  /** Which way. */
  readonly direction: OrderDirection;
  /** What to order by. */
  readonly field: SummaryOrderField;
};

/** Figures to order agents and queues by. */
export type SummaryOrderField =
  /** `averageScore`. */
  | 'AVERAGE_SCORE'
  /** `conversationCount`. */
  | 'CONVERSATION_COUNT'
  /** `fatalConversationCount`. */
  | 'FATAL_CONVERSATION_COUNT'
  /** `scorePercentile(at: 0.5)`. */
  | 'MEDIAN_SCORE'
  /** The name, by UTF-16 code unit. */
  | 'NAME'
  /** `passRate`. */
  | 'PASS_RATE'
  /** `scoredCount`. */
  | 'SCORED_COUNT';

/**
 * A half-open span of time [from, until), to the whole second and at most 92 days long unless the gateway is set otherwise. The upstream picks conversations by it; conversations
 * carry no time of their own.
 */
export type TimeWindow = {
  /** The first second that belongs to the window. */
  readonly from: string;
  /** The first second that no longer belongs to the window; later than `from`. */
  readonly until: string;
};

/** Why a conversation has no score. */
export type UnscoredReason =
  /** No metric of its form applied. */
  | 'ALL_METRICS_NOT_APPLICABLE'
  /** It was shorter than the configured minimum. */
  | 'BELOW_THRESHOLD'
  /** Its duration is not known. */
  | 'DURATION_UNAVAILABLE'
  /** It was not evaluated for another reason, such as having no form. */
  | 'NOT_EVALUATED';

export type AgentRowFragment = { readonly node: { readonly agentId: string, readonly name: string | null }, readonly summary: { readonly conversationCount: number, readonly scoredCount: number, readonly averageScore: number | null, readonly fatalConversationCount: number, readonly passRate: number | null, readonly medianScore: number | null } };

export type ConversationPageQueryVariables = Exact<{
  window: TimeWindow;
  filterBy?: ConversationFilter | null | undefined;
  orderBy?: ConversationOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ConversationPageQuery = { readonly conversations: { readonly totalCount: number | null, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly conversationId: string, readonly koreEvaluationScore: number | null, readonly unscoredReason: UnscoredReason | null, readonly fatalErrorCount: number | null, readonly channel: ConversationChannel | null, readonly agents: ReadonlyArray<{ readonly agentId: string, readonly name: string | null }>, readonly queues: ReadonlyArray<{ readonly queueId: string, readonly name: string | null }>, readonly audit: { readonly status: AuditStatus | null, readonly statusLabel: string | null, readonly auditor: string | null }, readonly metrics: ReadonlyArray<{ readonly metricName: string | null, readonly qualification: Qualification | null, readonly weight: number | null, readonly negativeWeight: number | null, readonly isFatalError: boolean | null, readonly auditorResponse: Qualification | null }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly coverage: { readonly complete: boolean, readonly daysRead: number, readonly daysExpected: number, readonly conversationsRead: number, readonly conversationsExpected: number | null, readonly asOf: string | null, readonly retryAfterSeconds: number | null } } | null };

export type ConversationRowFragment = { readonly id: string, readonly conversationId: string, readonly koreEvaluationScore: number | null, readonly unscoredReason: UnscoredReason | null, readonly fatalErrorCount: number | null, readonly channel: ConversationChannel | null, readonly agents: ReadonlyArray<{ readonly agentId: string, readonly name: string | null }>, readonly queues: ReadonlyArray<{ readonly queueId: string, readonly name: string | null }>, readonly audit: { readonly status: AuditStatus | null, readonly statusLabel: string | null, readonly auditor: string | null }, readonly metrics: ReadonlyArray<{ readonly metricName: string | null, readonly qualification: Qualification | null, readonly weight: number | null, readonly negativeWeight: number | null, readonly isFatalError: boolean | null, readonly auditorResponse: Qualification | null }> };

export type CoverageLineFragment = { readonly complete: boolean, readonly daysRead: number, readonly daysExpected: number, readonly conversationsRead: number, readonly conversationsExpected: number | null, readonly asOf: string | null, readonly retryAfterSeconds: number | null };

export type HeadlineFragment = { readonly conversationCount: number, readonly scoredCount: number, readonly averageScore: number | null, readonly fatalConversationCount: number, readonly passRate: number | null, readonly medianScore: number | null };

export type LeaderboardQueryVariables = Exact<{
  window: TimeWindow;
  orderBy: SummaryOrder;
  first: number;
}>;


export type LeaderboardQuery = { readonly scoreSummary: { readonly conversationCount: number, readonly scoredCount: number, readonly averageScore: number | null, readonly fatalConversationCount: number, readonly passRate: number | null, readonly medianScore: number | null } | null, readonly scoreBreakdown: { readonly groups: ReadonlyArray<{ readonly period: string | null, readonly summary: { readonly scoredCount: number, readonly averageScore: number | null } }> } | null, readonly agents: { readonly totalCount: number | null, readonly edges: ReadonlyArray<{ readonly node: { readonly agentId: string, readonly name: string | null }, readonly summary: { readonly conversationCount: number, readonly scoredCount: number, readonly averageScore: number | null, readonly fatalConversationCount: number, readonly passRate: number | null, readonly medianScore: number | null } }>, readonly pageInfo: { readonly hasNextPage: boolean }, readonly coverage: { readonly complete: boolean, readonly daysRead: number, readonly daysExpected: number, readonly conversationsRead: number, readonly conversationsExpected: number | null, readonly asOf: string | null, readonly retryAfterSeconds: number | null } } | null };

export type MetricRowFragment = { readonly metricName: string | null, readonly qualification: Qualification | null, readonly weight: number | null, readonly negativeWeight: number | null, readonly isFatalError: boolean | null, readonly auditorResponse: Qualification | null };

export type TrendFragment = { readonly groups: ReadonlyArray<{ readonly period: string | null, readonly summary: { readonly scoredCount: number, readonly averageScore: number | null } }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AgentRowFragmentDoc = new TypedDocumentString(`
    fragment AgentRow on AgentEdge {
  node {
    agentId
    name
  }
  summary {
    conversationCount
    scoredCount
    averageScore
    medianScore: scorePercentile
    fatalConversationCount
    passRate
  }
}
    `, {"fragmentName":"AgentRow"}) as unknown as TypedDocumentString<AgentRowFragment, unknown>;
export const MetricRowFragmentDoc = new TypedDocumentString(`
    fragment MetricRow on MetricResult {
  metricName
  qualification
  weight
  negativeWeight
  isFatalError
  auditorResponse
}
    `, {"fragmentName":"MetricRow"}) as unknown as TypedDocumentString<MetricRowFragment, unknown>;
export const ConversationRowFragmentDoc = new TypedDocumentString(`
    fragment ConversationRow on Conversation {
  id
  conversationId
  koreEvaluationScore
  unscoredReason
  fatalErrorCount
  channel
  agents {
    agentId
    name
  }
  queues {
    queueId
    name
  }
  audit {
    status
    statusLabel
    auditor
  }
  metrics {
    ...MetricRow
  }
}
    fragment MetricRow on MetricResult {
  metricName
  qualification
  weight
  negativeWeight
  isFatalError
  auditorResponse
}`, {"fragmentName":"ConversationRow"}) as unknown as TypedDocumentString<ConversationRowFragment, unknown>;
export const CoverageLineFragmentDoc = new TypedDocumentString(`
    fragment CoverageLine on Coverage {
  complete
  daysRead
  daysExpected
  conversationsRead
  conversationsExpected
  asOf
  retryAfterSeconds
}
    `, {"fragmentName":"CoverageLine"}) as unknown as TypedDocumentString<CoverageLineFragment, unknown>;
export const HeadlineFragmentDoc = new TypedDocumentString(`
    fragment Headline on ScoreSummary {
  conversationCount
  scoredCount
  averageScore
  medianScore: scorePercentile
  fatalConversationCount
  passRate
}
    `, {"fragmentName":"Headline"}) as unknown as TypedDocumentString<HeadlineFragment, unknown>;
export const TrendFragmentDoc = new TypedDocumentString(`
    fragment Trend on ScoreBreakdown {
  groups {
    period
    summary {
      scoredCount
      averageScore
    }
  }
}
    `, {"fragmentName":"Trend"}) as unknown as TypedDocumentString<TrendFragment, unknown>;
export const ConversationPageDocument = new TypedDocumentString(`
    query ConversationPage($window: TimeWindow!, $filterBy: ConversationFilter, $orderBy: ConversationOrder, $first: Int!, $after: String) {
  conversations(
    window: $window
    filterBy: $filterBy
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    totalCount
    edges {
      node {
        ...ConversationRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      ...CoverageLine
    }
  }
}
    fragment ConversationRow on Conversation {
  id
  conversationId
  koreEvaluationScore
  unscoredReason
  fatalErrorCount
  channel
  agents {
    agentId
    name
  }
  queues {
    queueId
    name
  }
  audit {
    status
    statusLabel
    auditor
  }
  metrics {
    ...MetricRow
  }
}
fragment CoverageLine on Coverage {
  complete
  daysRead
  daysExpected
  conversationsRead
  conversationsExpected
  asOf
  retryAfterSeconds
}
fragment MetricRow on MetricResult {
  metricName
  qualification
  weight
  negativeWeight
  isFatalError
  auditorResponse
}`) as unknown as TypedDocumentString<ConversationPageQuery, ConversationPageQueryVariables>;
export const LeaderboardDocument = new TypedDocumentString(`
    query Leaderboard($window: TimeWindow!, $orderBy: SummaryOrder!, $first: Int!) {
  scoreSummary(window: $window) {
    ...Headline
  }
  scoreBreakdown(window: $window, by: [WINDOW_DAY]) {
    ...Trend
  }
  agents(window: $window, orderBy: $orderBy, first: $first) {
    totalCount
    edges {
      ...AgentRow
    }
    pageInfo {
      hasNextPage
    }
    coverage {
      ...CoverageLine
    }
  }
}
    fragment AgentRow on AgentEdge {
  node {
    agentId
    name
  }
  summary {
    conversationCount
    scoredCount
    averageScore
    medianScore: scorePercentile
    fatalConversationCount
    passRate
  }
}
fragment CoverageLine on Coverage {
  complete
  daysRead
  daysExpected
  conversationsRead
  conversationsExpected
  asOf
  retryAfterSeconds
}
fragment Headline on ScoreSummary {
  conversationCount
  scoredCount
  averageScore
  medianScore: scorePercentile
  fatalConversationCount
  passRate
}
fragment Trend on ScoreBreakdown {
  groups {
    period
    summary {
      scoredCount
      averageScore
    }
  }
}`) as unknown as TypedDocumentString<LeaderboardQuery, LeaderboardQueryVariables>;