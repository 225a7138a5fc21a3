import type { Directory } from '../directory.ts';
import type { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { ListAnswer, ListQuestion } from '../model/range.ts';
import type { Cursors } from '../paging/cursor.ts';
import type { Operation } from '../reading/read.ts';

/** What one field was found to ask, and its answer to come; or why it was refused before anything was read. */
export type Asked =
  | { readonly kind: 'asked'; readonly question: ListQuestion; readonly answer: Promise<ListAnswer> }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** What resolvers are given. They read nothing themselves: `asked` holds every field's answer, by its path of response keys. */
export type Context = {
  readonly requestId: string;
  readonly operation: Operation;
  readonly directory: Directory;
  readonly cursors: Cursors;
  readonly calendar: Calendar;
  asked: ReadonlyMap<string, Asked>;
};
