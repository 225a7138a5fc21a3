import fc from 'fast-check';
import { GraphQLError, parseValue } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parseDateTime, scalarReasons, scalars } from '../../src/graphql/resolvers/scalars.ts';

const parameters = { seed: 20_261_122, numRuns: 2_000 };

describe('a DateTime', () => {
  test.for<[text: string, instant: string]>([
    ['2026-03-23T10:00:00Z', '2026-03-23T10:00:00.000Z'],
    ['2026-03-23t10:00:00z', '2026-03-23T10:00:00.000Z'],
    ['2026-03-23T10:00:00+00:00', '2026-03-23T10:00:00.000Z'],
    ['2026-03-23T10:00:00-00:00', '2026-03-23T10:00:00.000Z'],
    ['2026-03-23T10:00:00+05:30', '2026-03-23T04:30:00.000Z'],
    ['2026-03-23T10:00:00-08:00', '2026-03-23T18:00:00.000Z'],
    ['2026-12-31T23:59:59-00:01', '2027-01-01T00:00:59.000Z'],
    ['2026-01-01T00:00:00+23:59', '2025-12-31T00:01:00.000Z'],
    ['2026-03-23T10:00:00.5Z', '2026-03-23T10:00:00.500Z'],
    ['2026-03-23T10:00:00.05Z', '2026-03-23T10:00:00.050Z'],
    ['2026-03-23T10:00:00.123000000Z', '2026-03-23T10:00:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('is an instant, whatever its offset and its case: %s', ([text, instant]) => {
    expect(new Date(parseDateTime(text)).toISOString()).toBe(instant);
  });

  test.for(['2026-03-23T10:00:00.0001Z', '2026-03-23T10:00:00.123000001+01:00', '1969-12-31T23:59:59.9999999Z'])(
    'that is finer than a millisecond is no whole number of them: %s',
    (text) => {
      expect(Number.isInteger(parseDateTime(text))).toBe(false);
    },
  );

  test.for<[title: string, value: unknown]>([
    ['no offset', '2026-03-23T10:00:00'],
    ['a date alone', '2026-03-23'],
    ['no seconds', '2026-03-23T10:00Z'],
    ['a blank for the T', '2026-03-23 10:00:00Z'],
    ['a short offset', '2026-03-23T10:00:00+01'],
    ['an offset without a colon', '2026-03-23T10:00:00+0100'],
    ['an offset of 24 hours', '2026-03-23T10:00:00+24:00'],
    ['an offset of 60 minutes', '2026-03-23T10:00:00+01:60'],
    ['hour 24', '2026-03-23T24:00:00Z'],
    ['minute 60', '2026-03-23T10:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['30 February', '2026-02-30T00:00:00Z'],
    ['29 February of a common year', '2026-02-29T00:00:00Z'],
    ['29 February 1900', '1900-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['a signed year', '+002026-03-23T10:00:00Z'],
    ['a fraction of nothing', '2026-03-23T10:00:00.Z'],
    ['a comma', '2026-03-23T10:00:00,5Z'],
    ['ten digits of a fraction', '2026-03-23T10:00:00.0123456789Z'],
    ['a blank behind', '2026-03-23T10:00:00Z '],
    ['a line behind', '2026-03-23T10:00:00Z\n'],
    ['other digits', '２０２６-03-23T10:00:00Z'],
    ['a very long text', `2026-03-23T10:00:00.${'0'.repeat(100_000)}Z`],
    ['nothing', ''],
    ['a number', 1_774_260_000_000],
    ['null', null],
    ['a date', new Date(0)],
    ['a list', ['2026-03-23T10:00:00Z']],
  ])('is refused: %s', ([, value]) => {
    const refused = expect.objectContaining({ extensions: { reason: 'DATE_TIME' } });
    expect(() => parseDateTime(value)).toThrow(refused);
    expect(scalarReasons.has('DATE_TIME')).toBe(true);
  });

  test('that is answered can be asked with', () => {
    const { serialize } = scalars.DateTime;
    fc.assert(
      fc.property(fc.integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31') }), (instant) => {
        expect(parseDateTime(serialize(instant))).toBe(instant);
      }),
      parameters,
    );
    expect(serialize(0)).toBe('1970-01-01T00:00:00Z');
    expect(serialize(1_500)).toBe('1970-01-01T00:00:01.500Z');
  });

  test('means the same with any offset', () => {
    const pad = (value: number) => String(value).padStart(2, '0');
    const instant = fc.integer({ min: Date.parse('1900-01-01') / 1000, max: Date.parse('2100-01-01') / 1000 });
    fc.assert(
      fc.property(instant, fc.integer({ min: -1439, max: 1439 }), (seconds, offset) => {
        const wall = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
        const size = Math.abs(offset);
        const sign = offset < 0 ? '-' : '+';
        const text = `${wall}${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
        expect(parseDateTime(text)).toBe(seconds * 1000);
      }),
      parameters,
    );
  });

  test('is a string in a document, and nothing else', () => {
    const literal = (text: string) => scalars.DateTime.parseLiteral(parseValue(text));
    expect(literal('"1970-01-01T00:00:01Z"')).toBe(1_000);
    for (const text of ['1000', 'TODAY', 'null', '["1970-01-01T00:00:01Z"]']) {
      expect(() => literal(text), text).toThrow(GraphQLError);
    }
  });
});

describe('a TimeZone', () => {
  test.for(['UTC', 'Europe/Berlin', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Pacific/Apia'])(
    'is a name of the IANA data: %s',
    (zone) => {
      const literal = parseValue(JSON.stringify(zone));
      expect([scalars.TimeZone.parseValue(zone), scalars.TimeZone.parseLiteral(literal)]).toEqual([zone, zone]);
    },
  );

  test.for(['', 'Mars/Olympus', '+01:00', '-08:00', 'Europe/Berlin ', ' UTC', 'x'.repeat(1_000), 60, null, ['UTC']])(
    'is refused: %j',
    (value) => {
      const refused = expect.objectContaining({ extensions: { reason: 'TIME_ZONE' } });
      expect(() => scalars.TimeZone.parseValue(value)).toThrow(refused);
      expect(() => scalars.TimeZone.parseLiteral(parseValue(JSON.stringify(value)))).toThrow(refused);
      expect(scalarReasons.has('TIME_ZONE')).toBe(true);
    },
  );
});

describe('a JSONObject', () => {
  test.for([{}, { a: [1, null, { b: 'c' }] }])('is passed through as it is: %j', (value) => {
    expect(scalars.JSONObject.serialize(value)).toBe(value);
    expect(scalars.JSONObject.parseValue(value)).toBe(value);
  });

  test.for([null, 'text', 1, true, undefined, [[]], [1, 2]])('is refused where it is no object: %j', (value) => {
    const refused = expect.objectContaining({ extensions: { reason: 'JSON_OBJECT' } });
    expect(() => scalars.JSONObject.serialize(value)).toThrow(refused);
    expect(scalarReasons.has('JSON_OBJECT')).toBe(true);
  });

  test('may be a literal with variables in it', () => {
    const literal = parseValue('{ a: 1, b: [true, null, E], c: $x }');
    expect(scalars.JSONObject.parseLiteral(literal, { x: 'y' })).toEqual({ a: 1, b: [true, null, 'E'], c: 'y' });
  });
});
