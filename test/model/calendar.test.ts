import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  type Calendar,
  createCalendar,
  createCalendars,
  firstOfMonth,
  lastDays,
  mondayOf,
} from '../../src/model/calendar.ts';

const seed = 20_261_122;

/** Zones whose days are odd, and what happened there about that day. */
const oddDays: readonly (readonly [zone: string, date: string, what: string])[] = [
  ['UTC', '2026-03-02', 'nothing'],
  ['Europe/Berlin', '2026-03-29', 'an hour is lost'],
  ['Europe/Berlin', '2026-10-25', 'an hour is gained'],
  ['America/New_York', '2026-11-01', 'an hour is gained'],
  ['America/Sao_Paulo', '2018-11-04', 'there is no midnight'],
  ['America/Sao_Paulo', '2019-02-17', 'the hour before midnight comes twice'],
  ['America/Havana', '2026-03-08', 'there is no midnight'],
  ['America/Asuncion', '2023-10-01', 'there is no midnight'],
  ['America/Santiago', '2026-09-06', 'there is no midnight'],
  ['Africa/Cairo', '2026-04-24', 'there is no midnight'],
  ['Africa/Cairo', '2026-10-30', 'the hour before midnight comes twice'],
  ['Asia/Beirut', '2026-03-29', 'there is no midnight'],
  ['Asia/Beirut', '2026-10-25', 'the hour before midnight comes twice'],
  ['Asia/Tehran', '2022-03-22', 'there is no midnight'],
  ['Asia/Gaza', '2026-03-28', 'an hour is lost'],
  ['Africa/Casablanca', '2026-02-15', 'an hour is gained for a month'],
  ['Australia/Lord_Howe', '2026-04-05', 'half an hour is gained'],
  ['Australia/Lord_Howe', '2026-10-04', 'half an hour is lost'],
  ['America/St_Johns', '2010-11-07', 'the clock is set back over midnight'],
  ['America/St_Johns', '2010-03-14', 'an hour is lost in the first minute'],
  ['Antarctica/Casey', '2010-03-05', 'the clock is set back over midnight by three hours'],
  ['Antarctica/Troll', '2026-03-29', 'two hours are lost'],
  ['Pacific/Apia', '2011-12-30', 'the day is skipped'],
  ['Pacific/Fakaofo', '2011-12-30', 'the day is skipped'],
  ['Pacific/Kwajalein', '1993-08-21', 'the day is skipped'],
  ['Pacific/Kiritimati', '1994-12-31', 'the day is skipped'],
  ['Asia/Pyongyang', '2015-08-15', 'half an hour is gained at midnight'],
  ['Asia/Kathmandu', '2026-01-01', 'nothing, at a quarter hour'],
  ['America/Caracas', '2007-12-09', 'half an hour is gained'],
];

const calendars = new Map<string, Calendar>();
const second = (date: string) => Date.parse(`${date}T00:00:00Z`) / 1000;
const dayLength = 86_400;

const place = fc.oneof(
  fc
    .tuple(fc.constantFrom(...oddDays), fc.integer({ min: -3 * dayLength, max: 3 * dayLength }))
    .map(([[zone, date], distance]) => ({ zone, at: second(date) + distance })),
  fc.record({
    zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    at: fc.integer({ min: second('1970-01-05'), max: second('2100-01-01') }),
  }),
);

describe('days', { timeout: 60_000 }, () => {
  test('hold their instants, begin where the day before ends, and are as long as days can be', () => {
    fc.assert(
      fc.property(place, ({ zone, at }) => {
        const calendar = calendarOf(zone);
        const [start, end] = [calendar.startOfDay(at), calendar.startOfDayAfter(at, 1)];
        expect(start).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(end);
        expect(calendar.startOfDayAfter(at, 0)).toBe(start);
        expect([start, end - 1].map((each) => calendar.startOfDay(each))).toEqual([start, start]);
        expect([calendar.startOfDay(end), calendar.startOfDayAfter(start - 1, 1)]).toEqual([end, start]);
        expect(end - start).toBeGreaterThanOrEqual(20 * 3600);
        expect(end - start).toBeLessThanOrEqual(28 * 3600);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  test('of a window are as many as are counted, walking from each to the next', () => {
    fc.assert(
      fc.property(place, fc.nat(12 * dayLength), ({ zone, at }, seconds) => {
        const calendar = calendarOf(zone);
        const window = { from: at, until: at + seconds };
        let dayCount = 0;
        for (let start = calendar.startOfDay(at); start < window.until; start = calendar.startOfDayAfter(start, 1)) {
          if (at < window.until) dayCount += 1;
        }
        expect(calendar.countDays(window)).toBe(seconds === 0 ? 0 : dayCount);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  test('that end with today are as many as were asked for, and end at the next midnight', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 20 }), fc.nat(999), ({ zone, at }, dayCount, milliseconds) => {
        const calendar = calendarOf(zone);
        const window = lastDays(calendar, at * 1000 + milliseconds, dayCount);
        expect(window.until).toBe(calendar.startOfDayAfter(at, 1));
        expect(window.from).toBe(calendar.startOfDay(window.from));
        expect(calendar.countDays(window)).toBe(dayCount);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  test('have each a date of their own, which grows with them; only a date that a zone skipped is missing', () => {
    fc.assert(
      fc.property(place, ({ zone, at }) => {
        const calendar = calendarOf(zone);
        const [today, tomorrow] = [calendar.dateOf(at), calendar.dateOf(calendar.startOfDayAfter(at, 1))];
        expect(calendar.dateOf(calendar.startOfDay(at))).toBe(today);
        expect(calendar.dateOf(calendar.startOfDayAfter(at, 1) - 1)).toBe(today);
        const distance = (second(tomorrow) - second(today)) / dayLength;
        const isSkipping = /^Pacific|^Asia\/Manila|^America\/(Juneau|Sitka|Metlakatla)|^Kwajalein/.test(zone);
        expect(distance).toBeGreaterThanOrEqual(1);
        expect(distance).toBeLessThanOrEqual(isSkipping ? 2 : 1);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  test('of a window that is empty or reversed are none', () => {
    const calendar = calendarOf('Europe/Berlin');
    expect(calendar.countDays({ from: 5, until: 5 })).toBe(0);
    expect(calendar.countDays({ from: dayLength * 5, until: 5 })).toBe(0);
  });
});

test.for<[zone: string, at: string, start: string, end: string]>([
  ['UTC', '2026-03-02T12:00:00Z', '2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z'],
  ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
  ['America/Sao_Paulo', '2019-02-17T02:30:00Z', '2019-02-16T02:00:00Z', '2019-02-17T03:00:00Z'],
  ['Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
  ['Asia/Beirut', '2026-03-29T12:00:00Z', '2026-03-28T22:00:00Z', '2026-03-29T21:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-05T12:00:00Z', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z'],
  ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29T10:00:00Z', '2011-12-30T10:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z', '2011-12-31T10:00:00Z'],
  ['America/St_Johns', '2010-11-07T02:45:00Z', '2010-11-07T02:30:00Z', '2010-11-08T03:30:00Z'],
  ['Asia/Kathmandu', '1970-01-01T00:00:00Z', '1969-12-31T18:30:00Z', '1970-01-01T18:30:00Z'],
])('a day of %s that holds %s is from %s to %s', ([zone, at, start, end]) => {
  const calendar = calendarOf(zone);
  const seconds = Date.parse(at) / 1000;
  expect(new Date(calendar.startOfDay(seconds) * 1000)).toEqual(new Date(start));
  expect(new Date(calendar.startOfDayAfter(seconds, 1) * 1000)).toEqual(new Date(end));
});

test.for<[zone: string, at: string, date: string]>([
  ['UTC', '0001-01-01T00:00:00Z', '0001-01-01'],
  ['UTC', '0099-12-31T23:59:59Z', '0099-12-31'],
  ['UTC', '9999-12-31T23:59:59Z', '9999-12-31'],
  ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-10-26'],
  ['America/Sao_Paulo', '2019-02-17T02:30:00Z', '2019-02-16'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
  ['Pacific/Kwajalein', '1993-08-21T11:59:59Z', '1993-08-20'],
  ['Pacific/Kwajalein', '1993-08-21T12:00:00Z', '1993-08-22'],
  ['America/St_Johns', '2010-11-07T02:45:00Z', '2010-11-07'],
])('the date of the day of %s that holds %s is %s', ([zone, at, date]) => {
  expect(calendarOf(zone).dateOf(Date.parse(at) / 1000)).toBe(date);
});

test('a date is of the week of its Monday, and of the month of its first day', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-25'), noInvalidDate: true }), (day) => {
      const date = day.toISOString().slice(0, 10);
      const monday = new Date(mondayOf(date));
      expect(monday.getUTCDay()).toBe(1);
      const distance = (Date.parse(date) - monday.getTime()) / 1000 / dayLength;
      expect(Number.isInteger(distance) && 0 <= distance && distance < 7).toBe(true);
      expect(firstOfMonth(date)).toBe(`${date.slice(0, 8)}01`);
    }),
    { seed, numRuns: 1_000 },
  );
});

test.for(['', 'Mars/Olympus', 'Europe/berlin '])('a zone that is unknown is refused: "%s"', (zone) => {
  expect(() => createCalendar(zone)).toThrow(RangeError);
});

test('calendars are made once for each zone, and never for the own one', () => {
  const own = createCalendar('Europe/Berlin');
  const of = createCalendars(own);
  expect(of('Europe/Berlin')).toBe(own);
  expect(of('Asia/Tokyo')).toBe(of('Asia/Tokyo'));
  expect(of('Asia/Tokyo').timeZone).toBe('Asia/Tokyo');
  expect(() => of('Mars/Olympus')).toThrow(RangeError);
});

test('days that are walked over again cost nothing of what the first walk cost', () => {
  const calendar = createCalendar('America/New_York');
  const asking = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
  const walk = (): number => {
    asking.mockClear();
    let at = calendar.startOfDay(1_772_000_000);
    for (let day = 0; day < 92; day++) at = calendar.startOfDayAfter(at, 1);
    return asking.mock.calls.length;
  };
  const [first, again] = [walk(), walk()];
  asking.mockRestore();
  expect([first < 92 * 4, again]).toEqual([true, 0]);
});

function calendarOf(zone: string): Calendar {
  const calendar = calendars.get(zone) ?? createCalendar(zone);
  calendars.set(zone, calendar);
  return calendar;
}
