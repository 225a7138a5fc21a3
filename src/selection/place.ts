import { identityOf } from '../model/conversation.ts';
import { type Table, valueAt } from '../model/table.ts';
import type { OrderValue, Place } from './order.ts';
import type { Selected } from './rows.ts';

/** Rows of one table of a slice. The tables of one slice stand in the order of time, each sorted by conversationId, then identity. */
export type Part = { readonly slice: number; readonly selected: Selected };

/** A row where it stands. */
export type PlacedIndex = { readonly table: Table; readonly index: number; readonly place: Place };

/** A row of one of the parts. What costs something to know of its place, identity and ordinal, is only found when it is asked for. */
export function spotOf(parts: readonly Part[], part: Part, index: number, value: OrderValue): PlacedIndex {
  const { table } = part.selected;
  let identity: string | undefined;
  let ordinal: number | undefined;
  const place: Place = {
    slice: part.slice,
    value,
    conversationId: table.conversationIds[index] ?? '',
    get identity() {
      identity ??= identityAt(table, index);
      return identity;
    },
    get ordinal() {
      ordinal ??= ordinalOf(parts, part, index, place);
      return ordinal;
    },
  };
  return { table, index, place };
}

/** How many rows of the same slice, conversationId and identity stand before a row, in its own table and in those before it. */
function ordinalOf(parts: readonly Part[], part: Part, end: number, place: Place): number {
  let count = 0;
  for (const each of parts) {
    if (each === part) break;
    if (each.slice === place.slice) count += countTwins(each.selected.table, Infinity, place);
  }
  return count + countTwins(part.selected.table, end, place);
}

/** How many rows of a table before the one at `end` have this conversationId and identity, whether they are selected or not. */
function countTwins(table: Table, end: number, { conversationId, identity }: Place): number {
  let count = 0;
  for (let index = firstOf(table.conversationIds, conversationId); index < end; index++) {
    if (table.conversationIds[index] !== conversationId) break;
    if (identityAt(table, index) === identity) count += 1;
  }
  return count;
}

/** The identity of a row that could be read, without making a conversation of it. */
function identityAt({ conversationIds, columns }: Table, index: number): string {
  const conversationId = conversationIds[index] ?? '';
  return identityOf({ conversationId, agents: valueAt(columns.agents, index), queues: valueAt(columns.queues, index) });
}

/** Where an id stands first in an ascending list, or would. */
function firstOf(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
