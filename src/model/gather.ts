import { type Column, createCoding, keyOfValue, narrowed, roomForCodes } from './column.ts';
import type { Turns } from './ports.ts';
import { conversationIdAt, type RowAt } from './row-at.ts';
import { assembleTable, type ColumnName, type Columns, columnNames, type Table } from './table.ts';

/** Rows of some tables by number: of which table each is, and which row of it. */
type Picked = {
  readonly tables: readonly Table[];
  readonly tableNumbers: Uint32Array;
  readonly rowIndices: Uint32Array;
};

/** So many rows of a column are put together between two turns. */
const rowsPerTurn = 2_500;

/**
 * The table of some rows of other tables, in their order: the same as one that is made of the rows themselves. No row is made for it: what a table says once is looked at once, and only codes are
 * looked at row by row. Others have their turn meanwhile.
 */
export async function gatherTable(rows: readonly RowAt[], turns: Turns): Promise<Table> {
  const picked = pick(rows);
  const zeros = new Uint8Array(rows.length);
  const columns: [ColumnName, Column<unknown>][] = [];
  for (const name of columnNames) columns.push([name, await gatherColumn(name, picked, zeros, turns)]);
  const unreadable = new Map<number, string>();
  for (const [at, { table, index }] of rows.entries()) {
    const identity = table.unreadable.size === 0 ? undefined : table.unreadable.get(index);
    if (identity !== undefined) unreadable.set(at, identity);
  }
  await turns.share();
  return assembleTable({
    conversationIds: rows.map(conversationIdAt),
    columns: Object.fromEntries(columns) as Columns,
    answers: gatherAnswers(rows),
    unreadable,
  });
}

function pick(rows: readonly RowAt[]): Picked {
  const numbers = new Map<Table, number>();
  const [tableNumbers, rowIndices] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  for (let at = 0; at < rows.length; at++) {
    const { table, index } = rows[at] as RowAt;
    let number = numbers.get(table);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(table, number);
    }
    tableNumbers[at] = number;
    rowIndices[at] = index;
  }
  return { tables: [...numbers.keys()], tableNumbers, rowIndices };
}

/** A column of one of the tables, and by its codes those of the column that is made; -1 until they are known. */
type Recoding = { readonly from: Column<unknown>; readonly newCodes: Int32Array };

async function gatherColumn(
  name: ColumnName,
  { tables, tableNumbers, rowIndices }: Picked,
  zeros: Uint8Array,
  turns: Turns,
): Promise<Column<unknown>> {
  const recodings = tables.map(({ columns }): Recoding => {
    const from: Column<unknown> = columns[name];
    return { from, newCodes: new Int32Array(from.values.length).fill(-1) };
  });
  const coding = createCoding();
  // Most lists are one object in all tables that say them.
  const codesOfObjects = new Map<unknown, number>();
  const values: unknown[] = [];
  const codes = roomForCodes(rowIndices.length);
  for (let begin = 0; begin < codes.length; begin += rowsPerTurn) {
    await turns.share();
    const end = Math.min(codes.length, begin + rowsPerTurn);
    for (let at = begin; at < end; at++) {
      const { from, newCodes } = recodings[tableNumbers[at] as number] as Recoding;
      const code = from.codes[rowIndices[at] as number] as number;
      if (newCodes[code] === -1) {
        const value = from.values[code];
        const newCode = codesOfObjects.get(value) ?? coding.codeOf(keyOfValue(value));
        if (typeof value === 'object') codesOfObjects.set(value, newCode);
        if (newCode === values.length) values.push(value);
        newCodes[code] = newCode;
      }
      codes[at] = newCodes[code] as number;
    }
  }
  return { codes: narrowed(codes, values.length, zeros), values };
}

function gatherAnswers(rows: readonly RowAt[]): Uint8Array {
  let count = 0;
  for (const { table, index } of rows) count += endOf(table, index) - startOf(table, index);
  const answers = new Uint8Array(count);
  let at = 0;
  for (const { table, index } of rows)
    for (let from = startOf(table, index); from < endOf(table, index); from++) answers[at++] = table.answers[from] ?? 0;
  return answers;
}

const startOf = ({ answerStarts }: Table, index: number): number => answerStarts[index] ?? 0;
const endOf = ({ answerStarts }: Table, index: number): number => answerStarts[index + 1] ?? 0;
