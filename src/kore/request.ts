import type { Window } from '../model/window.ts';
import type { PageRequest } from '../reading/source.ts';

/**
 * How the wire's `endDate` is meant; no published version says it (contract section 3.1).
 * `inclusive-second`: the whole second that it names belongs to the window; `inclusive-ms`: that very millisecond; `exclusive`: it does not.
 */
export type WindowEnd = 'inclusive-second' | 'inclusive-ms' | 'exclusive';

export type RequestSettings = {
  readonly windowEnd: WindowEnd;
  /** Every sample sends `include_below_threshold` as a JSON boolean; one table calls it a string. */
  readonly belowThresholdForm: 'boolean' | 'string';
};

/** The wire is never asked beyond this, for what hasn't begun has no score. A window of the future is asked for as its last second before that. */
const futureSecondsMax = 60;

/** The body of a call: contract section 1.2. `nowMs` is in milliseconds since 1970. */
export function requestBody(
  { question, offset, limit }: PageRequest,
  settings: RequestSettings,
  nowMs: number,
): string {
  const { startDate, endDate } = wireDates(question.window, settings.windowEnd, nowMs);
  const include = question.includeBelowThreshold;
  return JSON.stringify({
    offset,
    limit,
    startDate,
    endDate,
    include_below_threshold: settings.belowThresholdForm === 'string' ? String(include) : include,
    ...(question.contactDirection === null ? {} : { contact_direction: question.contactDirection.toLowerCase() }),
  });
}

/** Whether nothing of a window may be asked for yet: it begins beyond what a request ever names. */
export function isAhead({ from }: Window, nowMs: number): boolean {
  return Math.floor(nowMs / 1000) + futureSecondsMax <= from;
}

/** A half-open window as the wire spells it. */
export function wireDates(
  { from, until }: Window,
  windowEnd: WindowEnd,
  nowMs: number,
): { startDate: string; endDate: string } {
  const latest = Math.floor(nowMs / 1000) + futureSecondsMax;
  const end = Math.min(until, latest);
  const start = Math.min(from, end - 1);
  switch (windowEnd) {
    case 'inclusive-second':
      return { startDate: blankForm(start), endDate: blankForm(end - 1) };
    case 'inclusive-ms':
      return { startDate: isoForm(start * 1000), endDate: isoForm(end * 1000 - 1) };
    case 'exclusive':
      return { startDate: blankForm(start), endDate: blankForm(end) };
    default:
      throw new Error(`unreachable: ${windowEnd satisfies never}`);
  }
}

/** `YYYY-MM-DD HH:MM:SS`, in UTC: what every sample request of every version uses. */
function blankForm(seconds: number): string {
  return isoForm(seconds * 1000)
    .slice(0, 19)
    .replace('T', ' ');
}

function isoForm(ms: number): string {
  return new Date(ms).toISOString();
}
