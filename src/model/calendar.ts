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
  const offsetAt = createOffsets(timeZone);
  const wallDay = (at: number): number => Math.floor((at + offsetAt(at)) / secondsPerDay);

  /** The first instant by which the wall clock shows `day` or later. */
  const firstInstantOf = (day: number): number => {
    const midnight = day * secondsPerDay;
    for (const near of [midnight - secondsPerDay, midnight + secondsPerDay]) {
      const guess = midnight - offsetAt(near);
      if (wallDay(guess) === day && wallDay(guess - 1) < day) return guess;
    }
    // The clock jumps over this midnight: the jump is found by bisection.
    let before = midnight - 2 * secondsPerDay;
    let after = midnight + 2 * secondsPerDay;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (wallDay(middle) < day) before = middle;
      else after = middle;
    }
    return after;
  };

  /** The number of the day that holds an instant. Where the clock is set back over midnight, the day before doesn't begin again. */
  const dayOf = (at: number): number => {
    const day = wallDay(at);
    return firstInstantOf(day + 1) <= at ? day + 1 : day;
  };

  return {
    timeZone,
    startOfDay: (at) => firstInstantOf(dayOf(at)),
    startOfDayAfter: (at, dayCount) => firstInstantOf(dayOf(at) + dayCount),
    countDays: ({ from, until }) => (until <= from ? 0 : dayOf(until - 1) - dayOf(from) + 1),
  };
}

/**
 * How far the wall clock of a zone is ahead of UTC at an instant, in seconds. A zone that changed sides of the date line skipped a date: its
 * offsets are counted from one side, for the date that it skipped was no day.
 */
function createOffsets(timeZone: string): (at: number) => number {
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
  const offsetAt = (at: number): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at * 1000)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
  };
  const base = offsetAt(0);
  return (at) => {
    const offset = offsetAt(at);
    return offset - Math.round((offset - base) / secondsPerDay) * secondsPerDay;
  };
}

/** The last `dayCount` days that end with today: [midnight of the first, next midnight). `nowMs` is in milliseconds. */
export function lastDays(calendar: Calendar, nowMs: number, dayCount: number): Window {
  const now = Math.floor(nowMs / 1000);
  return { from: calendar.startOfDayAfter(now, 1 - dayCount), until: calendar.startOfDayAfter(now, 1) };
}
