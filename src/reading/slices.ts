import type { Calendar } from '../model/calendar.ts';
import type { Window } from '../model/window.ts';
import { partsAt } from './split.ts';

/** The slices of a window, oldest first: its days in the gateway's zone, cut at the window's edges. They touch and don't overlap. */
export function slicesOf(window: Window, calendar: Calendar): readonly Window[] {
  const cuts: number[] = [];
  for (let at = calendar.startOfDayAfter(window.from, 1); at < window.until; at = calendar.startOfDayAfter(at, 1)) {
    cuts.push(at);
  }
  return partsAt(window, cuts);
}
