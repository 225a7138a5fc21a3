import type { Calendar } from '../model/calendar.ts';
import type { Window } from '../model/window.ts';

/** For how long what was read is served without asking again, in milliseconds, by the age of the newest day that it covers. */
export type FreshnessSettings = { readonly todayMs: number; readonly weekMs: number; readonly olderMs: number };

const recentDays = 7;

/** The freshness of a page: that of its window's newest day, for a day that is over hardly changes. */
export function freshnessMs(window: Window, nowMs: number, calendar: Calendar, settings: FreshnessSettings): number {
  const now = Math.floor(nowMs / 1000);
  if (calendar.startOfDay(now) < window.until) return settings.todayMs;
  return calendar.startOfDayAfter(now, -recentDays) < window.until ? settings.weekMs : settings.olderMs;
}
