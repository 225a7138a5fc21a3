/** Whole days, first and last included, as `YYYY-MM-DD`. */
export type Days = { readonly from: string; readonly to: string };

/**
 * Whose midnights cut days: the gateway's own TIME_ZONE. Windows that begin and end at them are read day by day, and what one reading of a day
 * brought serves every other; a window cut elsewhere costs more calls.
 */
const timeZone = import.meta.env['VITE_TIME_ZONE'] ?? 'UTC';

const dayMs = 86_400_000;

/** So many days, of which today is the last. */
export function lastDays(count: number, nowMs = Date.now()): Days {
  const to = dateOf(nowMs);
  return { from: addDays(to, 1 - count), to };
}

/** The half-open window of these days, as the gateway takes it. */
export function windowOf({ from, to }: Days, zone = timeZone): { readonly from: string; readonly until: string } {
  return { from: midnight(from, zone), until: midnight(addDays(to, 1), zone) };
}

/** Each of the days, in order. */
export function eachDay({ from, to }: Days): readonly string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

/** Whether text is a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text)) && addDays(text, 0) === text;
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);
}

/** The date of an instant in the zone; Sweden writes dates as ISO does. */
function dateOf(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(ms);
}

/** The instant at which a day begins: the wall clock's midnight, less the zone's offset there. */
function midnight(day: string, zone: string): string {
  const wallMs = Date.parse(`${day}T00:00:00Z`);
  const guessMs = wallMs - offsetMs(wallMs, zone);
  const ms = wallMs - offsetMs(guessMs, zone);
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** How far the zone's wall clock is ahead of UTC: `GMT+05:30`, or `GMT` alone. */
function offsetMs(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(ms);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
