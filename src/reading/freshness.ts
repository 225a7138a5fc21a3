import type { Calendar } from '../model/calendar.ts';
import type { Window } from '../model/window.ts';

/** For how long what was read is served without asking again, in milliseconds, by the age of the newest day that it covers. */
export type FreshnessSettings = { readonly todayMs: number; readonly weekMs: number; readonly olderMs: number };

const recentDays = 7;

/**
 * The freshness of a page: that of its window's newest day, for a day that is over hardly changes. It is judged by the day on which the page was
 * read: what was read of a day that was still running doesn't become final by midnight.
 */
export function freshnessMs(window: Window, readAtMs: number, calendar: Calendar, settings: FreshnessSettings): number {
  const readAt = Math.floor(readAtMs / 1000);
  if (calendar.startOfDay(readAt) < window.until) return settings.todayMs;
  return calendar.startOfDayAfter(readAt, -recentDays) < window.until ? settings.weekMs : settings.olderMs;
}

/** Clocks of replicas differ: what another has read may seem to be read so much later than now. */
const clockSkewMsMax = 2_000;

/** How old what was read is, in milliseconds. Below 0: it is of a time to come, by more than clocks may differ, and says nothing of its age. */
export function ageMsOf(readAtMs: number, nowMs: number): number {
  const ageMs = nowMs - readAtMs;
  return -clockSkewMsMax <= ageMs && ageMs < 0 ? 0 : ageMs;
}
