import type { Patience } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Table } from '../model/table.ts';
import type { Window } from '../model/window.ts';

/** One call: `limit` rows of a list from `offset` on. */
export type PageRequest = { readonly question: ListQuestion; readonly offset: number; readonly limit: number };

/** One response, decoded. Rows that could not be read keep their places. They come in their compact form: whoever waits for a page holds little. */
export type Page = {
  readonly table: Table;
  readonly total: number;
  /** What the upstream says of rows behind these; left out when it doesn't say. */
  readonly hasMore?: boolean | undefined;
};

/** The port to an upstream that answers in pages: one request is at most one answer, and its failures are of the closed set. */
export type PageSource = {
  /** `onSend` is told of each attempt as it is sent, and how many milliseconds it waited for that. */
  readPage(request: PageRequest, patience: Patience, onSend: (waitedMs: number) => void): Promise<Page>;
  /** Whether a list of this window is known to be empty by now, for it is of the future: it is answered without a call. */
  isAhead(window: Window): boolean;
  /** Somebody waits by now for what nobody waited for: it may go before others. */
  look(): void;
  /** When a call that is asked for now could begin, of a scan unless it is said to be of a list, as far as it is known (by Clock.elapsed, in milliseconds). */
  nextCallAt(kind?: 'direct' | 'scan'): number;
};
