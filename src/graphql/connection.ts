import type { PlacedRow } from '../model/range.ts';
import type {
  ConversationConnectionResolvers,
  ConversationEdgeResolvers,
  ConversationWindowResolvers,
} from './generated.ts';
import type { ConnectionModel } from './models.ts';

export const ConversationConnection: ConversationConnectionResolvers = {
  edges: ({ question, answer }) => readableRows({ question, answer }).map((row) => ({ question, row })),
  nodes: readableRows,
  pageInfo: ({ question, answer: { range } }, _, { cursors }) => {
    if (range === null) throw new Error('pageInfo was not foreseen');
    // A row that couldn't be read is no edge, but a walk goes on behind it.
    const [first, last] = [range.rows[0], range.rows.at(-1)];
    return {
      hasNextPage: range.hasNextPage,
      hasPreviousPage: range.hasPreviousPage,
      startCursor: first === undefined ? null : cursors.seal(question, first.anchor()),
      endCursor: last === undefined ? null : cursors.seal(question, last.anchor()),
    };
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
