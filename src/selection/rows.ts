import type { Table } from '../model/table.ts';

/** Some rows of one table: the indices of readable rows, ascending, each once. */
export type Selected = { readonly table: Table; readonly indices: Uint32Array };

/** Every row of a table that could be read. */
export function selectAll(table: Table): Selected {
  const indices = new Uint32Array(table.rowCount - table.unreadable.size);
  let count = 0;
  for (let index = 0; index < table.rowCount; index++) {
    if (!table.unreadable.has(index)) indices[count++] = index;
  }
  return { table, indices };
}
