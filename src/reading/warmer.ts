import type { Calendar } from '../model/calendar.ts';
import type { Clock } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { type FreshnessSettings, freshnessMs } from './freshness.ts';
import type { HeldTiles } from './held.ts';
import type { Scanner } from './scanner.ts';

/** Keeps the last days read, with calls that nobody else needs. */
export type Warmer = {
  /** Begins no further day. Ends when the last one has ended, at the latest when the scanner is closed. */
  close(): Promise<void>;
};

export type WarmerParts = {
  readonly held: Pick<HeldTiles, 'age'>;
  readonly scanner: Pick<Scanner, 'keep' | 'nextCallAt'>;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly freshness: FreshnessSettings;
  /** How many days, of which today is one; 0 for none. */
  readonly dayCount: number;
  /** For how long a day that couldn't be read is left in peace, in milliseconds. */
  readonly restMs: number;
  /** Whether it is this process that does it. */
  readonly isOurs: () => boolean;
};

const everyMs = 5_000;
/** A day is read again after so long at the earliest. */
const pauseMsMin = 60_000;
/**
 * A day is read again at half of the age at which it would have to be read before it is shown: so it is always there, and today's rows cost a few calls a minute rather than all.
 */
const ageMax = 5;

/** Looks every five seconds, and reads one day after the other, the oldest first by its own measure: one that isn't held, then one that is the longest over its time. */
export function createWarmer(parts: WarmerParts): Warmer {
  const { scanner, clock, calendar, freshness, restMs } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  // By when a day may be read again, by Clock.elapsed: if the store can't hold it, it is not read over and over.
  const restUntil = new Map<number, number>();

  const warm = async (day: ListQuestion): Promise<void> => {
    const isRead = await scanner.keep(day);
    const pauseMs = isRead ? ageMax * freshnessMs(day.window, clock.now(), calendar, freshness) : restMs;
    restUntil.set(day.window.from, clock.elapsed() + Math.max(pauseMsMin, pauseMs));
  };
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const isFree = parts.isOurs() && scanner.nextCallAt() <= clock.elapsed();
      const day = isFree ? await oldestDay(parts, restUntil, signal) : undefined;
      if (day === undefined) await clock.wait(everyMs, signal).catch(() => undefined);
      else await warm(day);
    }
  };
  const working = parts.dayCount > 0 ? work() : Promise.resolve();

  return {
    async close() {
      ending.abort();
      await working;
    },
  };
}

/** The day that needs it most; undefined: none needs it. Forgets the rests of days that are no longer kept. */
async function oldestDay(
  { held, calendar, clock, dayCount }: WarmerParts,
  restUntil: Map<number, number>,
  signal: AbortSignal,
): Promise<ListQuestion | undefined> {
  const now = Math.floor(clock.now() / 1000);
  let oldest: { readonly day: ListQuestion; readonly age: number } | undefined;
  const first = calendar.startOfDayAfter(now, 1 - dayCount);
  for (const from of restUntil.keys()) if (from < first) restUntil.delete(from);
  for (let back = 0; back < dayCount && !signal.aborted; back++) {
    const window = { from: calendar.startOfDayAfter(now, -back), until: calendar.startOfDayAfter(now, 1 - back) };
    if (clock.elapsed() < (restUntil.get(window.from) ?? Number.NEGATIVE_INFINITY)) continue;
    const day = { window, contactDirection: null, includeBelowThreshold: false };
    const age = await held.age(day, window, signal);
    if (ageMax <= age && (oldest?.age ?? 0) < age) oldest = { day, age };
  }
  return oldest?.day;
}
