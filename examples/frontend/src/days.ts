/** Whole days, first and last included, as `YYYY-MM-DD`. */
export type Days = { readonly from: string; readonly to: string };

const dayMs = 86_400_000;

/** So many days, of which the zone's today is the last. */
export function lastDays(count: number, timeZone: string, nowMs = Date.now()): Days {
  const to = dateOf(nowMs, timeZone);
  return { from: addDays(to, 1 - count), to };
}

/** The half-open window of these days, as the gateway takes it. */
export function windowOf({ from, to }: Days, timeZone: string): { readonly from: string; readonly until: string } {
  return { from: midnight(from, timeZone), until: midnight(addDays(to, 1), timeZone) };
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
function dateOf(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(ms);
}

/** The instant at which a day begins: the wall clock's midnight, less the zone's offset there. */
function midnight(day: string, timeZone: string): string {
  const wallMs = Date.parse(`${day}T00:00:00Z`);
  const guessMs = wallMs - offsetMs(wallMs, timeZone);
  const ms = wallMs - offsetMs(guessMs, timeZone);
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** How far the zone's wall clock is ahead of UTC: `GMT+05:30`, or `GMT` alone. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(ms);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
