import { packAnswer } from './answer.ts';
import {
  type Codes,
  type Column,
  makeColumn,
  makeSpelledColumn,
  type Spell,
  spellAgents,
  spellDispositions,
  spellForm,
  spellQueues,
} from './column.ts';
import type { Conversation, Row } from './conversation.ts';
import { assembleTable, type ColumnName, type Columns, columnReaders, type Table } from './table.ts';

const columnNames = Object.keys(columnReaders) as ColumnName[];

/** The columns whose values are lists, which are looked up part by part. */
const spellings: { readonly [Name in ColumnName]?: Spell } = {
  agents: ({ agents }, start) => spellAgents(agents, start),
  queues: ({ queues }, start) => spellQueues(queues, start),
  dispositions: ({ dispositions }, start) => spellDispositions(dispositions, start),
  form: ({ metrics }, start) => spellForm(metrics, start),
};

/** The table of some rows, in their order. Columns of one value share their codes, which are all 0. */
export function tableOf(rows: readonly Row[]): Table {
  const unreadable = new Map<number, string>();
  const zeros = new Uint8Array(rows.length);
  const conversations = rows.map(({ identity, conversation }, index) => {
    if (conversation === null) unreadable.set(index, identity);
    return conversation ?? blank;
  });
  const columns = columnNames.map((name) => [name, columnOf(name, conversations, zeros)]);
  return assembleTable({
    unreadable,
    conversationIds: conversations.map(({ conversationId }) => conversationId),
    columns: Object.fromEntries(columns) as Columns,
    answers: answersOf(conversations),
  });
}

function columnOf(name: ColumnName, conversations: readonly Conversation[], zeros: Codes): Column<unknown> {
  const read: (conversation: Conversation) => unknown = columnReaders[name];
  const spell = spellings[name];
  if (spell === undefined) return makeColumn(conversations, read, zeros);
  return makeSpelledColumn(conversations, read, spell, zeros);
}

function answersOf(conversations: readonly Conversation[]): Uint8Array {
  let count = 0;
  for (const { metrics } of conversations) count += metrics.length;
  const answers = new Uint8Array(count);
  let at = 0;
  for (const { metrics } of conversations) for (const metric of metrics) answers[at++] = packAnswer(metric);
  return answers;
}

/** What stands in the columns of a row that could not be read. */
const blank: Conversation = {
  conversationId: '',
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
};
