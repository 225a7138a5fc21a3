import type { Conversation } from './conversation.ts';

/** One field of many rows: a code a row, and the distinct values that the codes are indices of. */
export type Column<T> = { readonly codes: Codes; readonly values: readonly T[] };

/** As narrow as the number of distinct values allows. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A column that is being made, some rows at a time. */
export type ColumnMaking<Row, T> = {
  /** Codes the next rows. */
  add(rows: readonly Row[]): void;
  /** The column, once all rows were added. */
  column(): Column<T>;
};

/**
 * Codes the values of a field by what they are, not by which object they are; codes are given in the order of first appearance. `zeros` (a 0 for
 * each row) becomes the codes of a column that has one value.
 */
export function makeColumn<Row, T>(read: (row: Row) => T, zeros: Codes): ColumnMaking<Row, T> {
  const codeOf = new Map<unknown, number>();
  const values: T[] = [];
  const codes = new Uint32Array(zeros.length);
  let [count, lastCode] = [0, -1];
  let last: T | undefined;
  return {
    add(rows) {
      for (const row of rows) {
        const value = read(row);
        if (lastCode < 0 || value !== last) {
          const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
          const known = codeOf.get(key);
          lastCode = known ?? values.push(value) - 1;
          if (known === undefined) codeOf.set(key, lastCode);
          last = value;
        }
        codes[count++] = lastCode;
      }
    },
    column: () => ({ codes: narrowed(codes, values.length, zeros), values }),
  };
}

/** One step on the way that spells a form; `code` is -1 where no form ends. Most steps lead to one other: only where ways part there is a map. */
type Step = { code: number; value: unknown; only: Step | null; more: Map<unknown, Step> | null };

const newStep = (): Step => ({ code: -1, value: undefined, only: null, more: null });

/**
 * The column of what `read` makes of conversations' forms, coded as `makeColumn` does. To write every row's form down as a text to compare it is what would take most of a table's
 * making, so forms are looked up field by field.
 */
export function makeFormColumn<T>(
  read: (conversation: Conversation) => T,
  zeros: Codes,
): ColumnMaking<Conversation, T> {
  const start = newStep();
  const values: T[] = [];
  const codes = new Uint32Array(zeros.length);
  let count = 0;
  return {
    add(conversations) {
      for (const conversation of conversations) {
        let step = start;
        for (const { metricId, metricName, weight, negativeWeight } of conversation.metrics) {
          step = follow(follow(follow(follow(step, metricId), metricName), weight), negativeWeight);
        }
        if (step.code < 0) step.code = values.push(read(conversation)) - 1;
        codes[count++] = step.code;
      }
    },
    column: () => ({ codes: narrowed(codes, values.length, zeros), values }),
  };
}

function follow(step: Step, value: unknown): Step {
  if (step.only !== null && step.value === value) return step.only;
  const known = step.more?.get(value);
  if (known !== undefined) return known;
  const next = newStep();
  if (step.only === null) [step.value, step.only] = [value, next];
  else {
    step.more ??= new Map();
    step.more.set(value, next);
  }
  return next;
}

/** The same codes in as few bytes as so many values need. */
function narrowed(codes: Uint32Array, valueCount: number, zeros: Codes): Codes {
  if (valueCount <= 1) return zeros;
  if (valueCount <= 0x100) return Uint8Array.from(codes);
  return valueCount <= 0x10000 ? Uint16Array.from(codes) : codes;
}
