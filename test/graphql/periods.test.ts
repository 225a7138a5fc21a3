import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutsOf, finestPeriod, periodsAt } from '../../src/graphql/asking/periods.ts';
import { type Calendar, createCalendar } from '../../src/model/calendar.ts';
import type { Dimension } from '../../src/selection/dimension.ts';

const seed = 20_261_125;
const dayLength = 86_400;
const second = (instant: string) => Date.parse(instant) / 1000;

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Pacific/Apia',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
];
const calendars = new Map(zones.map((zone) => [zone, createCalendar(zone)]));

/** About days that are odd somewhere. */
const start = fc.oneof(
  ...['2011-12-30', '2018-11-04', '2019-02-17', '2026-03-29', '2026-10-25', '2026-02-15', '2010-11-07'].map((date) =>
    fc.integer({ min: -4 * dayLength, max: 4 * dayLength }).map((distance) => second(`${date}T00:00:00Z`) + distance),
  ),
);
const zone = fc.constantFrom(...zones);
const periods = fc.subarray<Dimension>(['WINDOW_DAY', 'WINDOW_WEEK', 'WINDOW_MONTH'], { minLength: 1 });

test('each part between two cuts lies in one day, week or month, whichever were asked for', () => {
  fc.assert(
    fc.property(
      zone,
      zone,
      start,
      fc.integer({ min: 1, max: 9 * dayLength }),
      periods,
      (one, other, from, seconds, asked) => {
        const [calendar, own] = [calendarOf(one), calendarOf(other)];
        const window = { from, until: from + seconds };
        const cuts = cutsOf(window, asked, calendar, own);
        const midnights = midnightsOf(window, own);
        const edges = [...new Set([from, ...cuts, ...midnights, window.until])].sort((a, b) => a - b);
        for (const [at, edge] of edges.slice(0, -1).entries()) {
          const last = (edges[at + 1] ?? 0) - 1;
          expect(shown(edge, calendar, asked)).toEqual(shown(last, calendar, asked));
        }
        for (const cut of cuts) {
          expect(window.from < cut && cut < window.until && !midnights.includes(cut)).toBe(true);
          expect(shown(cut, calendar, asked)).not.toEqual(shown(cut - 1, calendar, asked));
        }
      },
    ),
    { seed, numRuns: 300 },
  );
});

describe('the periods of an instant are named by their first day in the zone', () => {
  test.for<[zone: string, at: string, day: string, week: string, month: string]>([
    ['UTC', '2026-03-01T23:59:59Z', '2026-03-01', '2026-02-23', '2026-03-01'],
    ['UTC', '2026-03-02T00:00:00Z', '2026-03-02', '2026-03-02', '2026-03-01'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29', '2026-03-23', '2026-03-01'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25', '2026-10-19', '2026-10-01'],
    ['America/New_York', '2027-01-01T04:59:59Z', '2026-12-31', '2026-12-28', '2026-12-01'],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29', '2011-12-26', '2011-12-01'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31', '2011-12-26', '2011-12-01'],
    ['Africa/Casablanca', '2026-02-15T01:30:00Z', '2026-02-15', '2026-02-09', '2026-02-01'],
    ['America/St_Johns', '2010-11-07T02:45:00Z', '2010-11-07', '2010-11-01', '2010-11-01'],
    ['UTC', '1969-12-31T23:59:59Z', '1969-12-31', '1969-12-29', '1969-12-01'],
    ['UTC', '0001-01-01T00:00:00Z', '0001-01-01', '0001-01-01', '0001-01-01'],
  ])('%s %s', ([name, at, day, week, month]) => {
    expect(periodsAt(second(at), createCalendar(name))).toEqual({ day, week, month });
  });
});

test.for<[dimensions: readonly Dimension[], finest: Dimension | null]>([
  [['WINDOW_MONTH', 'WINDOW_DAY'], 'WINDOW_DAY'],
  [['WINDOW_MONTH', 'AGENT', 'WINDOW_WEEK'], 'WINDOW_WEEK'],
  [['WINDOW_MONTH'], 'WINDOW_MONTH'],
  [['AGENT', 'QUEUE'], null],
])('the finest of several periods is shown: %s', ([dimensions, finest]) => {
  expect(finestPeriod(dimensions)).toBe(finest);
});

function shown(at: number, calendar: Calendar, asked: readonly Dimension[]): readonly string[] {
  const { day, week, month } = periodsAt(at, calendar);
  const names: { readonly [Name in Dimension]?: string } = { WINDOW_DAY: day, WINDOW_WEEK: week, WINDOW_MONTH: month };
  return asked.flatMap((dimension) => names[dimension] ?? []);
}

function midnightsOf({ from, until }: { from: number; until: number }, calendar: Calendar): readonly number[] {
  const midnights: number[] = [];
  for (let at = calendar.startOfDayAfter(from, 1); at < until; at = calendar.startOfDayAfter(at, 1)) midnights.push(at);
  return midnights;
}

function calendarOf(name: string): Calendar {
  return calendars.get(name) ?? createCalendar(name);
}
