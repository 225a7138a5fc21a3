import { type Table, valueAt } from '../model/table.ts';

export type ConversationOrderField =
  | 'KORE_EVALUATION_SCORE'
  | 'FATAL_ERROR_COUNT'
  | 'EVALUATED_AT'
  | 'AUDIT_SCORE'
  | 'AUDITED_AT'
  | 'CONVERSATION_ID';

export type OrderDirection = 'ASC' | 'DESC';

/** Null: by slice, as rows are listed without an order. */
export type RowOrder = { readonly field: ConversationOrderField; readonly direction: OrderDirection } | null;

/** What is ordered by. Nulls come last either way. */
export type OrderValue = number | string | null;

/**
 * Where a row stands in the total order. `value` is null without an order. `ordinal` counts the rows of its slice that stand before it and have
 * the same conversationId and identity.
 */
export type Place = {
  readonly slice: number;
  readonly value: OrderValue;
  readonly conversationId: string;
  readonly identity: string;
  readonly ordinal: number;
};

/** Compares by UTF-16 code unit. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : other < one ? 1 : 0;
}

/** Compares numbers with numbers or texts with texts; nulls are last either way. */
export function compareValues(one: OrderValue, other: OrderValue, direction: OrderDirection): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other === (direction === 'ASC') ? -1 : 1;
}

/** The places of an order, compared first by what costs nothing to know. */
export type PlaceOrder = {
  /** By value and conversationId, or slice and conversationId; 0: only the rest of the place can tell. */
  compareHead(slice: number, value: OrderValue, conversationId: string, place: Place): number;
  /** Of two places which is first: never 0 but for the same place. */
  compare(one: Place, other: Place): number;
};

/** How places are compared. With an order: by value, then ascending by conversationId, identity, slice and ordinal. */
export function createPlaceOrder(order: RowOrder): PlaceOrder {
  const compareHead: PlaceOrder['compareHead'] = (slice, value, conversationId, place) => {
    const first = order === null ? slice - place.slice : compareValues(value, place.value, order.direction);
    return first === 0 ? compareText(conversationId, place.conversationId) : first;
  };
  return {
    compareHead,
    compare: (one, other) =>
      compareHead(one.slice, one.value, one.conversationId, other) ||
      compareText(one.identity, other.identity) ||
      one.slice - other.slice ||
      one.ordinal - other.ordinal,
  };
}

/** Reads of a table's rows what they are ordered by. */
export function orderValues(table: Table, order: RowOrder): (index: number) => OrderValue {
  if (order === null) return () => null;
  const { conversationIds, columns } = table;
  if (order.field === 'CONVERSATION_ID') return (index) => conversationIds[index] ?? '';
  const column = {
    KORE_EVALUATION_SCORE: columns.score,
    FATAL_ERROR_COUNT: columns.fatalErrorCount,
    EVALUATED_AT: columns.evaluatedAt,
    AUDIT_SCORE: columns.auditScore,
    AUDITED_AT: columns.auditedAt,
  }[order.field];
  return (index) => valueAt(column, index);
}
