import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { createDirectory, type Directory } from './directory.ts';
import { createCalendar } from './model/calendar.ts';
import type { Clock, Log, Store, Turns } from './model/ports.ts';
import { createHeldTiles } from './reading/held.ts';
import { createLocated } from './reading/located.ts';
import type { ReadingParts } from './reading/operation.ts';
import { createPages } from './reading/pages.ts';
import { createScanner } from './reading/scanner.ts';
import type { PageSource } from './reading/source.ts';
import type { OnUnproven } from './reading/unproven.ts';
import { openFileStore } from './store/file.ts';
import { createMemoryStore } from './store/memory.ts';
import { createTieredStore } from './store/tiered.ts';

/** What reads, and what it learns by the way. */
export type Readers = {
  readonly reading: ReadingParts;
  readonly directory: Directory;
  /** Stops reading behind, and lets go of the store. */
  close(): Promise<void>;
};

export type ReadersParts = {
  readonly source: PageSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly turns: Turns;
  readonly onUnproven: OnUnproven;
  /** Account, org, stream and client id: in every key of what is held, and in every cursor. */
  readonly scope: string;
};

/** Joins the store with all that reads through it. Throws when the store can't be opened. */
export async function createReaders(config: Config, parts: ReadersParts): Promise<Readers> {
  const { source, clock, log, turns, scope } = parts;
  const calendar = createCalendar(config.TIME_ZONE);
  const directory = createDirectory({ idsMax: config.NAMES_MAX });
  const located = createLocated({ idsMax: config.LOCATIONS_MAX });
  const store = openStore(config, clock, log);
  const freshness = { todayMs: config.FRESH_TODAY_MS, weekMs: config.FRESH_WEEK_MS, olderMs: config.FRESH_OLDER_MS };
  const shared = { source, store, clock, calendar, turns, scope, freshness };
  const held = createHeldTiles({
    ...shared,
    onTile: ({ table, window }, question) => {
      directory.learnSpan(table, calendar.startOfDay(window.from), window.from);
      located.learnSpan({ ...question, window });
    },
  });
  const pages = createPages({
    ...shared,
    // Readings of an earlier run may be held: it can't have begun more than a thousand a millisecond.
    sequenceStart: clock.now() * 1000,
    onPage: ({ rows, index }, question) => {
      directory.learn(rows, question.window.from);
      located.learnPage(rows, question, index);
    },
  });
  const scanner = createScanner({
    ...shared,
    pages,
    held,
    limits: scannerLimits(config),
    onUnproven: parts.onUnproven,
  });
  await scanner.ready();
  return {
    directory,
    reading: { pages, held, scanner, located, calendar, clock, limits: readLimits(config) },
    async close() {
      await scanner.close();
      await store.close();
    },
  };
}

function scannerLimits(config: Config): Parameters<typeof createScanner>[0]['limits'] {
  return {
    callsInFlightMax: config.KORE_CALLS_IN_FLIGHT_MAX,
    backgroundCallsMax: config.BACKGROUND_CALLS_MAX,
    distrustMs: config.OFFSETS_DISTRUST_MS,
    unprovenRestMs: config.UNPROVEN_REST_MS,
  };
}

function openStore(config: Config, clock: Clock, log: Log): Store {
  const memory = createMemoryStore({ bytesMax: config.STORE_BYTES_MAX });
  if (config.STORE_URL === 'memory:') return memory;
  const file = openFileStore({
    path: pathOf(config.STORE_URL),
    bytesMax: config.STORE_FILE_BYTES_MAX,
    secret: config.KORE_CLIENT_SECRET,
    log,
    clock,
  });
  return createTieredStore(memory, file);
}

/** `file:PATH`, relative to where the program runs or absolute; also as a URL of three slashes. */
function pathOf(url: string): string {
  return url.startsWith('file:///') ? fileURLToPath(url) : url.slice('file:'.length);
}

function readLimits(config: Config): ReadingParts['limits'] {
  return {
    callsPerOperationMax: config.UPSTREAM_CALLS_PER_OPERATION,
    anchorSearchPagesMax: config.ANCHOR_SEARCH_PAGES_MAX,
    stepsPerRangeMax: config.RANGE_STEPS_MAX,
    restartsPerRangeMax: config.RANGE_RESTARTS_MAX,
  };
}
