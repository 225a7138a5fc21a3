import type { Column } from '../model/column.ts';
import type { Columns, Table } from '../model/table.ts';
import type { Selected } from './rows.ts';

/** One byte a row: 1 where the row is still wanted. */
export type Mask = Uint8Array;

/** Clears the rows for which it doesn't hold, and sets none. */
export type Condition = (table: Table, mask: Mask) => void;

/** The rows for which every condition holds. Rows that could not be read are never among them. */
export function selectWhere(table: Table, conditions: readonly Condition[]): Selected {
  const mask = new Uint8Array(table.rowCount).fill(1);
  for (const index of table.unreadable.keys()) mask[index] = 0;
  for (const narrow of conditions) narrow(table, mask);
  return { table, indices: indicesOf(mask) };
}

/** A condition on one column, decided once for each distinct value. */
export function onColumn<T>(pick: (columns: Columns) => Column<T>, holds: (value: T) => boolean): Condition {
  return ({ columns }, mask) => {
    const { codes, values } = pick(columns);
    const truths = new Uint8Array(values.length);
    for (const [code, value] of values.entries()) truths[code] = holds(value) ? 1 : 0;
    for (let index = 0; index < codes.length; index++) {
      mask[index] = (mask[index] ?? 0) & (truths[codes[index] ?? 0] ?? 0);
    }
  };
}

/** Holds where at least one of the branches does; a branch is a list of conditions that must all hold. */
export function anyBranch(branches: readonly (readonly Condition[])[]): Condition {
  return (table, mask) => {
    const united = new Uint8Array(mask.length);
    const held = new Uint8Array(mask.length);
    for (const branch of branches) {
      held.set(mask);
      for (const narrow of branch) narrow(table, held);
      for (let index = 0; index < held.length; index++) united[index] = (united[index] ?? 0) | (held[index] ?? 0);
    }
    mask.set(united);
  };
}

/** Holds where not all of the conditions do. */
export function inverse(conditions: readonly Condition[]): Condition {
  return (table, mask) => {
    const held = mask.slice();
    for (const narrow of conditions) narrow(table, held);
    // What held is a part of the mask, so the rest of the mask is their difference.
    for (let index = 0; index < held.length; index++) mask[index] = (mask[index] ?? 0) ^ (held[index] ?? 0);
  };
}

function indicesOf(mask: Mask): Uint32Array {
  let count = 0;
  for (let index = 0; index < mask.length; index++) count += mask[index] ?? 0;
  const indices = new Uint32Array(count);
  let at = 0;
  for (let index = 0; index < mask.length; index++) if (mask[index] === 1) indices[at++] = index;
  return indices;
}
