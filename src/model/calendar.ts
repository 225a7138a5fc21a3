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
  /** The date of the day that holds `at`, YYYY-MM-DD. */
  dateOf(at: number): string;
};

const secondsPerDay = 86_400;
const secondsPer400Years = 146_097 * secondsPerDay;

/** Makes the calendar of a zone. Throws a RangeError when the zone is unknown to this runtime's IANA data. */
export function createCalendar(timeZone: string): Calendar {
  const wallClock = remembered(createWallClock(timeZone));
  const offsetAt = createOffsets(wallClock);
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
    // Its first instant shows the day's own date, also where the clock is set back into the day before.
    dateOf: (at) => dateText(wallClock(firstInstantOf(dayOf(at)))),
  };
}

/** Calendars by their zones: `own`, and others that are made when they are first asked for. Throws a RangeError as `createCalendar` does. */
export function createCalendars(own: Calendar): (timeZone: string) => Calendar {
  const known = new Map([[own.timeZone, own]]);
  return (timeZone) => {
    const calendar = known.get(timeZone) ?? createCalendar(timeZone);
    known.set(timeZone, calendar);
    return calendar;
  };
}

/** What the clocks of a zone show at an instant, as the second at which those of UTC show the same. */
function createWallClock(timeZone: string): (at: number) => number {
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
  return (at) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at * 1000)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    // Date.UTC takes the years 0 to 99 for those of the twentieth century; the calendar repeats itself every 400 years.
    return Date.UTC(year + 400, month - 1, day, hour, minute, second) / 1000 - secondsPer400Years;
  };
}

/** So many instants are remembered: the midnights of some quarters, and what is around them. */
const rememberedMax = 5_000;

/** What the clocks of a zone show is dear to ask for, and the same midnights are asked for again and again. */
function remembered(wallClock: (at: number) => number): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const shown = known.get(at) ?? wallClock(at);
    if (known.size === rememberedMax) known.clear();
    known.set(at, shown);
    return shown;
  };
}

/**
 * How far the wall clock of a zone is ahead of UTC at an instant, in seconds. A zone that changed sides of the date line skipped a date: its
 * offsets are counted from one side, for the date that it skipped was no day.
 */
function createOffsets(wallClock: (at: number) => number): (at: number) => number {
  const base = wallClock(0);
  return (at) => {
    const offset = wallClock(at) - at;
    return offset - Math.round((offset - base) / secondsPerDay) * secondsPerDay;
  };
}

/** The Monday on or before a date; both YYYY-MM-DD. */
export function mondayOf(date: string): string {
  const day = Date.parse(`${date}T00:00:00Z`) / 1000 / secondsPerDay;
  // 1970 began on a Thursday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return dateText((day - weekday) * secondsPerDay);
}

/** The first day of the month of a date; both YYYY-MM-DD. */
export function firstOfMonth(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

function dateText(second: number): string {
  return new Date(second * 1000).toISOString().slice(0, 10);
}

/** The last `dayCount` days that end with today: [midnight of the first, next midnight). `nowMs` is in milliseconds. */
export function lastDays(calendar: Calendar, nowMs: number, dayCount: number): Window {
  const now = Math.floor(nowMs / 1000);
  return { from: calendar.startOfDayAfter(now, 1 - dayCount), until: calendar.startOfDayAfter(now, 1) };
}
