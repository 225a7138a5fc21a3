import { Failure } from '../../errors.ts';
import { type Calendar, lastDays } from '../../model/calendar.ts';
import type { Window } from '../../model/window.ts';
import type { TimeWindow } from '../generated.ts';

export type WindowLimits = { readonly windowDaysMax: number; readonly windowDaysDefault: number };

/** The window of an argument. Reversed or empty, too long, or finer than seconds is BAD_USER_INPUT. */
export function windowOf(argument: TimeWindow, calendar: Calendar, { windowDaysMax }: WindowLimits): Window {
  const window = secondsOf(argument, '`window`');
  // Days of the calendar: one that gains an hour is a day.
  const latest = calendar.startOfDayAfter(window.from, windowDaysMax) + window.from - calendar.startOfDay(window.from);
  if (latest < window.until) {
    throw new Failure('BAD_USER_INPUT', `\`window\` spans at most ${windowDaysMax} days`, {
      reason: 'WINDOW_TOO_LONG',
    });
  }
  return window;
}

/** A span of any length in seconds, as an argument of this name gives it. Reversed or empty, or finer than seconds is BAD_USER_INPUT. */
export function secondsOf({ from, until }: TimeWindow, name: string): Window {
  if (from % 1000 !== 0 || until % 1000 !== 0) {
    throw new Failure('BAD_USER_INPUT', `${name} begins and ends on a whole second`, { reason: 'WINDOW_SUB_SECOND' });
  }
  if (until <= from) {
    throw new Failure('BAD_USER_INPUT', `${name} ends after it begins`, { reason: 'WINDOW_REVERSED' });
  }
  return { from: from / 1000, until: until / 1000 };
}

/** The window of a question that names none: the days that end with today. `nowMs` is in milliseconds since 1970. */
export function defaultWindow(calendar: Calendar, nowMs: number, { windowDaysDefault }: WindowLimits): Window {
  return lastDays(calendar, nowMs, windowDaysDefault);
}
