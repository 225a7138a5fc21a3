import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../model/conversation.ts';
import type { DriftCounter } from './drift.ts';
import type { Literals } from './literals.ts';
import { fold } from './spelling.ts';

/**
 * Decoders of single values. What is absent is null; what has a wrong type or is out of its range is null and counted; nothing is coerced.
 */
export type Place = { readonly path: string; readonly drift: DriftCounter };

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text as it came. */
export function text(value: unknown, place: Place): string | null {
  return typeof value === 'string' ? value : absentOrWrong(value, place);
}

/** An identifier: text that isn't empty. */
export function identifier(value: unknown, place: Place): string | null {
  return value === '' ? unreadable(place) : text(value, place);
}

/** An identifier without which its object can't be told from others: an absent one is counted too. */
export function required(value: unknown, place: Place): string | null {
  if (value === undefined || value === null) place.drift.count(place.path, 'MISSING');
  return identifier(value, place);
}

/** True or false; nothing else stands for them. */
export function flag(value: unknown, place: Place): boolean | null {
  return typeof value === 'boolean' ? value : absentOrWrong(value, place);
}

/** A finite number from `min` to `max`; minus zero is zero. */
export function numberWithin(value: unknown, min: number, max: number, place: Place): number | null {
  if (typeof value !== 'number') return absentOrWrong(value, place);
  if (!(min <= value && value <= max)) return unreadable(place);
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
  const known = literals.get(value) ?? literals.get(fold(value));
  if (known !== undefined) return known;
  place.drift.count(place.path, 'UNKNOWN_VALUE', value);
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
  if (typeof value !== 'string' && typeof value !== 'number') return absentOrWrong(value, place);
  const ms = typeof value === 'number' ? value : parseInstant(value);
  if (ms === undefined) return unreadable(place);
  return numberWithin(Math.trunc(ms), plausibleFromMs, plausibleUntilMs - 1, place);
}

function parseInstant(value: string): number | undefined {
  const iso = isoInstant.test(value) ? value : value.replace(blankInstant, '$1T$2Z');
  const ms = isoInstant.test(iso) ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(ms) || !isDay(iso.slice(0, 10)) ? undefined : ms;
}

/** Date.parse takes 30 February for 1 March; such a day is no instant. The civil date is compared in the offset that was written. */
function isDay(date: string): boolean {
  return date.slice(8) <= '28' || new Date(Date.parse(`${date}T00:00:00Z`)).toISOString().slice(0, 10) === date;
}

const jsonDepthMax = 8;

/** A JSON object, passed through as it came, unless it is nested deeper than `jsonDepthMax` or holds a number that JSON can't say again. */
export function jsonObject(value: unknown, place: Place): JsonObject | null {
  if (!isObject(value)) return absentOrWrong(value, place);
  return isPlain(value, jsonDepthMax) ? value : unreadable(place);
}

function isPlain(value: unknown, depth: number): value is { readonly [key: string]: JsonValue } {
  if (typeof value === 'number') return Number.isFinite(value);
  if (!isDeep(value)) return true;
  return depth > 0 && Object.values(value).every((item) => isPlain(item, depth - 1));
}

/** A short text that tells JSON values apart, however long and deep they are; what is nested deeper than `jsonDepthMax` tells nothing. */
export function fingerprint(value: unknown): string {
  const flat = JSON.stringify(pruned(value, jsonDepthMax));
  return createHash('sha256').update(flat).digest('base64url');
}

/** Whether two values of JSON are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || (isDeep(one) && isDeep(other) && fingerprint(one) === fingerprint(other));
}

function isDeep(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function pruned(value: unknown, depth: number): unknown {
  if (!isDeep(value)) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((item) => pruned(item, depth - 1));
  // Keys become values, for one may be __proto__; and no list looks like an object.
  return { entries: Object.entries(value).map(([key, item]) => [key, pruned(item, depth - 1)]) };
}

function absentOrWrong(value: unknown, { path, drift }: Place): null {
  if (value !== undefined && value !== null) drift.count(path, 'WRONG_TYPE');
  return null;
}

/** Of the right type, but nothing that can be meant: counted, and null. */
function unreadable({ path, drift }: Place): null {
  drift.count(path, 'UNKNOWN_VALUE');
  return null;
}

/** A key as the log and the figures may show it: what doesn't look like the name of a field is not repeated. */
export function plainKey(key: string): string {
  return /^[A-Za-z_][\w ]{0,40}$/.test(key) ? key : '?';
}
