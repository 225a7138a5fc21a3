import type {
  AuditStatus,
  ContactDirection,
  ConversationChannel,
  DurationStatus,
  EvaluationStatus,
  Qualification,
  UnscoredReason,
} from '../model/conversation.ts';

/** What was not given, and so is no condition. */
type Absent = null | undefined;

/** Numbers from `min` to `max`, both inclusive. */
export type NumberRange = { readonly min?: number | Absent; readonly max?: number | Absent };

/** A half-open span of instants, in milliseconds since 1970. */
export type Span = { readonly fromMs: number; readonly untilMs: number };

/** Some one metric result fulfils all that is given. */
export type MetricFilter = {
  readonly metricId?: string | Absent;
  readonly qualifications?: readonly Qualification[] | Absent;
  readonly auditorResponses?: readonly Qualification[] | Absent;
  readonly isFatalError?: boolean | Absent;
  readonly disagrees?: boolean | Absent;
};

/** Some one disposition set fulfils all that is given. */
export type DispositionFilter = { readonly setId?: string | Absent; readonly codeId?: string | Absent };

/** A custom field of this name has this value. */
export type CustomFieldFilter = { readonly name: string; readonly equals: string };

/**
 * Which conversations are wanted: the SDL's ConversationFilter without `includeBelowThreshold`, which says what is read and is no condition on a
 * row. All that is given must hold; nothing given is everything.
 */
export type Filter = {
  readonly contactDirection?: ContactDirection | Absent;
  readonly conversationIds?: readonly string[] | Absent;
  readonly customConversationIds?: readonly string[] | Absent;
  readonly agentIds?: readonly string[] | Absent;
  readonly queueIds?: readonly string[] | Absent;
  readonly channels?: readonly ConversationChannel[] | Absent;
  readonly languages?: readonly string[] | Absent;
  readonly koreEvaluationScore?: NumberRange | Absent;
  readonly isScored?: boolean | Absent;
  readonly unscoredReasons?: readonly UnscoredReason[] | Absent;
  readonly hasFatalError?: boolean | Absent;
  readonly durationStatuses?: readonly DurationStatus[] | Absent;
  readonly evaluationStatuses?: readonly EvaluationStatus[] | Absent;
  readonly auditStatuses?: readonly AuditStatus[] | Absent;
  readonly auditors?: readonly string[] | Absent;
  readonly evaluated?: Span | Absent;
  readonly audited?: Span | Absent;
  readonly metrics?: readonly MetricFilter[] | Absent;
  readonly customFields?: readonly CustomFieldFilter[] | Absent;
  readonly dispositions?: readonly DispositionFilter[] | Absent;
  readonly anyOf?: readonly Filter[] | Absent;
  readonly not?: Filter | Absent;
};

/** The conditions that hold for one of several values. An empty list of them matches nothing. */
export const valueListNames = [
  'conversationIds',
  'customConversationIds',
  'agentIds',
  'queueIds',
  'channels',
  'languages',
  'unscoredReasons',
  'durationStatuses',
  'evaluationStatuses',
  'auditStatuses',
  'auditors',
] as const satisfies readonly (keyof Filter)[];
