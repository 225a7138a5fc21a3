import type { Failure } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { keyOfFilters } from './pages.ts';
import type { Stream } from './stream.ts';

/** Which plain lists are better scanned than paged. */
export type Preference = {
  /** Whether lists under these filters are: offsets are capped, the order isn't firm, or the filters aren't heeded. */
  prefersScan(question: ListQuestion): boolean;
  /** A list under these filters couldn't be had by pages, for this reason: for a while such lists are scanned. */
  preferScan(question: ListQuestion, why: Failure): void;
};

export type PreferenceLimits = {
  /** For how long a stream that can't be joined by offsets is split by time at once, and filters that aren't heeded are scanned. */
  readonly distrustMs: number;
  /** For how long a span that couldn't be proven is left in peace, and any other doubt counts. */
  readonly unprovenRestMs: number;
};

/** Prefers pages until something speaks against them. `stream` is what is known of the stream, as soon as it is loaded. */
export function createPreference(limits: PreferenceLimits, clock: Clock, stream: () => Stream | undefined): Preference {
  const scannedUntil = new Map<string, number>();
  return {
    prefersScan: (question) =>
      clock.elapsed() < (scannedUntil.get(keyOfFilters(question)) ?? Number.NEGATIVE_INFINITY) ||
      stream()?.isJoinable(clock.now()) === false,
    preferScan(question, { reason }) {
      // That an order isn't firm is for a scan to prove: a list that changes fast looks alike.
      if (reason === 'OFFSET_REFUSED') stream()?.distrust(clock.now());
      const forMs = reason === 'FILTER_IGNORED' ? limits.distrustMs : limits.unprovenRestMs;
      scannedUntil.set(keyOfFilters(question), clock.elapsed() + forMs);
    },
  };
}
