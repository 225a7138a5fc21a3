/** The calendar by plain look-up: what the wall clock of a zone shows. All instants are in milliseconds since 1970. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date that a zone's wall clock shows at an instant, YYYY-MM-DD. */
export function dateAt(timeZone: string, instantMs: number): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(instantMs);
}

/** The first instant at which a zone's wall clock shows a date or a later one. */
export function startOfDate(timeZone: string, date: string): number {
  const midnightMs = Date.parse(`${date}T00:00:00Z`);
  let beforeMs = midnightMs - 36 * 3_600_000;
  let afterMs = midnightMs + 36 * 3_600_000;
  while (afterMs - beforeMs > 1) {
    const middleMs = Math.floor((beforeMs + afterMs) / 2);
    if (dateAt(timeZone, middleMs) < date) beforeMs = middleMs;
    else afterMs = middleMs;
  }
  return afterMs;
}

/** A date so many days later; negative is earlier. */
export function shiftDate(date: string, dayCount: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayCount * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return shiftDate(date, -((weekday + 6) % 7));
}

/** The first of a date's month. */
export function firstOfMonth(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

/** How many dates of a zone the half-open span [fromMs, untilMs) touches. */
export function countDates(timeZone: string, fromMs: number, untilMs: number): number {
  const first = Date.parse(`${dateAt(timeZone, fromMs)}T00:00:00Z`);
  const last = Date.parse(`${dateAt(timeZone, untilMs - 1)}T00:00:00Z`);
  return Math.round((last - first) / 86_400_000) + 1;
}
