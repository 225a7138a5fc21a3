import { packAnswer } from './answer.ts';
import { type Codes, type Column, makeColumn, narrowed, roomForCodes } from './column.ts';
import type { Conversation, Row } from './conversation.ts';
import { assembleTable, type ColumnName, type Columns, columnNames, columnReaders, type Table } from './table.ts';
import {
  newStep,
  type Size,
  type Spell,
  type Step,
  spellAgents,
  spellDispositions,
  spellForm,
  spellQueues,
} from './trie.ts';

/** Makes tables of rows. */
export type Tabulator = {
  /** The table of some rows, in their order. Columns of one value share their codes, which are all 0. */
  tableOf(rows: readonly Row[]): Table;
};

/** How much is remembered at most, before all of it is forgotten. */
const [stepsMax, charactersMax] = [50_000, 2_000_000];

/**
 * Makes tables that share what they say. Of values that are lists, such as agents and forms, those that say the same become one object in all tables that a tabulator makes: a page has a hundred rows, and
 * most of what it says was said by the page before. What it remembers for that is bounded, and forgotten all at once.
 */
export function createTabulator(): Tabulator {
  let size: Size = { steps: 0, characters: 0 };
  let spelled = spelledColumns();
  let tableCount = 0;
  return {
    tableOf(rows) {
      const making = { size, table: tableCount++, zeros: new Uint8Array(rows.length) };
      const table = makeTable(rows, spelled, making);
      // At once: it may take long until another page comes.
      if (stepsMax < size.steps || charactersMax < size.characters) {
        size = { steps: 0, characters: 0 };
        spelled = spelledColumns();
      }
      return table;
    },
  };
}

/** The table of some rows that has nothing to do with any other. */
export function tableOf(rows: readonly Row[]): Table {
  return createTabulator().tableOf(rows);
}

/** A table that is being made: its number, and the codes that its columns of one value share. */
type Making = { readonly size: Size; readonly table: number; readonly zeros: Codes };

type SpelledColumn = (conversations: readonly Conversation[], making: Making) => Column<unknown>;
type SpelledColumns = { readonly [Name in ColumnName]?: SpelledColumn };

function spelledColumns(): SpelledColumns {
  return {
    agents: spelledColumn(columnReaders.agents, (each) => each.agents, spellAgents),
    queues: spelledColumn(columnReaders.queues, (each) => each.queues, spellQueues),
    dispositions: spelledColumn(columnReaders.dispositions, (each) => each.dispositions, spellDispositions),
    form: spelledColumn(columnReaders.form, (each) => each.metrics, spellForm),
  };
}

/** Codes lists part by part: to write every row's list down as a text to compare it is what would take most of a table's making. */
function spelledColumn<T, L>(
  read: (conversation: Conversation) => T,
  listOf: (conversation: Conversation) => L,
  spell: Spell<L>,
): SpelledColumn {
  const start: Step = newStep();
  return (conversations, { size, table, zeros }) => {
    const values: unknown[] = [];
    const codes = roomForCodes(conversations.length);
    for (let index = 0; index < conversations.length; index++) {
      const conversation = conversations[index] as Conversation;
      const step = spell(listOf(conversation), start, size);
      if (step.table !== table) {
        step.table = table;
        step.canonical ??= read(conversation);
        step.code = values.push(step.canonical) - 1;
      }
      codes[index] = step.code;
    }
    return { codes: narrowed(codes, values.length, zeros), values };
  };
}

function makeTable(rows: readonly Row[], spelled: SpelledColumns, making: Making): Table {
  const unreadable = new Map<number, string>();
  const conversations = rows.map(({ identity, conversation }, index) => {
    if (conversation === null) unreadable.set(index, identity);
    return conversation ?? blank;
  });
  const columns = columnNames.map((name) => {
    const read: (conversation: Conversation) => unknown = columnReaders[name];
    return [name, spelled[name]?.(conversations, making) ?? makeColumn(conversations, read, making.zeros)];
  });
  return assembleTable({
    unreadable,
    conversationIds: conversations.map(({ conversationId }) => conversationId),
    columns: Object.fromEntries(columns) as Columns,
    answers: answersOf(conversations),
  });
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
