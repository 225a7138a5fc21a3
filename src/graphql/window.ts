import { Failure } from '../errors.ts';
import { type Calendar, lastDays } from '../model/calendar.ts';
import type { Window } from '../model/window.ts';
import type { TimeWindow } from './generated.ts';

export type WindowLimits = { readonly windowDaysMax: number; readonly windowDaysDefault: number };

/** The window of an argument. Reversed or empty, too long, or finer than seconds is BAD_USER_INPUT. */
export function windowOf({ from, until }: TimeWindow, calendar: Calendar, { windowDaysMax }: WindowLimits): Window {
  if (from % 1000 !== 0 || until % 1000 !== 0) {
    throw new Failure('BAD_USER_INPUT', 'A window begins and ends on a whole second', { reason: 'WINDOW_SUB_SECOND' });
  }
  const window = { from: from / 1000, until: until / 1000 };
  if (window.until <= window.from) {
    throw new Failure('BAD_USER_INPUT', 'A window ends after it begins', { reason: 'WINDOW_REVERSED' });
  }
  // Days of the calendar: one that gains an hour is a day.
  const latest = calendar.startOfDayAfter(window.from, windowDaysMax) + window.from - calendar.startOfDay(window.from);
  if (latest < window.until) {
    throw new Failure('BAD_USER_INPUT', `A window spans at most ${windowDaysMax} days`, { reason: 'WINDOW_TOO_LONG' });
  }
  return window;
}

/** The window of a question that names none: the days that end with today. `nowMs` is in milliseconds since 1970. */
export function defaultWindow(calendar: Calendar, nowMs: number, { windowDaysDefault }: WindowLimits): Window {
  return lastDays(calendar, nowMs, windowDaysDefault);
}
