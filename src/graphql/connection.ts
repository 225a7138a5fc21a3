import type { ListQuestion, PlacedRow } from '../model/range.ts';
import type { Cursors } from '../paging/cursor.ts';
import type {
  ConversationConnectionResolvers,
  ConversationEdgeResolvers,
  ConversationWindowResolvers,
  PageInfoResolvers,
} from './generated.ts';
import type { ConnectionModel } from './models.ts';

export const ConversationConnection: ConversationConnectionResolvers = {
  edges: ({ question, answer }) => readableRows({ question, answer }).map((row) => ({ question, row })),
  nodes: readableRows,
  pageInfo: ({ question, answer: { range } }) => {
    if (range === null) throw new Error('pageInfo was not foreseen');
    return { question, range };
  },
  totalCount: ({ answer }) => answer.total,
  window: ({ question }) => question.window,
  coverage: ({ question, answer }, _, { calendar }) => {
    const daysExpected = calendar.countDays(question.window);
    return {
      complete: answer.unreadableCount === 0,
      daysRead: answer.asOf === null ? 0 : daysExpected,
      daysExpected,
      conversationsRead: answer.rowsRead,
      conversationsExpected: answer.total,
      asOf: answer.asOf,
      retryAfterSeconds: null,
    };
  },
};

/** Cursors are sealed when they are selected. A row that couldn't be read is no edge, but a walk goes on behind it. */
export const PageInfo: PageInfoResolvers = {
  hasNextPage: ({ range }) => range.hasNextPage,
  hasPreviousPage: ({ range }) => range.hasPreviousPage,
  startCursor: ({ question, range }, _, { cursors }) => cursorOf(cursors, question, range.rows[0]),
  endCursor: ({ question, range }, _, { cursors }) => cursorOf(cursors, question, range.rows.at(-1)),
};

export const ConversationEdge: ConversationEdgeResolvers = {
  cursor: ({ question, row }, _, { cursors }) => cursors.seal(question, row.anchor()),
  node: ({ row }) => row,
};

export const ConversationWindow: ConversationWindowResolvers = {
  from: ({ from }) => from * 1000,
  until: ({ until }) => until * 1000,
};

function readableRows({ answer }: ConnectionModel): readonly PlacedRow[] {
  return answer.range?.rows.filter(({ conversation }) => conversation !== null) ?? [];
}

function cursorOf(cursors: Cursors, question: ListQuestion, row: PlacedRow | undefined): string | null {
  return row === undefined ? null : cursors.seal(question, row.anchor());
}
