import type { JsonObject, JsonValue } from '../model/conversation.ts';
import type { Drift } from './drift.ts';
import type { Literals } from './literals.ts';
import { fold, type Spelling } from './spelling.ts';

/**
 * Decoders of single values. What is absent is null; what has a wrong type or is out of its range is null and counted; nothing is coerced.
 */
export type Place = { readonly path: string; readonly drift: Drift };

/** The fields of an object by their meaning, whatever their spelling. Unknown keys are counted. Null when it is no object. */
export function fieldsOf<Field extends string>(
  value: unknown,
  spelling: Spelling<Field>,
  { path, drift }: Place,
): { readonly [F in Field]?: unknown } | null {
  if (!isObject(value)) {
    drift.count(path, 'WRONG_TYPE');
    return null;
  }
  const fields: { [F in Field]?: unknown } = {};
  for (const key of Object.keys(value)) {
    const field = spelling.get(key) ?? spelling.get(fold(key));
    if (field === undefined) {
      drift.count(`${path}.${key}`, 'UNKNOWN_KEY');
      continue;
    }
    const present = fields[field];
    if (present === undefined || present === null) fields[field] = value[key];
    else if (value[key] !== null && present !== value[key]) drift.count(`${path}.${key}`, 'UNKNOWN_VALUE');
  }
  return fields;
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown, place: Place): string | null {
  return typeof value === 'string' ? value : absentOrWrong(value, place);
}

/** An identifier: text that isn't empty. */
export function identifier(value: unknown, place: Place): string | null {
  if (value === '') return absentOrWrong(value, place);
  return text(value, place);
}

export function flag(value: unknown, place: Place): boolean | null {
  return typeof value === 'boolean' ? value : absentOrWrong(value, place);
}

/** A finite number from `min` to `max`; minus zero is zero. */
export function numberWithin(value: unknown, min: number, max: number, place: Place): number | null {
  if (typeof value !== 'number') return absentOrWrong(value, place);
  if (!(min <= value && value <= max)) {
    place.drift.count(place.path, 'UNKNOWN_VALUE');
    return null;
  }
  return value === 0 ? 0 : value;
}

const countMax = 2 ** 31 - 1;

/** A whole number from 0 to what GraphQL's Int holds. */
export function count(value: unknown, place: Place): number | null {
  if (typeof value === 'number' && !Number.isInteger(value)) return absentOrWrong(value, place);
  return numberWithin(value, 0, countMax, place);
}

/** One of a published set; a value that isn't in it is counted and becomes `unknown`. */
export function literal<T extends string, U extends T | null>(
  value: unknown,
  literals: Literals<T>,
  unknown: U,
  place: Place,
): T | U | null {
  if (typeof value !== 'string') return absentOrWrong(value, place);
  const known = literals.get(fold(value));
  if (known !== undefined) return known;
  place.drift.count(place.path, 'UNKNOWN_VALUE');
  return unknown;
}

/** The items of a list; an absent one counts as missing and is empty. */
export function items(value: unknown, { path, drift }: Place): readonly unknown[] {
  if (Array.isArray(value)) return value;
  drift.count(path, value === undefined || value === null ? 'MISSING' : 'WRONG_TYPE');
  return [];
}

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const blankInstant = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(\.\d{1,9})?)$/;
const plausibleFromMs = Date.UTC(2000, 0, 1);
const plausibleUntilMs = Date.UTC(2100, 0, 1);

/** An instant in milliseconds since 1970: ISO with a zone, `YYYY-MM-DD HH:MM:SS` in UTC, or epoch milliseconds. Contract section 2.3. */
export function instant(value: unknown, place: Place): number | null {
  const ms = typeof value === 'number' ? value : parseInstant(value);
  if (ms === undefined) return absentOrWrong(value, place);
  return numberWithin(Math.trunc(ms), plausibleFromMs, plausibleUntilMs - 1, place);
}

function parseInstant(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const iso = isoInstant.test(value) ? value : value.replace(blankInstant, '$1T$2Z');
  const ms = isoInstant.test(iso) ? Date.parse(iso) : Number.NaN;
  // Date.parse takes 30 February for 1 March; such a day is no instant. The civil date is compared in the offset that was written.
  const offsetMs = Number.isNaN(ms) ? 0 : Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(offsetMs).toISOString().slice(0, 10) !== iso.slice(0, 10) ? undefined : ms;
}

const jsonDepthMax = 8;

/** A JSON object, passed through as it came, unless it is nested deeper than `jsonDepthMax`. */
export function jsonObject(value: unknown, place: Place): JsonObject | null {
  if (!isObject(value)) return absentOrWrong(value, place);
  if (!isShallow(value, jsonDepthMax)) return absentOrWrong(value, place);
  return value;
}

function isShallow(value: unknown, depth: number): value is { readonly [key: string]: JsonValue } {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}

function absentOrWrong(value: unknown, { path, drift }: Place): null {
  if (value !== undefined && value !== null) drift.count(path, 'WRONG_TYPE');
  return null;
}
