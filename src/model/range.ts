import type { ContactDirection, Row } from './conversation.ts';
import type { Window } from './window.ts';

/** A list of the upstream: a window under its pushed filters, which are all that the upstream filters by itself. */
export type ListQuestion = {
  readonly window: Window;
  /** Null: both directions. */
  readonly contactDirection: ContactDirection | null;
  readonly includeBelowThreshold: boolean;
};

/**
 * Where a cursor stands: a row and the rows around it, by the prints of their identities, as of the response that served it.
 * `before` and `after` hold up to four neighbours, the nearest first.
 */
export type Anchor = {
  readonly offset: number;
  readonly total: number;
  readonly print: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** The rows between two anchors (null: the end of the list on that side), cut to `count` from one side. Relay section 4.3. */
export type Range = {
  readonly after: Anchor | null;
  readonly before: Anchor | null;
  readonly side: 'first' | 'last';
  readonly count: number;
};

/** A row with its place, from which its cursor can be made. */
export type PlacedRow = Row & { readonly anchor: () => Anchor };

/** What a direct read of a range found. Every figure is as of the response that served it. */
export type RangeAnswer = {
  readonly rows: readonly PlacedRow[];
  /** Exact as of the response that served the last row. */
  readonly hasNextPage: boolean;
  /** Exact as of the response that served the first row. */
  readonly hasPreviousPage: boolean;
};

/** What a list demand found. A part that was not asked for is null. */
export type ListAnswer = {
  readonly range: RangeAnswer | null;
  /** The upstream's total as of the newest response of this answer. */
  readonly total: number | null;
  /** Distinct rows of the responses that this answer rests on. */
  readonly rowsRead: number;
  /** Rows of this range that could not be read. */
  readonly unreadableCount: number;
  /** The oldest moment at which a part of this answer was read, in milliseconds since 1970. */
  readonly asOf: number | null;
};
