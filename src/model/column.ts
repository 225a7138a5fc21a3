import type { Conversation } from './conversation.ts';
import type { Codes, Column } from './table.ts';

/**
 * Codes the values of a field by what they are, not by which object they are; codes are given in the order of first appearance. `zeros` (a 0 for
 * each row) becomes the codes of a column that has one value.
 */
export function columnOf<Row, T>(rows: readonly Row[], read: (row: Row) => T, zeros: Codes): Column<T> {
  const codeOf = new Map<unknown, number>();
  const values: T[] = [];
  const codes = new Uint32Array(rows.length);
  let last: T | undefined;
  let lastCode = -1;
  for (const [index, row] of rows.entries()) {
    const value = read(row);
    if (lastCode < 0 || value !== last) {
      const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
      lastCode = codeOf.get(key) ?? values.push(value) - 1;
      codeOf.set(key, lastCode);
      last = value;
    }
    codes[index] = lastCode;
  }
  return { codes: narrowed(codes, values.length, zeros), values };
}

/** One step on the way that spells a form; `code` is -1 where no form ends. */
type Step = { code: number; readonly next: Map<unknown, Step> };

/**
 * The column of forms, coded as `columnOf` does. To write every row's form down as a text to compare it is what would take most of a table's
 * making, so forms are looked up field by field.
 */
export function formColumnOf<T>(
  conversations: readonly Conversation[],
  read: (conversation: Conversation) => T,
  zeros: Codes,
): Column<T> {
  const start: Step = { code: -1, next: new Map() };
  const values: T[] = [];
  const codes = new Uint32Array(conversations.length);
  for (const [index, conversation] of conversations.entries()) {
    let step = start;
    for (const { metricId, metricName, weight, negativeWeight } of conversation.metrics) {
      step = follow(follow(follow(follow(step, metricId), metricName), weight), negativeWeight);
    }
    if (step.code < 0) step.code = values.push(read(conversation)) - 1;
    codes[index] = step.code;
  }
  return { codes: narrowed(codes, values.length, zeros), values };
}

function follow({ next }: Step, value: unknown): Step {
  const known = next.get(value);
  if (known !== undefined) return known;
  const step: Step = { code: -1, next: new Map() };
  next.set(value, step);
  return step;
}

/** The same codes in as few bytes as so many values need. */
function narrowed(codes: Uint32Array, valueCount: number, zeros: Codes): Codes {
  if (valueCount <= 1) return zeros;
  if (valueCount <= 0x100) return Uint8Array.from(codes);
  return valueCount <= 0x10000 ? Uint16Array.from(codes) : codes;
}
