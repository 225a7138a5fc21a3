import type { Calendar } from '../../model/calendar.ts';
import type { ListAnswer, PlacedRow } from '../../model/range.ts';
import type { Cursors } from '../../paging/cursor.ts';
import type { RowsQuestion } from '../asking/question.ts';
import type { ConnectionModel, PageInfoModel } from '../models.ts';
import { emptyPage } from './page.ts';

/** A page of the upstream's own list. A row that couldn't be read is no edge, but a walk goes on behind it. */
export function directConnection(
  question: RowsQuestion,
  { range, total, rowsRead, unreadableCount, asOf }: ListAnswer,
  { cursors, calendar }: { readonly cursors: Cursors; readonly calendar: Calendar },
): ConnectionModel {
  const { list } = question;
  const daysExpected = calendar.countDays(list.window);
  const cursorOf = (row: PlacedRow) => () => cursors.seal(list, row.anchor());
  const rows = range?.rows ?? [];
  const [first, last] = [rows[0], rows.at(-1)];
  const pageInfo: PageInfoModel = {
    hasNextPage: range?.hasNextPage ?? false,
    hasPreviousPage: range?.hasPreviousPage ?? false,
    startCursor: first === undefined ? () => null : cursorOf(first),
    endCursor: last === undefined ? () => null : cursorOf(last),
  };
  return {
    edges: rows.filter(({ conversation }) => conversation !== null).map((row) => ({ row, cursor: cursorOf(row) })),
    pageInfo: range === null ? emptyPage : pageInfo,
    totalCount: total,
    window: list.window,
    question,
    owner: null,
    coverage: {
      complete: unreadableCount === 0,
      daysRead: asOf === null ? 0 : daysExpected,
      daysExpected,
      conversationsRead: rowsRead,
      conversationsExpected: total,
      asOf,
      retryAfterSeconds: null,
    },
  };
}
