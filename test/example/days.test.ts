import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachDay, isDay, lastDays, windowOf } from '../../examples/frontend/src/days.ts';
import { createCalendar } from '../../src/model/calendar.ts';

test.each([
  { zone: 'UTC', from: '2026-03-02', to: '2026-03-08', window: ['2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z'] },
  {
    zone: 'Asia/Kolkata',
    from: '2026-03-02',
    to: '2026-03-02',
    window: ['2026-03-01T18:30:00Z', '2026-03-02T18:30:00Z'],
  },
  // The clocks go forward within it: a day of 23 hours.
  {
    zone: 'Europe/Berlin',
    from: '2026-03-29',
    to: '2026-03-29',
    window: ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  },
  {
    zone: 'America/New_York',
    from: '2026-11-01',
    to: '2026-11-01',
    window: ['2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
  },
  {
    zone: 'Pacific/Auckland',
    from: '2026-04-05',
    to: '2026-04-05',
    window: ['2026-04-04T11:00:00Z', '2026-04-05T12:00:00Z'],
  },
  // The clocks go forward at midnight, so that the day begins at one o'clock.
  {
    zone: 'America/Santiago',
    from: '2026-09-06',
    to: '2026-09-06',
    window: ['2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'],
  },
  {
    zone: 'America/Havana',
    from: '2026-03-08',
    to: '2026-03-08',
    window: ['2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
  },
  {
    zone: 'Atlantic/Azores',
    from: '2026-03-29',
    to: '2026-03-29',
    window: ['2026-03-29T01:00:00Z', '2026-03-30T00:00:00Z'],
  },
  // The clocks go back at midnight: a day of 25 hours.
  {
    zone: 'America/Santiago',
    from: '2026-04-04',
    to: '2026-04-04',
    window: ['2026-04-04T03:00:00Z', '2026-04-05T04:00:00Z'],
  },
  // At a minute past midnight they went back by an hour: the evening came twice, and its day had ended already.
  {
    zone: 'America/St_Johns',
    from: '2010-11-07',
    to: '2010-11-07',
    window: ['2010-11-07T02:30:00Z', '2010-11-08T03:30:00Z'],
  },
])('the days $from to $to of $zone begin and end at its midnights', ({ zone, from, to, window }) => {
  expect(Object.values(windowOf({ from, to }, zone))).toEqual(window);
});

const dayMs = 86_400_000;
const [first, last] = [Date.parse('2024-01-01'), Date.parse('2026-12-31')];
const dayCount = (last - first) / dayMs + 1;
const dayAt = (index: number) => new Date(first + index * dayMs).toISOString().slice(0, 10);

/** What is wrong with the beginning of a day: nothing, where it shows its date and the second before it showed the one before. */
function faultsOf(day: string, zone: string): readonly string[] {
  const clock = clockOf(zone);
  const { from } = windowOf({ from: day, to: day }, zone);
  const [on, before] = [clock.format(Date.parse(from)), clock.format(Date.parse(from) - 1_000)];
  return on.startsWith(day) && before.slice(0, 10) < day ? [] : [`${day} begins ${from}: ${before}, then ${on}`];
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return clock;
}

test.each([
  'UTC',
  'Africa/Cairo',
  'America/Asuncion',
  'America/Havana',
  'America/Nuuk',
  'America/Santiago',
  'America/St_Johns',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Pacific/Kiritimati',
])('each day of 2024 to 2026 begins in %s with the first second of its date', (zone) => {
  const faults = Array.from({ length: dayCount }, (_, index) => dayAt(index)).flatMap((day) => faultsOf(day, zone));
  expect(faults).toEqual([]);
});

test('so it does in every zone, and where the gateway has it begin', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const dayIndexes = fc.nat({ max: dayCount - 1 });
  fc.assert(
    fc.property(zones, dayIndexes, (zone, index) => {
      const day = dayAt(index);
      expect(faultsOf(day, zone)).toEqual([]);
      const noon = Date.parse(windowOf({ from: day, to: day }, zone).from) / 1_000 + 43_200;
      const { startOfDay, startOfDayAfter } = createCalendar(zone);
      const window = [startOfDay(noon), startOfDayAfter(noon, 1)].map((second) => second * 1_000);
      expect(Object.values(windowOf({ from: day, to: day }, zone)).map((instant) => Date.parse(instant))).toEqual(
        window,
      );
    }),
    { numRuns: 1_000 },
  );
});

test('the last days end with the zone’s own today', () => {
  const nowMs = Date.parse('2026-03-02T23:30:00Z');
  expect(lastDays(7, 'UTC', nowMs)).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  expect(lastDays(7, 'Asia/Tokyo', nowMs)).toEqual({ from: '2026-02-25', to: '2026-03-03' });
});

test('every day is there once, over the end of a month and a change of clocks', () => {
  expect(eachDay({ from: '2026-02-27', to: '2026-03-02' })).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ]);
  expect(eachDay({ from: '2026-03-28', to: '2026-03-30' })).toHaveLength(3);
});

test.each(['2026-02-30', '2026-3-2', '', 'today', '2026-13-01'])('%j is no day', (text) => {
  expect(isDay(text)).toBe(false);
});
