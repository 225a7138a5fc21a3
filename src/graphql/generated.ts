import type { JsonObject } from '../model/conversation.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Row as ConversationRow, ConversationAudit as ConversationAuditModel, AgentSighting, QueueSighting, MetricResult as MetricResultModel } from '../model/conversation.ts';
import type { MetricSighting, ConnectionModel, EdgeModel, PageInfoModel, CoverageModel, AgentConnectionModel, AgentEdgeModel, QueueConnectionModel, QueueEdgeModel, MetricConnectionModel, MetricEdgeModel, SummaryModel, AdherenceModel, BreakdownModel, GroupModel, UpstreamModel, DriftModel } from './models.ts';
import type { Window } from '../model/window.ts';
import type { AuditTally } from '../selection/audits.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar day, YYYY-MM-DD, in the time zone of the field that returns it. */
  Date: { input: string; output: string; }
  /** An instant, RFC 3339, always answered in UTC with a Z. Inputs may carry any offset, but must carry one. */
  DateTime: { input: number; output: number; }
  /** A JSON object, passed through as the upstream sent it. */
  JSONObject: { input: JsonObject; output: JsonObject; }
  /** An IANA time zone name, such as Europe/Berlin. */
  TimeZone: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** Somebody, or some AI, who took part in conversations. Known by id alone: two agents may share a name, and one may change it. */
export type Agent = Node & {
  readonly __typename?: 'Agent';
  /** The upstream's own id, `a-...`. */
  readonly agentId: Scalars['ID']['output'];
  /** Conversations in which this agent took part, whoever else did. Many agents with the same `window` cost one reading of it. */
  readonly conversations?: Maybe<ConversationConnection>;
  /** Opaque and stable; unique among all types. */
  readonly id: Scalars['ID']['output'];
  /** The name as last seen: of the newest day that was read, the most frequent. Never costs a call. The same wherever this agent stands in an answer; null if never seen. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** A summary of those conversations. Many agents with the same `window` cost one reading of it. */
  readonly summary?: Maybe<ScoreSummary>;
};


/** Somebody, or some AI, who took part in conversations. Known by id alone: two agents may share a name, and one may change it. */
export type AgentConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ConversationOrder>;
  window?: InputMaybe<TimeWindow>;
};


/** Somebody, or some AI, who took part in conversations. Known by id alone: two agents may share a name, and one may change it. */
export type AgentSummaryArgs = {
  filterBy?: InputMaybe<ConversationFilter>;
  window?: InputMaybe<TimeWindow>;
};

/** A page of agents. */
export type AgentConnection = {
  readonly __typename?: 'AgentConnection';
  /** How much of the question this answer has read. */
  readonly coverage: Coverage;
  /** The agents of this page with their cursors and figures, in the list's order. */
  readonly edges: ReadonlyArray<AgentEdge>;
  /** The agents of this page, in the list's order. */
  readonly nodes: ReadonlyArray<Agent>;
  /** Whether there is more, and the cursors to go on from. */
  readonly pageInfo: PageInfo;
  /** All agents of the window under this filter. Null where not every row of the window could be read. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An agent in its place. */
export type AgentEdge = {
  readonly __typename?: 'AgentEdge';
  /** Opaque. Stands for this agent and what it is ordered by, not for its position. */
  readonly cursor: Scalars['String']['output'];
  /** The agent. */
  readonly node: Agent;
  /** Of the agent's conversations in the connection's window, under its filter. */
  readonly summary: ScoreSummary;
};

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

/** How many conversations' audits have come to one status. */
export type AuditStatusCount = {
  readonly __typename?: 'AuditStatusCount';
  /** Conversations. */
  readonly count: Scalars['Int']['output'];
  /** Null: the upstream did not say. */
  readonly status?: Maybe<AuditStatus>;
};

/** Figures over audits by people. */
export type AuditSummary = {
  readonly __typename?: 'AuditSummary';
  /** Those whose audit is complete: AUDITED, RESOLVED or CLOSED. */
  readonly auditedCount: Scalars['Int']['output'];
  /** Over those that carry an audit score, from -100 to 100. Null when none does. */
  readonly averageAuditScore?: Maybe<Scalars['Float']['output']>;
  /** Those that carry both an audit score and a Kore.ai score. */
  readonly bothScoredCount: Scalars['Int']['output'];
  /** Conversations by how far their audit has come, ascending by status, nulls last. States of no conversation are left out. */
  readonly byStatus: ReadonlyArray<AuditStatusCount>;
  /** Over those: the mean of how far the two are apart. Null when there are none. */
  readonly meanAbsoluteDifference?: Maybe<Scalars['Float']['output']>;
  /** Over those: the mean of audit score minus Kore.ai score. Null when there are none. */
  readonly meanDifference?: Maybe<Scalars['Float']['output']>;
};

/** Who began a contact. */
export type ContactDirection =
  /** The customer. */
  | 'INBOUND'
  /** The contact centre. */
  | 'OUTBOUND';

/** One contact, or one segment of it, and how it was scored. */
export type Conversation = Node & {
  readonly __typename?: 'Conversation';
  /** Everyone who took part; the upstream does not say whom the score belongs to. Empty when nobody is known. */
  readonly agents: ReadonlyArray<Agent>;
  /** What auditors did with it. */
  readonly audit: ConversationAudit;
  /** By which medium; null where the upstream did not say. */
  readonly channel?: Maybe<ConversationChannel>;
  /** Who began it; null where the upstream did not say. */
  readonly contactDirection?: Maybe<ContactDirection>;
  /** The upstream's own id, `c-...`. Not unique: segments of one contact share it. */
  readonly conversationId: Scalars['ID']['output'];
  /** The id that was given when the conversation was taken in; null unless one was. Its uniqueness isn't promised. */
  readonly customConversationId?: Maybe<Scalars['String']['output']>;
  /** Fields of the customer's own; null where the upstream sent none, and for a caller who may not see them: `extensions.hiddenFields` says so. */
  readonly customFields?: Maybe<Scalars['JSONObject']['output']>;
  /** How it ended, set by set. Empty where the upstream did not say. */
  readonly dispositions: ReadonlyArray<Disposition>;
  /** Whether it was long enough to be evaluated; null for contacts older than that rule. */
  readonly durationStatus?: Maybe<DurationStatus>;
  /** When the evaluation was completed; null where the upstream did not say, which is common. */
  readonly evaluatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it passed; null where the upstream did not say, which is common. */
  readonly evaluationStatus?: Maybe<EvaluationStatus>;
  /** How many fatal metrics failed, as the upstream counts them. Null where it did not say (rows of older eras). */
  readonly fatalErrorCount?: Maybe<Scalars['Int']['output']>;
  /** Opaque and stable; unique among all types. Segments of one contact have the same conversationId, and different ids where their agents or queues differ. */
  readonly id: Scalars['ID']['output'];
  /** Whether `contactDirection` was assumed by the upstream rather than given; null where it did not say. */
  readonly isDirectionDefaulted?: Maybe<Scalars['Boolean']['output']>;
  /** From -100 to 100. Null when not scored: see `unscoredReason`. 0 when any fatal metric failed, and then a score like any other. */
  readonly koreEvaluationScore?: Maybe<Scalars['Float']['output']>;
  /** The language by its English name, such as `Dutch`; null where the upstream did not say. */
  readonly language?: Maybe<Scalars['String']['output']>;
  /** What each metric of its form said, in the form's order. Empty when it had no form; without qualifications when it was not evaluated. */
  readonly metrics: ReadonlyArray<MetricResult>;
  /** How metrics that did not apply were treated in the score, in the upstream's own word, such as `excludeFromScore`; null where it did not say. */
  readonly notApplicableScoringTreatment?: Maybe<Scalars['String']['output']>;
  /** The queues it came in by. Empty when none is known. */
  readonly queues: ReadonlyArray<Queue>;
  /** Why there is no score. Null when there is one, and when one came that could not be read. */
  readonly unscoredReason?: Maybe<UnscoredReason>;
};

/** The audit of one conversation by a person. */
export type ConversationAudit = {
  readonly __typename?: 'ConversationAudit';
  /** When the audit was completed; null until it is. */
  readonly auditedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The auditor's name; null until one is assigned, and for a caller who may not see it: `extensions.hiddenFields` says so. */
  readonly auditor?: Maybe<Scalars['String']['output']>;
  /** From -100 to 100; null until the audit is complete. */
  readonly score?: Maybe<Scalars['Float']['output']>;
  /** How far it has come; null where the upstream did not say. */
  readonly status?: Maybe<AuditStatus>;
  /** The upstream's own words for the status, also for values that this schema does not know yet. */
  readonly statusLabel?: Maybe<Scalars['String']['output']>;
};

/** By which medium a contact was held. */
export type ConversationChannel =
  /** Written. */
  | 'CHAT'
  /** A word that this schema does not know yet. */
  | 'UNKNOWN'
  /** Spoken. */
  | 'VOICE';

/** A page of conversations. */
export type ConversationConnection = {
  readonly __typename?: 'ConversationConnection';
  /** How much of the question this answer has read. */
  readonly coverage: Coverage;
  /** The rows of this page with their cursors, in the list's order. */
  readonly edges: ReadonlyArray<ConversationEdge>;
  /** The rows of this page without their cursors, in the list's order. */
  readonly nodes: ReadonlyArray<Conversation>;
  /** Whether there is more, and the cursors to go on from. */
  readonly pageInfo: PageInfo;
  /** Over the whole connection, not the page. Reads the whole window. */
  readonly summary?: Maybe<ScoreSummary>;
  /**
   * All conversations of the window under this filter, as of the newest reading of this answer. Costs nothing unless selected; under a filter that is answered by reading
   * the window, all of the window. Null while an exact count would need more calls than this request may spend, or rows could not be read; `coverage` says so.
   */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /** The window that was read. */
  readonly window: ConversationWindow;
};

/** A conversation in its place. */
export type ConversationEdge = {
  readonly __typename?: 'ConversationEdge';
  /** Opaque. Stands for this row, not for its position: rows may come and go before it is used. */
  readonly cursor: Scalars['String']['output'];
  /** The conversation. */
  readonly node: Conversation;
};

/**
 * Which conversations are wanted: all given conditions must hold. Only `contactDirection` and `includeBelowThreshold` are filters of the upstream, and cost no further call; every
 * other one is answered by reading the window. A condition on a value that is null is false, and `not` inverts that. An empty list matches nothing (but
 * for `metrics`, `customFields` and `dispositions`, where it is no condition). A list has at most 250 items, and filters nest at most six deep.
 */
export type ConversationFilter = {
  /** One of these agents took part. */
  readonly agentIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** At least one of these holds. */
  readonly anyOf?: InputMaybe<ReadonlyArray<ConversationFilter>>;
  /** The audit has come to one of these. */
  readonly auditStatuses?: InputMaybe<ReadonlyArray<AuditStatus>>;
  /** `audit.auditedAt` lies in this span, of any length. */
  readonly audited?: InputMaybe<TimeWindow>;
  /** One of these auditors, by name as `audit.auditor` has it. FORBIDDEN for a caller who may not see it. */
  readonly auditors?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** One of these media. */
  readonly channels?: InputMaybe<ReadonlyArray<ConversationChannel>>;
  /** Only contacts that state this direction. */
  readonly contactDirection?: InputMaybe<ContactDirection>;
  /** One of these ids. */
  readonly conversationIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** One of these ids, as given when the conversation was taken in. */
  readonly customConversationIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Each must hold. */
  readonly customFields?: InputMaybe<ReadonlyArray<CustomFieldFilter>>;
  /** Each must hold. */
  readonly dispositions?: InputMaybe<ReadonlyArray<DispositionFilter>>;
  /** One of these. */
  readonly durationStatuses?: InputMaybe<ReadonlyArray<DurationStatus>>;
  /** `evaluatedAt` lies in this span, of any length. */
  readonly evaluated?: InputMaybe<TimeWindow>;
  /** One of these. */
  readonly evaluationStatuses?: InputMaybe<ReadonlyArray<EvaluationStatus>>;
  /** Whether any fatal metric failed, by `fatalErrorCount`. Where that is null neither true nor false matches. */
  readonly hasFatalError?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Also contacts below the minimum duration. False if left out, unless `durationStatuses` asks for BELOW_THRESHOLD. Says what is read, and so must not stand inside `anyOf` or
   * `not`.
   */
  readonly includeBelowThreshold?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it has a score. */
  readonly isScored?: InputMaybe<Scalars['Boolean']['input']>;
  /** Inclusive bounds; unscored conversations never match. */
  readonly koreEvaluationScore?: InputMaybe<FloatRange>;
  /** One of these languages, by English name as `language` has it, case and all. */
  readonly languages?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Each must hold. */
  readonly metrics?: InputMaybe<ReadonlyArray<MetricFilter>>;
  /** This doesn't hold. */
  readonly not?: InputMaybe<ConversationFilter>;
  /** It came in by one of these queues. */
  readonly queueIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** It has no score for one of these reasons. */
  readonly unscoredReasons?: InputMaybe<ReadonlyArray<UnscoredReason>>;
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

/** A half-open span of time [from, until). */
export type ConversationWindow = {
  readonly __typename?: 'ConversationWindow';
  /** The first second that belongs to the window. */
  readonly from: Scalars['DateTime']['output'];
  /** The first second that no longer belongs to the window. */
  readonly until: Scalars['DateTime']['output'];
};

/**
 * How much of the question has been read. `complete: false` is an honest part, never passed off as the whole: ask again after `retryAfterSeconds`, reading goes on
 * meanwhile.
 */
export type Coverage = {
  readonly __typename?: 'Coverage';
  /** The oldest moment at which any part of this answer was read. Null when nothing had to be read. */
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  /**
   * Whether everything that was asked for is in this answer. While false because reading still goes on, a list says that there is more (`hasNextPage`, from the back
   * `hasPreviousPage`), and the cursor of an empty page is the one that was given; a walk that has passed something unread never again says complete.
   */
  readonly complete: Scalars['Boolean']['output'];
  /**
   * How many conversations of the window the upstream counts under its own two filters; null until it has been asked for every part of the window. Those that the caller may not
   * see aren't counted.
   */
  readonly conversationsExpected?: Maybe<Scalars['Int']['output']>;
  /**
   * Conversations that were read for this answer, before any filter but the upstream's own two, with those that could not be made out. Those that the caller may not see aren't
   * counted.
   */
  readonly conversationsRead: Scalars['Int']['output'];
  /** Days of the window, in the gateway's time zone. */
  readonly daysExpected: Scalars['Int']['output'];
  /**
   * Days of the window that were read whole, in the gateway's time zone; for a plain list all that the upstream was asked about. A complete page may rest on fewer days than
   * expected: a list stops at the day that fills it.
   */
  readonly daysRead: Scalars['Int']['output'];
  /** After how many seconds asking again can complete the answer. Null when it is complete, or when asking again is of no use. */
  readonly retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

/** A custom field has this value. */
export type CustomFieldFilter = {
  /** The value as text: numbers and booleans as JSON writes them. Lists, objects and null never match. */
  readonly equals: Scalars['String']['input'];
  /** The field's name, case and all. */
  readonly name: Scalars['String']['input'];
};

/** One set of dispositions, and what was chosen of it. */
export type Disposition = {
  readonly __typename?: 'Disposition';
  /** What was chosen; may be empty. */
  readonly codes: ReadonlyArray<DispositionCode>;
  /** The upstream's own id, `dst-...`. */
  readonly setId?: Maybe<Scalars['ID']['output']>;
  /** The name of the set, such as `Resolution`. */
  readonly setName?: Maybe<Scalars['String']['output']>;
};

/** One choice of a disposition set. */
export type DispositionCode = {
  readonly __typename?: 'DispositionCode';
  /** The colour it is shown in, as the upstream writes it; null where it sent none. */
  readonly colour?: Maybe<Scalars['String']['output']>;
  /** The upstream's own id, `ds-...`. */
  readonly id?: Maybe<Scalars['ID']['output']>;
  /** The name of the choice, such as `Resolved`. */
  readonly name?: Maybe<Scalars['String']['output']>;
};

/** Some one disposition set of the conversation fulfils all that is given here. */
export type DispositionFilter = {
  /** This code was chosen of it. */
  readonly codeId?: InputMaybe<Scalars['ID']['input']>;
  /** It is this set. */
  readonly setId?: InputMaybe<Scalars['ID']['input']>;
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
  readonly max?: InputMaybe<Scalars['Float']['input']>;
  /** The least that matches. */
  readonly min?: InputMaybe<Scalars['Float']['input']>;
};

/** Something that conversations are checked for. Known by id alone: its weight belongs to the form of each conversation. */
export type Metric = Node & {
  readonly __typename?: 'Metric';
  /** How this metric was met in those conversations. Many metrics with the same `window` cost one reading of it. */
  readonly adherence?: Maybe<MetricAdherence>;
  /** Conversations whose form holds this metric. Many metrics with the same `window` cost one reading of it. */
  readonly conversations?: Maybe<ConversationConnection>;
  /** Opaque and stable; unique among all types. */
  readonly id: Scalars['ID']['output'];
  /** The upstream's own id, `em-...`. */
  readonly metricId: Scalars['ID']['output'];
  /** The name as last seen: of the newest day that was read, the most frequent. Never costs a call. The same wherever this metric stands in an answer; null if never seen. */
  readonly name?: Maybe<Scalars['String']['output']>;
};


/** Something that conversations are checked for. Known by id alone: its weight belongs to the form of each conversation. */
export type MetricAdherenceArgs = {
  filterBy?: InputMaybe<ConversationFilter>;
  window?: InputMaybe<TimeWindow>;
};


/** Something that conversations are checked for. Known by id alone: its weight belongs to the form of each conversation. */
export type MetricConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ConversationOrder>;
  window?: InputMaybe<TimeWindow>;
};

/**
 * How one metric was met. Counts results, so a form that holds a metric twice counts twice. Results of conversations that were not evaluated have no
 * qualification, and are in no figure.
 */
export type MetricAdherence = {
  readonly __typename?: 'MetricAdherence';
  /** yesCount / (yesCount + noCount), from 0 to 1; null when neither. */
  readonly adherenceRate?: Maybe<Scalars['Float']['output']>;
  /** Of those, how many agree. */
  readonly agreementCount: Scalars['Int']['output'];
  /** Results that AI and auditor both answered with YES, NO or NA. */
  readonly auditedCount: Scalars['Int']['output'];
  /** How much of the question these figures rest on. */
  readonly coverage: Coverage;
  /** Results that failed fatally. */
  readonly fatalCount: Scalars['Int']['output'];
  /** The metric. */
  readonly metric: Metric;
  /** Results in which the agent did not. */
  readonly noCount: Scalars['Int']['output'];
  /** Results in which it did not apply. */
  readonly notApplicableCount: Scalars['Int']['output'];
  /** Results that wait for somebody to answer. */
  readonly pendingCount: Scalars['Int']['output'];
  /** Points: the sum over NO of weight and negative weight, where they are known. */
  readonly pointsLost: Scalars['Float']['output'];
  /** Results in which the agent adhered. */
  readonly yesCount: Scalars['Int']['output'];
};

/** A page of metrics. */
export type MetricConnection = {
  readonly __typename?: 'MetricConnection';
  /** How much of the question this answer has read. */
  readonly coverage: Coverage;
  /** The metrics of this page with their cursors and figures, in the list's order. */
  readonly edges: ReadonlyArray<MetricEdge>;
  /** The metrics of this page, in the list's order. */
  readonly nodes: ReadonlyArray<Metric>;
  /** Whether there is more, and the cursors to go on from. */
  readonly pageInfo: PageInfo;
  /** All metrics of the window under this filter. Null where not every row of the window could be read. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A metric in its place. */
export type MetricEdge = {
  readonly __typename?: 'MetricEdge';
  /** How it was met in the connection's window, under its filter. */
  readonly adherence: MetricAdherence;
  /** Opaque. Stands for this metric and what it is ordered by, not for its position. */
  readonly cursor: Scalars['String']['output'];
  /** The metric. */
  readonly node: Metric;
};

/** Some one metric result of the conversation fulfils all that is given here. */
export type MetricFilter = {
  /** The auditor answered one of these. */
  readonly auditorResponses?: InputMaybe<ReadonlyArray<Qualification>>;
  /** Whether auditor and AI gave different answers. Where one of them gave none of YES, NO and NA neither true nor false matches. */
  readonly disagrees?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it failed fatally. */
  readonly isFatalError?: InputMaybe<Scalars['Boolean']['input']>;
  /** It is of this metric. */
  readonly metricId?: InputMaybe<Scalars['ID']['input']>;
  /** It is one of these. */
  readonly qualifications?: InputMaybe<ReadonlyArray<Qualification>>;
};

/** What metrics can be ordered by: figures of their adherence, or the name. */
export type MetricOrder = {
  /** Which way. */
  readonly direction: OrderDirection;
  /** What to order by. */
  readonly field: MetricOrderField;
};

/** Figures to order metrics by. */
export type MetricOrderField =
  /** `adherenceRate`. */
  | 'ADHERENCE_RATE'
  /** `fatalCount`. */
  | 'FATAL_COUNT'
  /** The name, by UTF-16 code unit. */
  | 'NAME'
  /** `notApplicableCount`. */
  | 'NOT_APPLICABLE_COUNT'
  /** `noCount`. */
  | 'NO_COUNT'
  /** `pointsLost`. */
  | 'POINTS_LOST';

/** What one metric said of one conversation. Weights live here, not on Metric: the same metric has other weights in another form. */
export type MetricResult = {
  readonly __typename?: 'MetricResult';
  /** What an auditor answered; null until one did. */
  readonly auditorResponse?: Maybe<Qualification>;
  /** True only when the metric is fatal and failed here: an occurrence, not a setting. Null where the upstream did not say. */
  readonly isFatalError?: Maybe<Scalars['Boolean']['output']>;
  /** Null where the upstream sent no id. */
  readonly metric?: Maybe<Metric>;
  /** The name as this row has it; null where the upstream sent none. */
  readonly metricName?: Maybe<Scalars['String']['output']>;
  /** Points lost by failing; 0 if not configured, and may exceed `weight`. Null where the upstream sent none. */
  readonly negativeWeight?: Maybe<Scalars['Float']['output']>;
  /** Whether the agent adhered, also for metrics that are worded negatively. Null when the conversation was not evaluated. */
  readonly qualification?: Maybe<Qualification>;
  /** Points for adhering; may be a fraction, and 0 for a manual metric. Null where the upstream sent none. */
  readonly weight?: Maybe<Scalars['Float']['output']>;
};

/** Anything that has a global id. Relay, Global Object Identification. */
export type Node = {
  /** Opaque and stable; unique among all types. */
  readonly id: Scalars['ID']['output'];
};

/** Which way a list is ordered. Nulls come last either way, and ties ascend by id. */
export type OrderDirection =
  /** The least first. */
  | 'ASC'
  /** The greatest first. */
  | 'DESC';

/** A page of a Relay connection: whether there is more on either side, and the cursors to go on from. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of this page's last row, for `after`. Null on an empty page, unless that is one of a part: then `after` itself. May stand for a row that could not be read. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list goes on after the last row of this page: exact as of the moment at which that row was read. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has rows before the first row of this page: exact as of the moment at which that row was read. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of this page's first row, for `before`. Null on an empty page, unless that is one of a part: then `before` itself. May stand for a row that could not be read. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

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

/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type Query = {
  readonly __typename?: 'Query';
  /** An agent by its id. Never costs a call, and is never null: agents are known by id alone. */
  readonly agent?: Maybe<Agent>;
  /** The agents who took part in conversations of `window`, each with a summary of theirs. Ascends by agentId without an order. Reads the whole window. */
  readonly agents?: Maybe<AgentConnection>;
  /**
   * One conversation, by exactly one of its two ids. Looked for where it was seen before, then in `window`, newest day first, contacts below the minimum duration
   * included. Null only when the window has been read whole and doesn't hold it; NOT_LOCATED when not all of it could be read.
   */
  readonly conversation?: Maybe<Conversation>;
  /**
   * The conversations of `window`. Without an order and with no filter but the upstream's own two (`contactDirection`, `includeBelowThreshold`), in the upstream's
   * own order: one upstream call for each 99 rows that aren't held already. Any other filter reads the window day by day, oldest first, and lists each day by
   * conversationId; it stops after the first day that fills the page and shows whether there is more. An order reads the whole window. Left out, the window is
   * the seven days that end with today, from midnight to midnight of the gateway's time zone; with a cursor, the cursor's window.
   */
  readonly conversations?: Maybe<ConversationConnection>;
  /** A metric by its id. Never costs a call, and is never null: metrics are known by id alone. */
  readonly metric?: Maybe<Metric>;
  /** The metrics that conversations of `window` were checked for, each with its adherence. Ascends by metricId without an order. Reads the whole window. */
  readonly metrics?: Maybe<MetricConnection>;
  /** Anything by its `id`: agents, queues and metrics without a call, conversations as `conversation` finds them. Null for an id that was never given out. Relay, Global Object Identification. */
  readonly node?: Maybe<Node>;
  /** Many things by their `id`s, in their order; at most 250. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** A queue by its id. Never costs a call, and is never null: queues are known by id alone. */
  readonly queue?: Maybe<Queue>;
  /** The queues of conversations of `window`, each with a summary of theirs. Ascends by queueId without an order. Reads the whole window. */
  readonly queues?: Maybe<QueueConnection>;
  /** The same, grouped by one to three dimensions. A conversation counts once in each group that it belongs to: two agents, two groups. Reads the whole window. */
  readonly scoreBreakdown?: Maybe<ScoreBreakdown>;
  /** One summary of every conversation that the filter lets through. Reads the whole window. */
  readonly scoreSummary?: Maybe<ScoreSummary>;
  /** The quota of upstream calls, and how answers of the upstream differ from what is documented. Costs no call; read after everything else of the operation. */
  readonly upstream?: Maybe<Upstream>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryAgentArgs = {
  agentId: Scalars['ID']['input'];
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryAgentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SummaryOrder>;
  window?: InputMaybe<TimeWindow>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryConversationArgs = {
  conversationId?: InputMaybe<Scalars['ID']['input']>;
  customConversationId?: InputMaybe<Scalars['ID']['input']>;
  window?: InputMaybe<TimeWindow>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ConversationOrder>;
  window?: InputMaybe<TimeWindow>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryMetricArgs = {
  metricId: Scalars['ID']['input'];
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryMetricsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MetricOrder>;
  window?: InputMaybe<TimeWindow>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryQueueArgs = {
  queueId: Scalars['ID']['input'];
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryQueuesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SummaryOrder>;
  window?: InputMaybe<TimeWindow>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryScoreBreakdownArgs = {
  by: ReadonlyArray<ScoreDimension>;
  filterBy?: InputMaybe<ConversationFilter>;
  timeZone?: InputMaybe<Scalars['TimeZone']['input']>;
  window?: InputMaybe<TimeWindow>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryScoreSummaryArgs = {
  filterBy?: InputMaybe<ConversationFilter>;
  window?: InputMaybe<TimeWindow>;
};

/** A queue that conversations came in by. Known by id alone. */
export type Queue = Node & {
  readonly __typename?: 'Queue';
  /** The agents of those conversations, each with a summary of theirs. Reads the whole window. */
  readonly agents?: Maybe<AgentConnection>;
  /** Conversations that came in by this queue. Many queues with the same `window` cost one reading of it. */
  readonly conversations?: Maybe<ConversationConnection>;
  /** Opaque and stable; unique among all types. */
  readonly id: Scalars['ID']['output'];
  /** The name as last seen: of the newest day that was read, the most frequent. Never costs a call. The same wherever this queue stands in an answer; null if never seen. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The upstream's own id, `qu-...`. */
  readonly queueId: Scalars['ID']['output'];
  /** A summary of those conversations. Many queues with the same `window` cost one reading of it. */
  readonly summary?: Maybe<ScoreSummary>;
};


/** A queue that conversations came in by. Known by id alone. */
export type QueueAgentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SummaryOrder>;
  window?: InputMaybe<TimeWindow>;
};


/** A queue that conversations came in by. Known by id alone. */
export type QueueConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ConversationOrder>;
  window?: InputMaybe<TimeWindow>;
};


/** A queue that conversations came in by. Known by id alone. */
export type QueueSummaryArgs = {
  filterBy?: InputMaybe<ConversationFilter>;
  window?: InputMaybe<TimeWindow>;
};

/** A page of queues. */
export type QueueConnection = {
  readonly __typename?: 'QueueConnection';
  /** How much of the question this answer has read. */
  readonly coverage: Coverage;
  /** The queues of this page with their cursors and figures, in the list's order. */
  readonly edges: ReadonlyArray<QueueEdge>;
  /** The queues of this page, in the list's order. */
  readonly nodes: ReadonlyArray<Queue>;
  /** Whether there is more, and the cursors to go on from. */
  readonly pageInfo: PageInfo;
  /** All queues of the window under this filter. Null where not every row of the window could be read. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A queue in its place. */
export type QueueEdge = {
  readonly __typename?: 'QueueEdge';
  /** Opaque. Stands for this queue and what it is ordered by, not for its position. */
  readonly cursor: Scalars['String']['output'];
  /** The queue. */
  readonly node: Queue;
  /** Of the queue's conversations in the connection's window, under its filter. */
  readonly summary: ScoreSummary;
};

/**
 * Groups ascend by the dimensions in the order of `by`, by UTF-16 code unit, nulls last. A conversation without any agent, queue, metric or code is in the group of null. Under METRIC,
 * `summary.metrics` holds that metric alone. At most 5,000 groups unless the gateway is set otherwise, else QUERY_LIMIT_EXCEEDED.
 */
export type ScoreBreakdown = {
  readonly __typename?: 'ScoreBreakdown';
  /** How much of the question these groups rest on. */
  readonly coverage: Coverage;
  /** Groups that hold a conversation. */
  readonly groups: ReadonlyArray<ScoreGroup>;
};

/** How many scores lie in [from, until). */
export type ScoreBucket = {
  readonly __typename?: 'ScoreBucket';
  /** Conversations. */
  readonly count: Scalars['Int']['output'];
  /** The least score of the bucket. */
  readonly from: Scalars['Int']['output'];
  /** The first score that is no longer of it; for the last bucket 100, which is. */
  readonly until: Scalars['Int']['output'];
};

/** By what conversations can be grouped. Days, weeks and months are days of the asked window, for rows carry no time of their own. */
export type ScoreDimension =
  /** Who took part. */
  | 'AGENT'
  /** Who audits it. */
  | 'AUDITOR'
  /** How far its audit has come. */
  | 'AUDIT_STATUS'
  /** Its medium. */
  | 'CHANNEL'
  /** Who began it. */
  | 'CONTACT_DIRECTION'
  /** How it ended: each code that was chosen, of whichever set. */
  | 'DISPOSITION'
  /** Whether it was long enough. */
  | 'DURATION_STATUS'
  /** Whether it passed. */
  | 'EVALUATION_STATUS'
  /** Its language. */
  | 'LANGUAGE'
  /** What its form checks. */
  | 'METRIC'
  /** By which queue it came in. */
  | 'QUEUE'
  /** The day that it is listed in. */
  | 'WINDOW_DAY'
  /** The month. */
  | 'WINDOW_MONTH'
  /** The week, from Monday. */
  | 'WINDOW_WEEK';

/** One group. What it was not grouped by is null. */
export type ScoreGroup = {
  readonly __typename?: 'ScoreGroup';
  /** Under AGENT; null: conversations without an agent. */
  readonly agent?: Maybe<Agent>;
  /** Under AUDIT_STATUS; null: the upstream did not say. */
  readonly auditStatus?: Maybe<AuditStatus>;
  /** Under AUDITOR; null: nobody is assigned. */
  readonly auditor?: Maybe<Scalars['String']['output']>;
  /** Under CHANNEL; null: the upstream did not say. */
  readonly channel?: Maybe<ConversationChannel>;
  /** Under CONTACT_DIRECTION; null: the upstream did not say. */
  readonly contactDirection?: Maybe<ContactDirection>;
  /** Under DISPOSITION; null: no code was chosen. */
  readonly disposition?: Maybe<DispositionCode>;
  /** Under DURATION_STATUS; null: older than that rule. */
  readonly durationStatus?: Maybe<DurationStatus>;
  /** Under EVALUATION_STATUS; null: the upstream did not say. */
  readonly evaluationStatus?: Maybe<EvaluationStatus>;
  /** Under LANGUAGE; null: the upstream did not say. */
  readonly language?: Maybe<Scalars['String']['output']>;
  /** Under METRIC; null: conversations without a metric that has an id. */
  readonly metric?: Maybe<Metric>;
  /** Under WINDOW_DAY, WINDOW_WEEK or WINDOW_MONTH: the first day of it, also where the window begins later. With more than one of them, the finest. */
  readonly period?: Maybe<Scalars['Date']['output']>;
  /** Under QUEUE; null: conversations without a queue. */
  readonly queue?: Maybe<Queue>;
  /** Figures over the conversations of this group. */
  readonly summary: ScoreSummary;
};

/**
 * Figures over conversations. Every score figure is over those that carry a score; a fatal zero is a score of 0. Contacts below the minimum duration are in none of
 * them unless the filter asks for them.
 */
export type ScoreSummary = {
  readonly __typename?: 'ScoreSummary';
  /** What auditors did with them. */
  readonly audit: AuditSummary;
  /** From -100 to 100. Null when nothing is scored. */
  readonly averageScore?: Maybe<Scalars['Float']['output']>;
  /** Those below the minimum duration; 0 unless the filter asks for them. */
  readonly belowThresholdCount: Scalars['Int']['output'];
  /** Conversations that count. */
  readonly conversationCount: Scalars['Int']['output'];
  /** How much of the question these figures rest on. */
  readonly coverage: Coverage;
  /** Those whose duration isn't known. */
  readonly durationUnavailableCount: Scalars['Int']['output'];
  /** Those that the upstream says failed. */
  readonly failCount: Scalars['Int']['output'];
  /** Those whose `fatalErrorCount` is above 0. */
  readonly fatalConversationCount: Scalars['Int']['output'];
  /** The sum of `fatalErrorCount`. */
  readonly fatalErrorCount: Scalars['Int']['output'];
  /** fatalConversationCount / scoredCount; null when nothing is scored. */
  readonly fatalRate?: Maybe<Scalars['Float']['output']>;
  /** From -100 to 100. Null when nothing is scored. */
  readonly maximumScore?: Maybe<Scalars['Float']['output']>;
  /** Every metric of their forms, ascending by metricId. A result without a metric's id is in none. */
  readonly metrics: ReadonlyArray<MetricAdherence>;
  /** From -100 to 100. Null when nothing is scored. */
  readonly minimumScore?: Maybe<Scalars['Float']['output']>;
  /** Those that the upstream says passed. */
  readonly passCount: Scalars['Int']['output'];
  /** passCount / (passCount + failCount), from 0 to 1; null when the upstream told neither. */
  readonly passRate?: Maybe<Scalars['Float']['output']>;
  /** Buckets of equal width from -100 to 100, empty ones left in. Each holds its lower edge and not its upper one; the last is cut and closed at 100. */
  readonly scoreDistribution: ReadonlyArray<ScoreBucket>;
  /** The exact percentile of the scores, by linear interpolation between the two nearest. Null when nothing is scored. */
  readonly scorePercentile?: Maybe<Scalars['Float']['output']>;
  /** Those that carry a score. */
  readonly scoredCount: Scalars['Int']['output'];
};


/**
 * Figures over conversations. Every score figure is over those that carry a score; a fatal zero is a score of 0. Contacts below the minimum duration are in none of
 * them unless the filter asks for them.
 */
export type ScoreSummaryScoreDistributionArgs = {
  bucketWidth?: Scalars['Int']['input'];
};


/**
 * Figures over conversations. Every score figure is over those that carry a score; a fatal zero is a score of 0. Contacts below the minimum duration are in none of
 * them unless the filter asks for them.
 */
export type ScoreSummaryScorePercentileArgs = {
  at?: Scalars['Float']['input'];
};

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
  readonly from: Scalars['DateTime']['input'];
  /** The first second that no longer belongs to the window; later than `from`. */
  readonly until: Scalars['DateTime']['input'];
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

/** What this gateway knows of the REST endpoint that all conversations come from. Asking for it costs no upstream call. */
export type Upstream = {
  readonly __typename?: 'Upstream';
  /** Deviations from the documented wire format seen since start: unknown keys, unknown values, missing fields, wrong types. */
  readonly drift: ReadonlyArray<WireDrift>;
  /** The account's quota of upstream calls, as this process counts it. */
  readonly quota: UpstreamQuota;
};

/** Upstream calls are scarce: the account has so many in any rolling minute, and a call counts until a minute after its answer. */
export type UpstreamQuota = {
  readonly __typename?: 'UpstreamQuota';
  /** Calls that may be made in a window: what is set, or fewer while refusals show that others use the same account. */
  readonly callsPerMinute: Scalars['Int']['output'];
  /** Calls that wait for their turn. */
  readonly queuedCalls: Scalars['Int']['output'];
  /** Calls that are left of the window now. Scans leave some of these to lists. */
  readonly remaining: Scalars['Int']['output'];
  /** When all calls of a window can be had again, if none is made meanwhile; null if they can by now. */
  readonly resetAt?: Maybe<Scalars['DateTime']['output']>;
};

/** One place in which answers of the upstream differ from what is documented. */
export type WireDrift = {
  readonly __typename?: 'WireDrift';
  /** How often it was seen. */
  readonly count: Scalars['Int']['output'];
  /** The first value of an enumerated field that isn't documented, if it looks like a word of an enumeration; else null, for it may be anything. */
  readonly example?: Maybe<Scalars['String']['output']>;
  /** When it was first seen. */
  readonly firstSeenAt: Scalars['DateTime']['output'];
  /** How it differs. */
  readonly kind: WireDriftKind;
  /** Where, without indices: `results[].Metrics[].Qualification`. */
  readonly path: Scalars['String']['output'];
};

/** How an answer of the upstream differs from what is documented. */
export type WireDriftKind =
  /** A field that should always be there is not. */
  | 'MISSING'
  /** A key that no published version has. */
  | 'UNKNOWN_KEY'
  /** A value that isn't among those published, or that can't be meant. */
  | 'UNKNOWN_VALUE'
  /** A value of another type than published. */
  | 'WRONG_TYPE';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Agent: Agent;
  Conversation: Conversation;
  Metric: Metric;
  Queue: Queue;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Agent:
    ( { __typename: 'Agent' }
    & GraphQLRecursivePick<FederationTypes['Agent'], {"agentId":true}> );
  Conversation:
    ( { __typename: 'Conversation' }
    & GraphQLRecursivePick<FederationTypes['Conversation'], {"conversationId":true}> );
  Metric:
    ( { __typename: 'Metric' }
    & GraphQLRecursivePick<FederationTypes['Metric'], {"metricId":true}> );
  Queue:
    ( { __typename: 'Queue' }
    & GraphQLRecursivePick<FederationTypes['Queue'], {"queueId":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( AgentSighting )
    | ( ConversationRow )
    | ( MetricSighting )
    | ( QueueSighting )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Agent: ResolverTypeWrapper<AgentSighting>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AgentConnection: ResolverTypeWrapper<AgentConnectionModel>;
  AgentEdge: ResolverTypeWrapper<AgentEdgeModel>;
  AuditStatus: AuditStatus;
  AuditStatusCount: ResolverTypeWrapper<AuditStatusCount>;
  AuditSummary: ResolverTypeWrapper<AuditTally>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ContactDirection: ContactDirection;
  Conversation: ResolverTypeWrapper<ConversationRow>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ConversationAudit: ResolverTypeWrapper<ConversationAuditModel>;
  ConversationChannel: ConversationChannel;
  ConversationConnection: ResolverTypeWrapper<ConnectionModel>;
  ConversationEdge: ResolverTypeWrapper<EdgeModel>;
  ConversationFilter: ConversationFilter;
  ConversationOrder: ConversationOrder;
  ConversationOrderField: ConversationOrderField;
  ConversationWindow: ResolverTypeWrapper<Window>;
  Coverage: ResolverTypeWrapper<CoverageModel>;
  CustomFieldFilter: CustomFieldFilter;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Disposition: ResolverTypeWrapper<Disposition>;
  DispositionCode: ResolverTypeWrapper<DispositionCode>;
  DispositionFilter: DispositionFilter;
  DurationStatus: DurationStatus;
  EvaluationStatus: EvaluationStatus;
  FloatRange: FloatRange;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Metric: ResolverTypeWrapper<MetricSighting>;
  MetricAdherence: ResolverTypeWrapper<AdherenceModel>;
  MetricConnection: ResolverTypeWrapper<MetricConnectionModel>;
  MetricEdge: ResolverTypeWrapper<MetricEdgeModel>;
  MetricFilter: MetricFilter;
  MetricOrder: MetricOrder;
  MetricOrderField: MetricOrderField;
  MetricResult: ResolverTypeWrapper<MetricResultModel>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<PageInfoModel>;
  Qualification: Qualification;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Queue: ResolverTypeWrapper<QueueSighting>;
  QueueConnection: ResolverTypeWrapper<QueueConnectionModel>;
  QueueEdge: ResolverTypeWrapper<QueueEdgeModel>;
  ScoreBreakdown: ResolverTypeWrapper<BreakdownModel>;
  ScoreBucket: ResolverTypeWrapper<ScoreBucket>;
  ScoreDimension: ScoreDimension;
  ScoreGroup: ResolverTypeWrapper<GroupModel>;
  ScoreSummary: ResolverTypeWrapper<SummaryModel>;
  SummaryOrder: SummaryOrder;
  SummaryOrderField: SummaryOrderField;
  TimeWindow: TimeWindow;
  TimeZone: ResolverTypeWrapper<Scalars['TimeZone']['output']>;
  UnscoredReason: UnscoredReason;
  Upstream: ResolverTypeWrapper<UpstreamModel>;
  UpstreamQuota: ResolverTypeWrapper<UpstreamQuota>;
  WireDrift: ResolverTypeWrapper<DriftModel>;
  WireDriftKind: WireDriftKind;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Agent: AgentSighting;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  AgentConnection: AgentConnectionModel;
  AgentEdge: AgentEdgeModel;
  AuditStatusCount: AuditStatusCount;
  AuditSummary: AuditTally;
  Float: Scalars['Float']['output'];
  Conversation: ConversationRow;
  Boolean: Scalars['Boolean']['output'];
  ConversationAudit: ConversationAuditModel;
  ConversationConnection: ConnectionModel;
  ConversationEdge: EdgeModel;
  ConversationFilter: ConversationFilter;
  ConversationOrder: ConversationOrder;
  ConversationWindow: Window;
  Coverage: CoverageModel;
  CustomFieldFilter: CustomFieldFilter;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Disposition: Disposition;
  DispositionCode: DispositionCode;
  DispositionFilter: DispositionFilter;
  FloatRange: FloatRange;
  JSONObject: Scalars['JSONObject']['output'];
  Metric: MetricSighting;
  MetricAdherence: AdherenceModel;
  MetricConnection: MetricConnectionModel;
  MetricEdge: MetricEdgeModel;
  MetricFilter: MetricFilter;
  MetricOrder: MetricOrder;
  MetricResult: MetricResultModel;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfoModel;
  Query: Record<PropertyKey, never>;
  Queue: QueueSighting;
  QueueConnection: QueueConnectionModel;
  QueueEdge: QueueEdgeModel;
  ScoreBreakdown: BreakdownModel;
  ScoreBucket: ScoreBucket;
  ScoreGroup: GroupModel;
  ScoreSummary: SummaryModel;
  SummaryOrder: SummaryOrder;
  TimeWindow: TimeWindow;
  TimeZone: Scalars['TimeZone']['output'];
  Upstream: UpstreamModel;
  UpstreamQuota: UpstreamQuota;
  WireDrift: DriftModel;
};

export type AgentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Agent'] = ResolversParentTypes['Agent'], FederationReferenceType extends FederationReferenceTypes['Agent'] = FederationReferenceTypes['Agent']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Agent']> | FederationReferenceType, FederationReferenceType, ContextType>;
  agentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, Partial<AgentConversationsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['ScoreSummary']>, ParentType, ContextType, Partial<AgentSummaryArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentConnection'] = ResolversParentTypes['AgentConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AgentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Agent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type AgentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentEdge'] = ResolversParentTypes['AgentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Agent'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['ScoreSummary'], ParentType, ContextType>;
};

export type AuditStatusCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditStatusCount'] = ResolversParentTypes['AuditStatusCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['AuditStatus']>, ParentType, ContextType>;
};

export type AuditSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditSummary'] = ResolversParentTypes['AuditSummary']> = {
  auditedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  averageAuditScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  bothScoredCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  byStatus?: Resolver<ReadonlyArray<ResolversTypes['AuditStatusCount']>, ParentType, ContextType>;
  meanAbsoluteDifference?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanDifference?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation'], FederationReferenceType extends FederationReferenceTypes['Conversation'] = FederationReferenceTypes['Conversation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Conversation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  agents?: Resolver<ReadonlyArray<ResolversTypes['Agent']>, ParentType, ContextType>;
  audit?: Resolver<ResolversTypes['ConversationAudit'], ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['ConversationChannel']>, ParentType, ContextType>;
  contactDirection?: Resolver<Maybe<ResolversTypes['ContactDirection']>, ParentType, ContextType>;
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customConversationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  customFields?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  dispositions?: Resolver<ReadonlyArray<ResolversTypes['Disposition']>, ParentType, ContextType>;
  durationStatus?: Resolver<Maybe<ResolversTypes['DurationStatus']>, ParentType, ContextType>;
  evaluatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  evaluationStatus?: Resolver<Maybe<ResolversTypes['EvaluationStatus']>, ParentType, ContextType>;
  fatalErrorCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDirectionDefaulted?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  koreEvaluationScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  metrics?: Resolver<ReadonlyArray<ResolversTypes['MetricResult']>, ParentType, ContextType>;
  notApplicableScoringTreatment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  queues?: Resolver<ReadonlyArray<ResolversTypes['Queue']>, ParentType, ContextType>;
  unscoredReason?: Resolver<Maybe<ResolversTypes['UnscoredReason']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationAuditResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationAudit'] = ResolversParentTypes['ConversationAudit']> = {
  auditedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  auditor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  score?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['AuditStatus']>, ParentType, ContextType>;
  statusLabel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConversationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationConnection'] = ResolversParentTypes['ConversationConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ConversationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Conversation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['ScoreSummary']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  window?: Resolver<ResolversTypes['ConversationWindow'], ParentType, ContextType>;
};

export type ConversationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationEdge'] = ResolversParentTypes['ConversationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type ConversationWindowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationWindow'] = ResolversParentTypes['ConversationWindow']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CoverageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Coverage'] = ResolversParentTypes['Coverage']> = {
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  conversationsExpected?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  conversationsRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  daysExpected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  daysRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DispositionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Disposition'] = ResolversParentTypes['Disposition']> = {
  codes?: Resolver<ReadonlyArray<ResolversTypes['DispositionCode']>, ParentType, ContextType>;
  setId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  setName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DispositionCodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DispositionCode'] = ResolversParentTypes['DispositionCode']> = {
  colour?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type MetricResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Metric'] = ResolversParentTypes['Metric'], FederationReferenceType extends FederationReferenceTypes['Metric'] = FederationReferenceTypes['Metric']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Metric']> | FederationReferenceType, FederationReferenceType, ContextType>;
  adherence?: Resolver<Maybe<ResolversTypes['MetricAdherence']>, ParentType, ContextType, Partial<MetricAdherenceArgs>>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, Partial<MetricConversationsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metricId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MetricAdherenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricAdherence'] = ResolversParentTypes['MetricAdherence']> = {
  adherenceRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  agreementCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  auditedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  fatalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['Metric'], ParentType, ContextType>;
  noCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notApplicableCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pendingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pointsLost?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  yesCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MetricConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricConnection'] = ResolversParentTypes['MetricConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['MetricEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Metric']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MetricEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricEdge'] = ResolversParentTypes['MetricEdge']> = {
  adherence?: Resolver<ResolversTypes['MetricAdherence'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Metric'], ParentType, ContextType>;
};

export type MetricResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricResult'] = ResolversParentTypes['MetricResult']> = {
  auditorResponse?: Resolver<Maybe<ResolversTypes['Qualification']>, ParentType, ContextType>;
  isFatalError?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  metric?: Resolver<Maybe<ResolversTypes['Metric']>, ParentType, ContextType>;
  metricName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  negativeWeight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  qualification?: Resolver<Maybe<ResolversTypes['Qualification']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Agent' | 'Conversation' | 'Metric' | 'Queue', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  agent?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType, RequireFields<QueryAgentArgs, 'agentId'>>;
  agents?: Resolver<Maybe<ResolversTypes['AgentConnection']>, ParentType, ContextType, Partial<QueryAgentsArgs>>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, Partial<QueryConversationArgs>>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, Partial<QueryConversationsArgs>>;
  metric?: Resolver<Maybe<ResolversTypes['Metric']>, ParentType, ContextType, RequireFields<QueryMetricArgs, 'metricId'>>;
  metrics?: Resolver<Maybe<ResolversTypes['MetricConnection']>, ParentType, ContextType, Partial<QueryMetricsArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  queue?: Resolver<Maybe<ResolversTypes['Queue']>, ParentType, ContextType, RequireFields<QueryQueueArgs, 'queueId'>>;
  queues?: Resolver<Maybe<ResolversTypes['QueueConnection']>, ParentType, ContextType, Partial<QueryQueuesArgs>>;
  scoreBreakdown?: Resolver<Maybe<ResolversTypes['ScoreBreakdown']>, ParentType, ContextType, RequireFields<QueryScoreBreakdownArgs, 'by'>>;
  scoreSummary?: Resolver<Maybe<ResolversTypes['ScoreSummary']>, ParentType, ContextType, Partial<QueryScoreSummaryArgs>>;
  upstream?: Resolver<Maybe<ResolversTypes['Upstream']>, ParentType, ContextType>;
};

export type QueueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Queue'] = ResolversParentTypes['Queue'], FederationReferenceType extends FederationReferenceTypes['Queue'] = FederationReferenceTypes['Queue']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Queue']> | FederationReferenceType, FederationReferenceType, ContextType>;
  agents?: Resolver<Maybe<ResolversTypes['AgentConnection']>, ParentType, ContextType, Partial<QueueAgentsArgs>>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, Partial<QueueConversationsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  queueId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['ScoreSummary']>, ParentType, ContextType, Partial<QueueSummaryArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueueConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueConnection'] = ResolversParentTypes['QueueConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['QueueEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Queue']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type QueueEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueEdge'] = ResolversParentTypes['QueueEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Queue'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['ScoreSummary'], ParentType, ContextType>;
};

export type ScoreBreakdownResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScoreBreakdown'] = ResolversParentTypes['ScoreBreakdown']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  groups?: Resolver<ReadonlyArray<ResolversTypes['ScoreGroup']>, ParentType, ContextType>;
};

export type ScoreBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScoreBucket'] = ResolversParentTypes['ScoreBucket']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ScoreGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScoreGroup'] = ResolversParentTypes['ScoreGroup']> = {
  agent?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  auditStatus?: Resolver<Maybe<ResolversTypes['AuditStatus']>, ParentType, ContextType>;
  auditor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['ConversationChannel']>, ParentType, ContextType>;
  contactDirection?: Resolver<Maybe<ResolversTypes['ContactDirection']>, ParentType, ContextType>;
  disposition?: Resolver<Maybe<ResolversTypes['DispositionCode']>, ParentType, ContextType>;
  durationStatus?: Resolver<Maybe<ResolversTypes['DurationStatus']>, ParentType, ContextType>;
  evaluationStatus?: Resolver<Maybe<ResolversTypes['EvaluationStatus']>, ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  metric?: Resolver<Maybe<ResolversTypes['Metric']>, ParentType, ContextType>;
  period?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  queue?: Resolver<Maybe<ResolversTypes['Queue']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['ScoreSummary'], ParentType, ContextType>;
};

export type ScoreSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScoreSummary'] = ResolversParentTypes['ScoreSummary']> = {
  audit?: Resolver<ResolversTypes['AuditSummary'], ParentType, ContextType>;
  averageScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  belowThresholdCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conversationCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  durationUnavailableCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fatalConversationCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fatalErrorCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fatalRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maximumScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  metrics?: Resolver<ReadonlyArray<ResolversTypes['MetricAdherence']>, ParentType, ContextType>;
  minimumScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  passCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  scoreDistribution?: Resolver<ReadonlyArray<ResolversTypes['ScoreBucket']>, ParentType, ContextType, RequireFields<ScoreSummaryScoreDistributionArgs, 'bucketWidth'>>;
  scorePercentile?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType, RequireFields<ScoreSummaryScorePercentileArgs, 'at'>>;
  scoredCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface TimeZoneScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['TimeZone'], any> {
  name: 'TimeZone';
}

export type UpstreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Upstream'] = ResolversParentTypes['Upstream']> = {
  drift?: Resolver<ReadonlyArray<ResolversTypes['WireDrift']>, ParentType, ContextType>;
  quota?: Resolver<ResolversTypes['UpstreamQuota'], ParentType, ContextType>;
};

export type UpstreamQuotaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamQuota'] = ResolversParentTypes['UpstreamQuota']> = {
  callsPerMinute?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queuedCalls?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WireDriftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WireDrift'] = ResolversParentTypes['WireDrift']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  example?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  firstSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['WireDriftKind'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Agent?: AgentResolvers<ContextType>;
  AgentConnection?: AgentConnectionResolvers<ContextType>;
  AgentEdge?: AgentEdgeResolvers<ContextType>;
  AuditStatusCount?: AuditStatusCountResolvers<ContextType>;
  AuditSummary?: AuditSummaryResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationAudit?: ConversationAuditResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationWindow?: ConversationWindowResolvers<ContextType>;
  Coverage?: CoverageResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Disposition?: DispositionResolvers<ContextType>;
  DispositionCode?: DispositionCodeResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Metric?: MetricResolvers<ContextType>;
  MetricAdherence?: MetricAdherenceResolvers<ContextType>;
  MetricConnection?: MetricConnectionResolvers<ContextType>;
  MetricEdge?: MetricEdgeResolvers<ContextType>;
  MetricResult?: MetricResultResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Queue?: QueueResolvers<ContextType>;
  QueueConnection?: QueueConnectionResolvers<ContextType>;
  QueueEdge?: QueueEdgeResolvers<ContextType>;
  ScoreBreakdown?: ScoreBreakdownResolvers<ContextType>;
  ScoreBucket?: ScoreBucketResolvers<ContextType>;
  ScoreGroup?: ScoreGroupResolvers<ContextType>;
  ScoreSummary?: ScoreSummaryResolvers<ContextType>;
  TimeZone?: GraphQLScalarType;
  Upstream?: UpstreamResolvers<ContextType>;
  UpstreamQuota?: UpstreamQuotaResolvers<ContextType>;
  WireDrift?: WireDriftResolvers<ContextType>;
};

