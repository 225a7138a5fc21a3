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

/** The bytes of an answer that `stringifyAnswer` wrote, with the data where they belong, piece by piece: long data aren't copied once more. */
export function answerPieces(text: string, data: JsonBytes | null): readonly Uint8Array[] {
  const at = text.indexOf(dataMark);
  if (at === -1 || data === null) return [Buffer.from(text)];
  return [Buffer.from(text.slice(0, at)), ...piecesOf(data.chunk), Buffer.from(text.slice(at + 1))];
}
