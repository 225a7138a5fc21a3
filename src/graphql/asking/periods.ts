import { type Calendar, firstOfMonth, mondayOf } from '../../model/calendar.ts';
import type { Window } from '../../model/window.ts';
import type { Dimension, Periods } from '../../selection/dimension.ts';

/** The day, week and month that hold an instant (in seconds since 1970), by the first day of each. */
export function periodsAt(at: number, calendar: Calendar): Periods {
  const day = calendar.dateOf(at);
  return { day, week: mondayOf(day), month: firstOfMonth(day) };
}

/** The periods of instants that mostly come day by day: each day is worked out once. */
export function createPeriods(calendar: Calendar): (at: number) => Periods {
  let day: Window & { readonly periods: Periods } = { from: 0, until: 0, periods: noPeriods };
  return (at) => {
    const isKnown = day.from <= at && at < day.until;
    if (!isKnown)
      day = { from: calendar.startOfDay(at), until: calendar.startOfDayAfter(at, 1), periods: periodsAt(at, calendar) };
    return day.periods;
  };
}

/** What rows are grouped by that aren't grouped by periods. */
export const noPeriods: Periods = { day: '', week: '', month: '' };

const periodOf: { readonly [Name in Dimension]?: keyof Periods } = {
  WINDOW_DAY: 'day',
  WINDOW_WEEK: 'week',
  WINDOW_MONTH: 'month',
};

/** The period that groups of these dimensions show: the finest; null where they have none. */
export function finestPeriod(dimensions: readonly Dimension[]): Dimension | null {
  const finest = (['WINDOW_DAY', 'WINDOW_WEEK', 'WINDOW_MONTH'] as const).find((each) => dimensions.includes(each));
  return finest ?? null;
}

/**
 * Where a window must be cut so that each part lies in one of the periods asked for: the instants in it, in seconds, at which one begins by
 * `calendar`, but for midnights of `own`, which cut anyway.
 */
export function cutsOf(
  { from, until }: Window,
  dimensions: readonly Dimension[],
  calendar: Calendar,
  own: Calendar,
): readonly number[] {
  const cuts: number[] = [];
  const asked = dimensions.flatMap((dimension) => periodOf[dimension] ?? []);
  if (asked.length === 0) return cuts;
  let known = periodsAt(from, calendar);
  for (let at = calendar.startOfDayAfter(from, 1); at < until; at = calendar.startOfDayAfter(at, 1)) {
    const next = periodsAt(at, calendar);
    if (asked.some((name) => next[name] !== known[name]) && own.startOfDay(at) !== at) cuts.push(at);
    known = next;
  }
  return cuts;
}
