import type { Codes, Column } from './column.ts';
import { assembleTable, type Columns, type Table, valueAt } from './table.ts';

/**
 * The table of some rows of another (`indices`, ascending), in their order. It holds no value that none of them has, so what is left out can't be found in it
 * by any way of reading it.
 */
export function cutTable(table: Table, indices: Uint32Array): Table {
  const { columns, conversationIds, unreadable } = table;
  const cut = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, cutColumn<unknown>(column, indices)]),
  ) as Columns;
  return assembleTable({
    conversationIds: Array.from(indices, (index) => conversationIds[index] ?? ''),
    columns: cut,
    answers: cutAnswers(table, indices),
    unreadable: new Map(
      Array.from(indices).flatMap((index, at) => {
        const identity = unreadable.get(index);
        return identity === undefined ? [] : [[at, identity]];
      }),
    ),
  });
}

/** Values keep the order in which they first appear, as in a table that was made of these rows. */
function cutColumn<T>({ codes, values }: Column<T>, indices: Uint32Array): Column<T> {
  const newCodes = new Int32Array(values.length).fill(-1);
  const kept: T[] = [];
  const cut = likeCodes(codes, indices.length);
  for (const [at, index] of indices.entries()) {
    const code = codes[index] ?? 0;
    const known = newCodes[code] ?? -1;
    const newCode = known === -1 ? kept.push(valueAt({ codes, values }, index)) - 1 : known;
    newCodes[code] = newCode;
    cut[at] = newCode;
  }
  return { codes: cut, values: kept };
}

function likeCodes(codes: Codes, count: number): Codes {
  if (codes instanceof Uint8Array) return new Uint8Array(count);
  return codes instanceof Uint16Array ? new Uint16Array(count) : new Uint32Array(count);
}

function cutAnswers({ answers, answerStarts }: Table, indices: Uint32Array): Uint8Array {
  let count = 0;
  for (const index of indices) count += (answerStarts[index + 1] ?? 0) - (answerStarts[index] ?? 0);
  const cut = new Uint8Array(count);
  let at = 0;
  for (const index of indices) {
    const own = answers.subarray(answerStarts[index] ?? 0, answerStarts[index + 1] ?? 0);
    cut.set(own, at);
    at += own.length;
  }
  return cut;
}
