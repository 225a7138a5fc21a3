import { dateAt } from './calendar.ts';
import type { Facts } from './rows.ts';

/** An order of the SDL: ConversationOrder, SummaryOrder or MetricOrder. */
export type Order = { readonly field: string; readonly direction: 'ASC' | 'DESC' };

/** By UTF-16 code unit; numbers by size; nulls last whichever way. */
export function compareValues(one: unknown, other: unknown, direction: 'ASC' | 'DESC' = 'ASC'): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  const isLess = typeof one === 'number' && typeof other === 'number' ? one < other : String(one) < String(other);
  if (one === other) return 0;
  return isLess === (direction === 'ASC') ? -1 : 1;
}

/** Rows as a filtered list has them: by day of the gateway's zone, conversationId, identity. */
export function byDay(rows: readonly Facts[], timeZone: string): readonly Facts[] {
  const dates = new Map(rows.map((row) => [row, dateAt(timeZone, row.listedMs)]));
  return rows.toSorted(
    (one, other) => compareValues(dates.get(one) ?? null, dates.get(other) ?? null) || compareIds(one, other),
  );
}

/** Rows in an order of the SDL: by the field, ties by conversationId and identity, which ascend either way. */
export function inOrder(rows: readonly Facts[], { field, direction }: Order): readonly Facts[] {
  return rows.toSorted(
    (one, other) => compareValues(valueIn(one, field), valueIn(other, field), direction) || compareIds(one, other),
  );
}

/** By conversationId, then by identity. */
export function compareIds(one: Facts, other: Facts): number {
  return compareValues(one.conversationId, other.conversationId) || compareValues(one.identity, other.identity);
}

function valueIn(row: Facts, field: string): string | number | null {
  switch (field) {
    case 'KORE_EVALUATION_SCORE':
      return row.score;
    case 'FATAL_ERROR_COUNT':
      return row.fatalErrorCount;
    case 'EVALUATED_AT':
      return row.evaluatedAtMs;
    case 'AUDIT_SCORE':
      return row.auditScore;
    case 'AUDITED_AT':
      return row.auditedAtMs;
    case 'CONVERSATION_ID':
      return row.conversationId;
    default:
      throw new RangeError(`no order ${field}`);
  }
}
