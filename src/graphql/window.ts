import { Failure } from '../errors.ts';
import { type Calendar, lastDays } from '../model/calendar.ts';
import { type Window, windowSeconds } from '../model/window.ts';
import type { TimeWindow } from './generated.ts';

export type WindowLimits = { readonly windowDaysMax: number; readonly windowDaysDefault: number };

const secondsPerDay = 86_400;

/** The window of an argument. Reversed or empty, too long, or finer than seconds is BAD_USER_INPUT. */
export function windowOf({ from, until }: TimeWindow, { windowDaysMax }: WindowLimits): Window {
  if (from % 1000 !== 0 || until % 1000 !== 0) {
    throw new Failure('BAD_USER_INPUT', 'A window begins and ends on a whole second', { reason: 'WINDOW_SUB_SECOND' });
  }
  const window = { from: from / 1000, until: until / 1000 };
  if (window.until <= window.from) {
    throw new Failure('BAD_USER_INPUT', 'A window ends after it begins', { reason: 'WINDOW_REVERSED' });
  }
  if (windowDaysMax * secondsPerDay < windowSeconds(window)) {
    throw new Failure('BAD_USER_INPUT', `A window spans at most ${windowDaysMax} days`, { reason: 'WINDOW_TOO_LONG' });
  }
  return window;
}

/** The window of a question that names none: the days that end with today. `nowMs` is in milliseconds since 1970. */
export function defaultWindow(calendar: Calendar, nowMs: number, { windowDaysDefault }: WindowLimits): Window {
  return lastDays(calendar, nowMs, windowDaysDefault);
}
