import { identityOf } from './conversation.ts';
import { rowAt, type Table, valueAt } from './table.ts';

/** A row of a table, without having been made. */
export type RowAt = { readonly table: Table; readonly index: number };

/** All rows of a table, in their order. */
export function rowsAt(table: Table): readonly RowAt[] {
  return Array.from({ length: table.rowCount }, (_, index) => ({ table, index }));
}

/** The conversationId of a row; empty where it could not be read. */
export function conversationIdAt({ table, index }: RowAt): string {
  return table.conversationIds[index] ?? '';
}

/** What a row is told apart by. */
export function identityAt({ table, index }: RowAt): string {
  const { conversationIds, columns, unreadable } = table;
  const identity = unreadable.get(index);
  if (identity !== undefined) return identity;
  const [agents, queues] = [valueAt(columns.agents, index), valueAt(columns.queues, index)];
  return identityOf({ conversationId: conversationIds[index] ?? '', agents, queues });
}

/** Whether a row could be read. */
export function isReadable({ table, index }: RowAt): boolean {
  return !table.unreadable.has(index);
}

/** Whether two rows are one and the same, content and all. */
export function isSameAt(one: RowAt, other: RowAt): boolean {
  if (one === other) return true;
  if (conversationIdAt(one) !== conversationIdAt(other)) return false;
  return textAt(one) === textAt(other);
}

/** A row as text: the same for those that say the same. */
function textAt({ table, index }: RowAt): string {
  return JSON.stringify(rowAt(table, index));
}

/**
 * Each row once, byte for byte; rows of one identity and other content are segments of one contact, and both stay, as does what could not be read. Rows are written down only where two have one
 * conversationId, and each of them once, however many do.
 */
export function distinctRows(rows: readonly RowAt[]): readonly RowAt[] {
  const firsts = new Map<string, RowAt>();
  const textsOf = new Map<string, Set<string>>();
  return rows.filter((row) => {
    if (!isReadable(row)) return true;
    const id = conversationIdAt(row);
    const first = firsts.get(id);
    if (first === undefined) {
      firsts.set(id, row);
      return true;
    }
    const texts = textsOf.get(id) ?? new Set([textAt(first)]);
    const knownCount = texts.size;
    textsOf.set(id, texts.add(textAt(row)));
    return knownCount < texts.size;
  });
}
