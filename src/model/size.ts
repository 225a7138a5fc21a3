import type { Column } from './column.ts';
import { columnNames, type Table } from './table.ts';

/** What the runtime needs for a thing beside its content, about. */
const objectBytes = 24;
const slotBytes = 8;

/**
 * About how many bytes of memory a value takes: strings by their length, objects by their fields, nothing shared. Never less than 8. It is meant for
 * bounds, and is true to a factor of two.
 */
export function valueBytes(value: unknown): number {
  if (typeof value === 'string') return objectBytes + value.length;
  if (typeof value !== 'object' || value === null) return slotBytes;
  let bytes = objectBytes;
  if (Array.isArray(value)) {
    for (const item of value) bytes += slotBytes + valueBytes(item);
    return bytes;
  }
  for (const field of Object.values(value)) bytes += slotBytes + valueBytes(field);
  return bytes;
}

/** About how many bytes of memory a table takes. Costs a walk over its dictionaries and ids. */
export function tableBytes(table: Table): number {
  let bytes = table.answers.byteLength + table.answerStarts.byteLength;
  for (const id of table.conversationIds) bytes += slotBytes + objectBytes + id.length;
  for (const identity of table.unreadable.values()) bytes += 2 * objectBytes + identity.length;
  for (const name of columnNames) bytes += columnBytes(table.columns[name]);
  return bytes;
}

function columnBytes({ codes, values }: Column<unknown>): number {
  let bytes = objectBytes + codes.byteLength;
  for (const value of values) bytes += slotBytes + valueBytes(value);
  return bytes;
}
