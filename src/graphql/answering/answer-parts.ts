import type { Calendar } from '../../model/calendar.ts';
import type { Turns } from '../../model/ports.ts';
import type { ListAnswer } from '../../model/range.ts';
import type { Window } from '../../model/window.ts';
import type { Cursors } from '../../paging/cursor.ts';
import type { Operation } from '../../reading/operation.ts';
import type { ConversationsDemand } from '../asking/demand.ts';
import type { Folding } from './fold.ts';
import type { Names } from './names.ts';
import type { RowsSource } from './rows.ts';

/** What the answers of one operation are made with. */
export type AnswerParts = {
  readonly operation: Operation;
  readonly rows: RowsSource;
  readonly folding: Folding;
  readonly cursors: Cursors;
  readonly calendar: Calendar;
  readonly names: Names;
  readonly turns: Turns;
  /** Where a conversation is looked for that was never seen and is asked for without a window. */
  readonly defaultWindow: Window;
  readonly groupCountMax: number;
  /** Whether the caller doesn't see every conversation. */
  readonly isLimited: boolean;
  /** What the upstream's own lists answer, by who asked. */
  readonly direct: ReadonlyMap<ConversationsDemand, Promise<ListAnswer>>;
};
