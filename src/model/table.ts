import type { Column } from './column.ts';
import { type Conversation, identityOf, type MetricResult, type Row } from './conversation.ts';
import { createResults } from './results.ts';

/** A metric as a form holds it. */
export type FormMetric = Pick<MetricResult, 'metricId' | 'metricName' | 'weight' | 'negativeWeight'>;

/** The fields of a conversation that are held as columns. Their order is the format of what is held. */
export const columnReaders = {
  customConversationId: (row: Conversation) => row.customConversationId,
  agents: (row: Conversation) => row.agents,
  queues: (row: Conversation) => row.queues,
  score: (row: Conversation) => row.koreEvaluationScore,
  unscoredReason: (row: Conversation) => row.unscoredReason,
  fatalErrorCount: (row: Conversation) => row.fatalErrorCount,
  language: (row: Conversation) => row.language,
  channel: (row: Conversation) => row.channel,
  contactDirection: (row: Conversation) => row.contactDirection,
  isDirectionDefaulted: (row: Conversation) => row.isDirectionDefaulted,
  durationStatus: (row: Conversation) => row.durationStatus,
  evaluationStatus: (row: Conversation) => row.evaluationStatus,
  evaluatedAt: (row: Conversation) => row.evaluatedAt,
  form: formOf,
  auditStatus: (row: Conversation) => row.audit.status,
  auditStatusLabel: (row: Conversation) => row.audit.statusLabel,
  auditScore: (row: Conversation) => row.audit.score,
  auditor: (row: Conversation) => row.audit.auditor,
  auditedAt: (row: Conversation) => row.audit.auditedAt,
  dispositions: (row: Conversation) => row.dispositions,
  notApplicableScoringTreatment: (row: Conversation) => row.notApplicableScoringTreatment,
  customFields: (row: Conversation) => row.customFields,
};

/** The metrics of a conversation without what they said of it. */
function formOf({ metrics }: Conversation): readonly FormMetric[] {
  return metrics.map(({ metricId, metricName, weight, negativeWeight }) => ({
    metricId,
    metricName,
    weight,
    negativeWeight,
  }));
}

export type Columns = {
  readonly [Name in keyof typeof columnReaders]: Column<ReturnType<(typeof columnReaders)[Name]>>;
};
export type ColumnName = keyof Columns;

/** The names of all columns, in their order. */
export const columnNames = Object.keys(columnReaders) as readonly ColumnName[];

/**
 * Rows in a compact form that can be filtered and added up without making conversations of them: what repeats is held once. Lossless: `rowAt`
 * gives each row back as it was.
 */
export type Table = {
  readonly rowCount: number;
  /** By row; empty for a row that could not be read. */
  readonly conversationIds: readonly string[];
  readonly columns: Columns;
  /** One byte for each metric of each row's form, row after row: see `answer.ts`. */
  readonly answers: Uint8Array;
  /** Where a row's answers begin in `answers`; one more entry than rows. */
  readonly answerStarts: Uint32Array;
  /** Identities of the rows that could not be read, by their index. */
  readonly unreadable: ReadonlyMap<number, string>;
};

/** What a table is made of; the rest follows from it. */
export type TableParts = Omit<Table, 'rowCount' | 'answerStarts'>;

/** Puts parts together. */
export function assembleTable(parts: TableParts): Table {
  const { codes, values } = parts.columns.form;
  const answerStarts = new Uint32Array(codes.length + 1);
  for (let index = 0; index < codes.length; index++) {
    answerStarts[index + 1] = (answerStarts[index] ?? 0) + (values[codes[index] ?? 0]?.length ?? 0);
  }
  return { ...parts, rowCount: codes.length, answerStarts };
}

/** The value of a column at a row. */
export function valueAt<T>({ codes, values }: Column<T>, index: number): T {
  return values[codes[index] ?? 0] as T;
}

/** The results that rows share, of all tables: a few times as many as the forms of a day have metrics. */
const results = createResults(100_000);

/** One row as it was taken in. */
export function rowAt(table: Table, index: number): Row {
  const identity = table.unreadable.get(index);
  if (identity !== undefined) return { identity, conversation: null };
  const conversation = conversationAt(table, index);
  return { identity: identityOf(conversation), conversation };
}

/** The conversation of a row that could be read. */
export function conversationAt(table: Table, index: number): Conversation {
  const { columns, answers, answerStarts } = table;
  const start = answerStarts[index] ?? 0;
  return {
    conversationId: table.conversationIds[index] ?? '',
    customConversationId: valueAt(columns.customConversationId, index),
    agents: valueAt(columns.agents, index),
    queues: valueAt(columns.queues, index),
    koreEvaluationScore: valueAt(columns.score, index),
    unscoredReason: valueAt(columns.unscoredReason, index),
    fatalErrorCount: valueAt(columns.fatalErrorCount, index),
    language: valueAt(columns.language, index),
    channel: valueAt(columns.channel, index),
    contactDirection: valueAt(columns.contactDirection, index),
    isDirectionDefaulted: valueAt(columns.isDirectionDefaulted, index),
    durationStatus: valueAt(columns.durationStatus, index),
    evaluationStatus: valueAt(columns.evaluationStatus, index),
    evaluatedAt: valueAt(columns.evaluatedAt, index),
    metrics: results.of(valueAt(columns.form, index), answers, start),
    audit: {
      status: valueAt(columns.auditStatus, index),
      statusLabel: valueAt(columns.auditStatusLabel, index),
      score: valueAt(columns.auditScore, index),
      auditor: valueAt(columns.auditor, index),
      auditedAt: valueAt(columns.auditedAt, index),
    },
    dispositions: valueAt(columns.dispositions, index),
    notApplicableScoringTreatment: valueAt(columns.notApplicableScoringTreatment, index),
    customFields: valueAt(columns.customFields, index),
  };
}
