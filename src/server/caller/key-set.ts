import { type CryptoKey, errors, type LocalJWKSet } from 'jose';
import type { Clock } from '../../model/ports.ts';
import type { FetchSettings } from './fetch-keys.ts';
import type { Head } from './jose-header.ts';
import { createKeyReader, type ReaderParts } from './key-reader.ts';

export type KeySetSettings = FetchSettings & {
  /** Between the reading of a set and a reading for a key that isn't in it. */
  readonly cooldownMs: number;
  /** After which the set is read again, whoever asks. */
  readonly refreshMs: number;
  /** For how long a set is good that can't be read again. */
  readonly keptMs: number;
};

export type FoundKeys = { readonly keys: readonly (CryptoKey | Uint8Array)[]; readonly generation: number };

/** The keys that tokens are checked with. */
export type Keys = {
  /** Those that this header may mean; none: the token is not of the issuer. Null: it can't be told now. */
  find(head: Head): Promise<FoundKeys | null>;
  /** Whether a token that was found good by these keys may still be taken for good. */
  isUsable(): boolean;
  /** Another number, whenever keys may have gone. */
  generation(): number;
  /** Whether there was ever a key. */
  isLoaded(): boolean;
  /** Milliseconds since the keys were read, or since the start. */
  ageMs(): number;
  /** When it makes sense to ask again, where it couldn't be told. */
  retryAfterSeconds(): number;
  close(): Promise<void>;
};

/** Keys of one name that are tried. */
const candidatesMax = 4;
/** How soon a set is tried for again that couldn't be read; each time twice as long, up to the cooldown. */
const retryMsMin = 1_000;

/**
 * The key set of an issuer, read by itself in the background and never on the way of a request, but for a key that isn't in it: then it is read again, once for all who wait, and not before
 * the cooldown is over. A set that can't be read again is kept for as long as it may be: a key server that is down shuts out nobody.
 */
export function createKeySet(settings: KeySetSettings, parts: ReaderParts): Keys {
  const { clock } = parts;
  const stopping = new AbortController();
  const reader = createKeyReader(settings, parts, stopping.signal);
  const startedAt = clock.elapsed();
  const pause = createPause(clock, stopping.signal);

  const keepReading = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await reader.read();
      pause.set(waitMsAfter(reader.failureCount(), settings));
      await pause.end();
    }
  };
  /** Reads on the way of a request. Where that fails, it is tried for again as soon as after any other failure. */
  const readNow = async (): Promise<void> => {
    await reader.read();
    if (reader.failureCount() > 0) pause.set(waitMsAfter(reader.failureCount(), settings));
  };
  const ageMs = (): number => clock.elapsed() - (reader.held()?.readAt ?? startedAt);
  const isUsable = (): boolean => reader.held() !== null && ageMs() <= settings.keptMs;
  const candidates = async (head: Head): Promise<FoundKeys | null> => {
    const held = reader.held();
    if (held === null || !isUsable()) return null;
    return { keys: await candidatesOf(held.resolve, head), generation: held.generation };
  };
  const isRested = (): boolean => settings.cooldownMs <= clock.elapsed() - reader.attemptedAt();
  const kept = keepReading();

  return {
    async find(head) {
      if (reader.held() === null) await reader.underWay();
      const found = await candidates(head);
      if (found === null || found.keys.length > 0) return found;
      if (reader.underWay() !== null || isRested()) await readNow();
      const again = await candidates(head);
      // While the set can't be read, a key that isn't known may be a new one.
      return again?.keys.length === 0 && reader.failureCount() > 0 ? null : again;
    },
    isUsable,
    generation: () => reader.held()?.generation ?? 0,
    isLoaded: () => reader.held() !== null,
    ageMs,
    retryAfterSeconds: () => Math.max(1, Math.ceil(pause.leftMs() / 1000)),
    async close() {
      stopping.abort();
      await kept;
    },
  };
}

/** How long the set is left in peace after a reading, by how many have failed since the last that didn't. */
function waitMsAfter(failureCount: number, { refreshMs, cooldownMs }: KeySetSettings): number {
  return failureCount === 0 ? refreshMs : Math.min(retryMsMin * 2 ** (failureCount - 1), cooldownMs);
}

type Pause = {
  /** From now on it lasts so long, for whoever waits for its end already too. */
  set(ms: number): void;
  /** Waits for its end, or for that of the program. */
  end(): Promise<void>;
  leftMs(): number;
};

function createPause(clock: Clock, stopping: AbortSignal): Pause {
  let until = clock.elapsed();
  let changed = new AbortController();
  const leftMs = (): number => Math.max(0, until - clock.elapsed());
  return {
    leftMs,
    set(ms) {
      until = clock.elapsed() + ms;
      changed.abort();
    },
    async end() {
      do {
        changed = new AbortController();
        await clock.wait(leftMs(), AbortSignal.any([stopping, changed.signal])).catch(() => undefined);
      } while (leftMs() > 0 && !stopping.aborted);
    },
  };
}

/** The one secret that tokens are signed and checked with. */
export function createSecretKey(secret: string): Keys {
  const keys = [new TextEncoder().encode(secret)];
  return {
    find: async () => ({ keys, generation: 0 }),
    isUsable: () => true,
    generation: () => 0,
    isLoaded: () => true,
    ageMs: () => 0,
    retryAfterSeconds: () => 1,
    close: async () => {},
  };
}

/** The keys of a set that may have signed this: of the kind that the algorithm needs, for signatures, and of this name. A key that can't be read is as if it weren't there. */
async function candidatesOf(resolve: LocalJWKSet, head: Head): Promise<readonly CryptoKey[]> {
  try {
    return [await resolve(head)];
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return [];
    const found: CryptoKey[] = [];
    for await (const key of error) {
      found.push(key);
      if (found.length === candidatesMax) break;
    }
    return found;
  }
}
