import type { Calendar } from '../../model/calendar.ts';
import type { ListQuestion } from '../../model/range.ts';
import type { Window } from '../../model/window.ts';
import type { Cursor, Cursors } from '../../paging/cursor.ts';
import type { KeysetList } from '../../paging/keyset.ts';
import type { PageSizes, RangeOf } from '../../paging/range.ts';
import type { Sought } from '../../reading/located.ts';
import type { Dimension } from '../../selection/dimension.ts';
import type { OrderDirection, RowOrder } from '../../selection/order.ts';
import type { MetricOrderField, SummaryOrderField } from '../generated.ts';
import type { GlobalId } from '../ids.ts';
import type { Access } from './access.ts';
import type { FilterLimits } from './filter-input.ts';
import type { Filters, RowsQuestion } from './question.ts';
import type { WindowLimits } from './window.ts';

/** What one field of an operation asks, computed from its arguments before anything is read. */
export type Demand =
  | ConversationsDemand
  | DirectoryDemand
  | SummaryDemand
  | BreakdownDemand
  | SearchDemand
  | NodesDemand
  | BucketsDemand
  | ItemsDemand;

/** What agents, queues and metrics own: their conversations. */
export type Owner = { readonly kind: 'AGENT' | 'QUEUE' | 'METRIC'; readonly id: string };

/** Which parts of a connection are selected: what isn't costs nothing. */
export type Wants = {
  readonly rows: boolean;
  readonly pageInfo: boolean;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: boolean;
};

/** A page of a list, by its cursors as they were opened. */
export type AskedRange = {
  readonly list: KeysetList;
  readonly range: RangeOf<Cursor>;
  /** The cursors as they came: an empty page goes on from them. */
  readonly tokens: { readonly after: string | null; readonly before: string | null };
  readonly wants: Wants;
};

export type ConversationsDemand = AskedRange & {
  readonly kind: 'conversations';
  readonly question: RowsQuestion;
  readonly order: RowOrder;
  /** Whether the upstream's own list answers it. */
  readonly isDirect: boolean;
};

export type DirectoryOrder = {
  readonly field: SummaryOrderField | MetricOrderField;
  readonly direction: OrderDirection;
};

export type DirectoryDemand = AskedRange & {
  readonly kind: 'directory';
  readonly of: Owner['kind'];
  readonly question: RowsQuestion;
  /** Null: by id. */
  readonly order: DirectoryOrder | null;
};

export type SummaryDemand = {
  readonly kind: 'summary';
  readonly question: RowsQuestion;
  /** Whether whoever asks it is answered from one summary: metrics, of which each adherence is a part. */
  readonly isShared: boolean;
};

export type BreakdownDemand = {
  readonly kind: 'breakdown';
  readonly question: RowsQuestion;
  readonly dimensions: readonly Dimension[];
  /** Whose midnights cut the periods. */
  readonly calendar: Calendar;
  /** Where else than at midnights of the gateway the window must be cut, in seconds since 1970. */
  readonly cuts: readonly number[];
};

/** `window` null: where it was seen before, else the default one. */
export type SearchDemand = { readonly kind: 'search'; readonly sought: Sought; readonly window: Window | null };

/** Objects by id, also those that another subgraph refers to; null: an id that was never given out. */
export type NodesDemand = { readonly kind: 'nodes'; readonly ids: readonly (GlobalId | null)[] };

/** So many buckets are answered. */
export type BucketsDemand = { readonly kind: 'buckets'; readonly bucketCount: number };

/** A list within an answer: how long it is isn't known before; its assumed size is that of the SDL. */
export type ItemsDemand = { readonly kind: 'items'; readonly assumedSize: number };

export type DemandLimits = WindowLimits &
  PageSizes &
  FilterLimits & { readonly nodeIdsMax: number; readonly representationsMax: number };

/** What demands are made with: how cursors are opened, what time it is, and how much may be asked. */
export type DemandEnvironment = {
  readonly cursors: Cursors;
  readonly calendar: Calendar;
  /** The calendar of a zone, the gateway's or another: each is made once for an operation. Throws a RangeError for an unknown zone. */
  calendarOf(timeZone: string): Calendar;
  readonly nowMs: number;
  readonly limits: DemandLimits;
  /** What the caller's limits mean. */
  readonly access: Access;
  readonly mayInspect: boolean;
  readonly filtersOf: Filters;
  /** Told of each field that is selected, by its coordinate: `Conversation.audit`. */
  onSelected(coordinate: string): void;
  /** Whether the upstream's own order of this list isn't firm enough to page through. */
  prefersScan(question: ListQuestion): boolean;
};
