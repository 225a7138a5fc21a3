import { createLocalJWKSet, type LocalJWKSet } from 'jose';
import type { Clock, Fetch, Log } from '../../model/ports.ts';
import { type FetchSettings, fetchKeySet, NoKeySet } from './fetch-keys.ts';

export type ReaderParts = { readonly fetch: Fetch; readonly clock: Clock; readonly log: Log };

/** A set as it was read. */
export type HeldSet = {
  readonly resolve: LocalJWKSet;
  /** By the clock that never goes back, when it was asked for. */
  readonly readAt: number;
  readonly generation: number;
};

/** Reads a key set, and holds the last one that was good. */
export type KeyReader = {
  /** Reads it: one reading at a time, for all who wait. Never rejects. */
  read(): Promise<void>;
  /** The reading that is under way. */
  underWay(): Promise<void> | null;
  held(): HeldSet | null;
  attemptedAt(): number;
  /** Readings that have failed since the last that didn't. */
  failureCount(): number;
};

/** A reader that holds nothing yet. Whatever the key server answers, or doesn't, a set that is held stays until there is another. */
export function createKeyReader(
  settings: FetchSettings,
  { fetch, clock, log }: ReaderParts,
  stopping: AbortSignal,
): KeyReader {
  let held: HeldSet | null = null;
  let attemptedAt = clock.elapsed();
  let failureCount = 0;
  let underWay: Promise<void> | null = null;

  const attempt = async (): Promise<void> => {
    const readAt = clock.elapsed();
    attemptedAt = readAt;
    try {
      const set = await fetchKeySet(settings, { fetch, clock }, stopping);
      held = { resolve: createLocalJWKSet(set), readAt, generation: (held?.generation ?? 0) + 1 };
      failureCount = 0;
    } catch (error) {
      if (stopping.aborted) return;
      failureCount += 1;
      const failure = error instanceof NoKeySet ? error.why : 'NOT_A_KEY_SET';
      log.warn({ failure, failureCount, isHeld: held !== null }, 'the key set could not be read');
    }
  };

  return {
    read() {
      underWay ??= attempt().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    underWay: () => underWay,
    held: () => held,
    attemptedAt: () => attemptedAt,
    failureCount: () => failureCount,
  };
}
