import { GraphQLError, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import type { JsonObject } from '../../model/conversation.ts';

const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const lengthMax = 40;
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('+010000-01-01T00:00:00Z');

/** Milliseconds since 1970 of an RFC 3339 instant, with a fraction where it is finer. A date that doesn't exist, or no offset, is refused. */
export function parseDateTime(value: unknown): number {
  const match = typeof value === 'string' && value.length <= lengthMax ? rfc3339.exec(value) : null;
  if (match === null) throw badDateTime('an RFC 3339 instant with an offset, such as 2026-03-23T10:00:00Z');
  const [, date = '', hour, minute, second, fraction = '0', sign, offsetHour = '0', offsetMinute = '0'] = match;
  const day = Date.parse(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().slice(0, 10) === date;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  const isOffset = Number(offsetHour) < 24 && Number(offsetMinute) < 60;
  if (!isDay || !isTime || !isOffset) throw badDateTime('an instant that exists');
  const offsetMinutes = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const seconds = Number(hour) * 3600 + (Number(minute) - offsetMinutes) * 60 + Number(second);
  // A number of milliseconds since 1970 has no room for nanoseconds; that it is finer than one is all that matters.
  const finer = /[1-9]/.test(fraction.slice(3)) ? 0.5 : 0;
  const instant = day + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')) + finer;
  if (instant < earliest || latest <= instant) throw badDateTime('of the years 1 to 9999 in UTC');
  return instant;
}

/** What each scalar does; what it is called and how it is described stands in the SDL. */
export const scalars = {
  DateTime: {
    parseValue: parseDateTime,
    parseLiteral: (node: ValueNode) => parseDateTime(node.kind === Kind.STRING ? node.value : null),
    serialize: (value: unknown) => new Date(Number(value)).toISOString().replace('.000Z', 'Z'),
  },
  /** Only answered: days come out of a calendar. */
  Date: { serialize: (value: unknown) => String(value) },
  TimeZone: {
    parseValue: requireTimeZone,
    parseLiteral: (node: ValueNode) => requireTimeZone(node.kind === Kind.STRING ? node.value : null),
    serialize: (value: unknown) => String(value),
  },
  JSONObject: {
    parseValue: requireObject,
    parseLiteral: (node: ValueNode, variables: { readonly [name: string]: unknown } | null | undefined) =>
      requireObject(valueFromASTUntyped(node, variables)),
    serialize: requireObject,
  },
};

/** Every reason that a scalar of ours refuses a value with: such an error is bad input, wherever it was found. */
export const scalarReasons: ReadonlySet<unknown> = new Set(['DATE_TIME', 'JSON_OBJECT', 'TIME_ZONE']);

function badDateTime(expected: string): GraphQLError {
  return new GraphQLError(`DateTime must be ${expected}`, { extensions: { reason: 'DATE_TIME' } });
}

/** A name that this runtime's IANA data knows; offsets are no names. */
function requireTimeZone(value: unknown): string {
  if (typeof value === 'string' && timeZoneName.test(value) && isKnownTimeZone(value)) return value;
  throw new GraphQLError('TimeZone must be an IANA time zone name, such as Europe/Berlin', {
    extensions: { reason: 'TIME_ZONE' },
  });
}

const timeZoneName = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

function isKnownTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function requireObject(value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new GraphQLError('JSONObject must be an object', { extensions: { reason: 'JSON_OBJECT' } });
}
