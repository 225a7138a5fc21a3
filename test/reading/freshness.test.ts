import { expect, test } from 'vitest';
import { createCalendar } from '../../src/model/calendar.ts';
import { freshnessMs } from '../../src/reading/freshness.ts';

const settings = { todayMs: 60, weekMs: 900, olderMs: 86_400 };
const second = (instant: string) => Date.parse(instant) / 1000;

/** It is the afternoon of 20 November in Berlin, an hour before UTC. */
const now = '2026-11-20T14:59:59.999Z';

test.for<[title: string, until: string, freshness: number]>([
  ['the end of today', '2026-11-20T23:00:00Z', 60],
  ['a day to come', '2026-11-25T00:00:00Z', 60],
  ['the first second of today', '2026-11-19T23:00:01Z', 60],
  ['the end of yesterday', '2026-11-19T23:00:00Z', 900],
  ['three days ago', '2026-11-17T12:00:00Z', 900],
  ['the first second of the day a week ago', '2026-11-12T23:00:01Z', 900],
  ['the end of the day before that', '2026-11-12T23:00:00Z', 86_400],
  ['a year ago', '2025-11-20T00:00:00Z', 86_400],
])('a window that ends with %s is fresh for its time', ([, until, freshness]) => {
  const window = { from: second('2025-01-01T00:00:00Z'), until: second(until) };
  expect(freshnessMs(window, Date.parse(now), createCalendar('Europe/Berlin'), settings)).toBe(freshness);
});

test('the zone says which day is today', () => {
  const window = { from: second('2026-11-19T11:00:00Z'), until: second('2026-11-20T11:00:00Z') };
  const freshnessIn = (zone: string) => freshnessMs(window, Date.parse(now), createCalendar(zone), settings);
  expect(['Pacific/Auckland', 'UTC', 'America/Los_Angeles'].map(freshnessIn)).toEqual([900, 60, 60]);
});
