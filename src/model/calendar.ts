import type { Window } from './window.ts';

/** Days of one IANA time zone, each with its own length: a day that loses or gains an hour is a day. */
export type Calendar = {
  readonly timeZone: string;
  /** The first second of the day that holds `at` (seconds since 1970). */
  startOfDay(at: number): number;
  /** The first second of the day `dayCount` days after the one that holds `at`; negative goes back. */
  startOfDayAfter(at: number, dayCount: number): number;
  /** How many days of this zone a window touches. */
  countDays(window: Window): number;
};

const secondsPerDay = 86_400;

/** Makes the calendar of a zone. Throws a RangeError when the zone is unknown to this runtime's IANA data. */
export function createCalendar(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  /** The wall clock of an instant, as if it were UTC. */
  const wallSeconds = (at: number): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at * 1000)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  };

  /** The number of the civil day, counted from 1970-01-01. */
  const civilDay = (at: number): number => Math.floor(wallSeconds(at) / secondsPerDay);

  /** The first instant whose civil day is `day` or later: found by bisection, so any jump of the zone is right. */
  const firstInstantOf = (day: number): number => {
    const guess = day * secondsPerDay - (wallSeconds(day * secondsPerDay) - day * secondsPerDay);
    if (civilDay(guess) === day && civilDay(guess - 1) < day) return guess;
    let before = day * secondsPerDay - 2 * secondsPerDay;
    let after = day * secondsPerDay + 2 * secondsPerDay;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (civilDay(middle) < day) before = middle;
      else after = middle;
    }
    return after;
  };

  return {
    timeZone,
    startOfDay: (at) => firstInstantOf(civilDay(at)),
    startOfDayAfter: (at, dayCount) => firstInstantOf(civilDay(at) + dayCount),
    countDays: ({ from, until }) => (until <= from ? 0 : civilDay(until - 1) - civilDay(from) + 1),
  };
}

/** The last `dayCount` days that end with today: [midnight of the first, next midnight). `nowMs` is in milliseconds. */
export function lastDays(calendar: Calendar, nowMs: number, dayCount: number): Window {
  const now = Math.floor(nowMs / 1000);
  return { from: calendar.startOfDayAfter(now, 1 - dayCount), until: calendar.startOfDayAfter(now, 1) };
}
