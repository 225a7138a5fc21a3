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
  return datesOf(timeZone).format(ms);
}

/** Kept, for making one takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function datesOf(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
  formats.set(timeZone, format);
  return format;
}

/**
 * The instant at which a day begins: the first of its date. That is the wall clock's midnight, less the zone's offset before any change of clocks
 * nearby, or else the one after it. Where the clocks are put forward over midnight there is none, and the jump is searched for by halving.
 */
function midnight(day: string, timeZone: string): string {
  const wallMs = Date.parse(`${day}T00:00:00Z`);
  const begins = (ms: number) => dateOf(ms, timeZone) === day && dateOf(ms - 1, timeZone) < day;
  const guesses = [wallMs - dayMs, wallMs + dayMs].map((nearMs) => wallMs - offsetMs(nearMs, timeZone));
  const ms = guesses.find(begins) ?? firstFrom(day, timeZone, wallMs - 2 * dayMs, wallMs + 2 * dayMs);
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** The first instant between two at which the zone's date is this day or a later one. */
function firstFrom(day: string, timeZone: string, beforeMs: number, afterMs: number): number {
  let [before, after] = [beforeMs, afterMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dateOf(middle, timeZone) < day) before = middle;
    else after = middle;
  }
  return after;
}

/** How far the zone's wall clock is ahead of UTC: `GMT+05:30`, or `GMT` alone. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(ms);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
