import type { JsonObject } from '../model/conversation.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Row as ConversationRow, AgentSighting, QueueSighting, MetricResult as MetricResultModel } from '../model/conversation.ts';
import type { MetricSighting, ConnectionModel, PageInfoModel, EdgeModel } from './models.ts';
import type { Window } from '../model/window.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, RFC 3339, always answered in UTC with a Z. Inputs may carry any offset, but must carry one. */
  DateTime: { input: number; output: number; }
  /** A JSON object, passed through as the upstream sent it. */
  JSONObject: { input: JsonObject; output: JsonObject; }
  _FieldSet: { input: string; output: string; }
};

/** Somebody, or some AI, who took part in conversations. Known by id alone: two agents may share a name, and one may change it. */
export type Agent = {
  readonly __typename?: 'Agent';
  /** The upstream's own id, `a-...`. */
  readonly agentId: Scalars['ID']['output'];
  /** Opaque and stable; unique among all types. */
  readonly id: Scalars['ID']['output'];
  /** The name as last seen: of the list that begins latest, the most frequent. The same wherever this agent stands in an answer; null if never seen. */
  readonly name?: Maybe<Scalars['String']['output']>;
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

/** Who began a contact. */
export type ContactDirection =
  /** The customer. */
  | 'INBOUND'
  /** The contact centre. */
  | 'OUTBOUND';

/** One contact, or one segment of it, and how it was scored. */
export type Conversation = {
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
  /** Fields of the customer's own; null where the upstream sent none. */
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
  /** The auditor's name; null until one is assigned. */
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
  /** All conversations of the window under this filter, as of the newest reading of this answer. Costs nothing unless selected. */
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

/** Which conversations are wanted: all conditions must hold. Both are filters of the upstream, and cost no further call. */
export type ConversationFilter = {
  /** Only contacts that state this direction. */
  readonly contactDirection?: InputMaybe<ContactDirection>;
  /** Also contacts below the minimum duration. False if left out. */
  readonly includeBelowThreshold?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A half-open span of time [from, until). */
export type ConversationWindow = {
  readonly __typename?: 'ConversationWindow';
  /** The first second that belongs to the window. */
  readonly from: Scalars['DateTime']['output'];
  /** The first second that no longer belongs to the window. */
  readonly until: Scalars['DateTime']['output'];
};

/** How much of the question has been read. `complete: false` is an honest part, never passed off as the whole. */
export type Coverage = {
  readonly __typename?: 'Coverage';
  /** The oldest moment at which any part of this answer was read. Null when nothing had to be read. */
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  /** Whether everything that was asked for is in this answer. False when a row of this page could not be read. */
  readonly complete: Scalars['Boolean']['output'];
  /** How many conversations of the window the upstream counts under this filter; null until it has been asked. */
  readonly conversationsExpected?: Maybe<Scalars['Int']['output']>;
  /** Conversations that were read for this answer. A plain list reads only the pages that it needs, so a complete answer may rest on fewer than all. */
  readonly conversationsRead: Scalars['Int']['output'];
  /** Days of the window, in the gateway's time zone. */
  readonly daysExpected: Scalars['Int']['output'];
  /** Days of the window that the upstream was asked about for this answer, in the gateway's time zone: all of them, or 0 when nothing had to be read. */
  readonly daysRead: Scalars['Int']['output'];
  /** After how many seconds asking again can complete the answer. Null when it is complete, or when asking again is of no use. */
  readonly retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
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

/** Something that conversations are checked for. Known by id alone: its weight belongs to the form of each conversation. */
export type Metric = {
  readonly __typename?: 'Metric';
  /** Opaque and stable; unique among all types. */
  readonly id: Scalars['ID']['output'];
  /** The upstream's own id, `em-...`. */
  readonly metricId: Scalars['ID']['output'];
  /** The name as last seen: of the list that begins latest, the most frequent. The same wherever this metric stands in an answer; null if never seen. */
  readonly name?: Maybe<Scalars['String']['output']>;
};

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

/** A page of a Relay connection: whether there is more on either side, and the cursors to go on from. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of this page's last row, for `after`. Null on an empty page. May stand for a row that could not be read. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list goes on after the last row of this page: exact as of the moment at which that row was read. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has rows before the first row of this page: exact as of the moment at which that row was read. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of this page's first row, for `before`. Null on an empty page. May stand for a row that could not be read. */
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
  /**
   * The conversations of `window`, in the upstream's own order. Left out, the window is the seven days that end with today, from midnight to midnight
   * of the gateway's time zone; with a cursor, the cursor's window. Costs one upstream call for each 99 rows that aren't held already.
   */
  readonly conversations?: Maybe<ConversationConnection>;
};


/** Where every question begins. Each field fails by itself: its neighbours still answer. */
export type QueryConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filterBy?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<TimeWindow>;
};

/** A queue that conversations came in by. Known by id alone. */
export type Queue = {
  readonly __typename?: 'Queue';
  /** Opaque and stable; unique among all types. */
  readonly id: Scalars['ID']['output'];
  /** The name as last seen: of the list that begins latest, the most frequent. The same wherever this queue stands in an answer; null if never seen. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The upstream's own id, `qu-...`. */
  readonly queueId: Scalars['ID']['output'];
};

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



export type ResolverTypeWrapper<T> = Promise<T> | T;


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





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Agent: ResolverTypeWrapper<AgentSighting>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AuditStatus: AuditStatus;
  ContactDirection: ContactDirection;
  Conversation: ResolverTypeWrapper<ConversationRow>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ConversationAudit: ResolverTypeWrapper<ConversationAudit>;
  ConversationChannel: ConversationChannel;
  ConversationConnection: ResolverTypeWrapper<ConnectionModel>;
  ConversationEdge: ResolverTypeWrapper<EdgeModel>;
  ConversationFilter: ConversationFilter;
  ConversationWindow: ResolverTypeWrapper<Window>;
  Coverage: ResolverTypeWrapper<Coverage>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Disposition: ResolverTypeWrapper<Disposition>;
  DispositionCode: ResolverTypeWrapper<DispositionCode>;
  DurationStatus: DurationStatus;
  EvaluationStatus: EvaluationStatus;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Metric: ResolverTypeWrapper<MetricSighting>;
  MetricResult: ResolverTypeWrapper<MetricResultModel>;
  PageInfo: ResolverTypeWrapper<PageInfoModel>;
  Qualification: Qualification;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Queue: ResolverTypeWrapper<QueueSighting>;
  TimeWindow: TimeWindow;
  UnscoredReason: UnscoredReason;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Agent: AgentSighting;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Conversation: ConversationRow;
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
  Float: Scalars['Float']['output'];
  ConversationAudit: ConversationAudit;
  ConversationConnection: ConnectionModel;
  ConversationEdge: EdgeModel;
  ConversationFilter: ConversationFilter;
  ConversationWindow: Window;
  Coverage: Coverage;
  DateTime: Scalars['DateTime']['output'];
  Disposition: Disposition;
  DispositionCode: DispositionCode;
  JSONObject: Scalars['JSONObject']['output'];
  Metric: MetricSighting;
  MetricResult: MetricResultModel;
  PageInfo: PageInfoModel;
  Query: Record<PropertyKey, never>;
  Queue: QueueSighting;
  TimeWindow: TimeWindow;
};

export type AgentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Agent'] = ResolversParentTypes['Agent']> = {
  agentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
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

export type MetricResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Metric'] = ResolversParentTypes['Metric']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metricId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, Partial<QueryConversationsArgs>>;
};

export type QueueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Queue'] = ResolversParentTypes['Queue']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  queueId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Agent?: AgentResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationAudit?: ConversationAuditResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationWindow?: ConversationWindowResolvers<ContextType>;
  Coverage?: CoverageResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Disposition?: DispositionResolvers<ContextType>;
  DispositionCode?: DispositionCodeResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Metric?: MetricResolvers<ContextType>;
  MetricResult?: MetricResultResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Queue?: QueueResolvers<ContextType>;
};

