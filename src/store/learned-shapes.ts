import type { ListQuestion } from '../model/range.ts';
import type { KnownName, PagePlace } from '../model/sharing.ts';

/** What others have told, read as what it is. What is something else is `undefined`; nothing here throws. */

/** A name as it was told. */
export function nameOf(text: string): KnownName | undefined {
  const { kind, id, name, day } = fieldsOf(parse(text));
  if (kind !== 'agent' && kind !== 'queue' && kind !== 'metric') return undefined;
  if (typeof id !== 'string' || typeof name !== 'string' || !isSecond(day)) return undefined;
  return { kind, id, name, day };
}

/** A span of a list. */
export function spanOf(text: string): ListQuestion | undefined {
  return questionOf(parse(text));
}

/** How a span is told: always the same text for the same span. */
export function textOfSpan({ window, contactDirection, includeBelowThreshold }: ListQuestion): string {
  const { from, until } = window;
  return JSON.stringify({ window: { from, until }, contactDirection, includeBelowThreshold });
}

/** A page of a list. */
export function placeOf(text: string): PagePlace | undefined {
  const { question, index } = fieldsOf(parse(text));
  const list = questionOf(question);
  if (list === undefined || typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) return undefined;
  return { question: list, index };
}

function questionOf(value: unknown): ListQuestion | undefined {
  const { window, contactDirection, includeBelowThreshold } = fieldsOf(value);
  const { from, until } = fieldsOf(window);
  if (!isSecond(from) || !isSecond(until) || until <= from) return undefined;
  if (contactDirection !== null && contactDirection !== 'INBOUND' && contactDirection !== 'OUTBOUND') return undefined;
  if (typeof includeBelowThreshold !== 'boolean') return undefined;
  return { window: { from, until }, contactDirection, includeBelowThreshold };
}

function isSecond(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && 0 <= value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
