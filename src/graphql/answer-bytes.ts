import type { FormattedExecutionResult } from 'graphql';
import { JsonBytes, piecesOf } from './executing/output.ts';

/** Stands for the data in an answer that is text: JSON escapes this character wherever a value holds it. */
const dataMark = '\u0000';

/** An answer as JSON with a line's end behind it; where its data is bytes already, a mark stands for them. */
export function stringifyAnswer({ data, errors, extensions }: FormattedExecutionResult): string {
  if (!(data instanceof JsonBytes)) return `${JSON.stringify({ errors, data, extensions })}\n`;
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
  const behind = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  return `{${before}"data":${dataMark}${behind}}\n`;
}

/** Whether an answer that was written as text has errors, which come first. */
export function hasErrors(text: string): boolean {
  return text.startsWith('{"errors":');
}

/** What was written of an answer, where its text has a place for it; null where it was refused, or failed, after that. */
export function dataIn(text: string, written: JsonBytes | null): JsonBytes | null {
  return text.includes(dataMark) ? written : null;
}

/** The bytes of an answer that `stringifyAnswer` wrote, with the data where they belong, piece by piece: long data aren't copied once more. */
export function answerPieces(text: string, data: JsonBytes | null): readonly Uint8Array[] {
  if (data === null) return [Buffer.from(text)];
  const at = text.indexOf(dataMark);
  return [Buffer.from(text.slice(0, at)), ...piecesOf(data.chunk), Buffer.from(text.slice(at + 1))];
}
