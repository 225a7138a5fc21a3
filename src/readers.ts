import type { Config } from './config.ts';
import { createDirectory } from './directory.ts';
import { createExchange } from './exchange.ts';
import { type Calendar, createCalendar } from './model/calendar.ts';
import type { Clock, Log, Tracing, Turns } from './model/ports.ts';
import { createNamesBySight, type NamesBySight } from './names-by-sight.ts';
import { createHeldTiles, type HeldTilesParts } from './reading/held.ts';
import { createLocated } from './reading/located.ts';
import type { ReadingParts } from './reading/operation.ts';
import { createPages, type PagesParts } from './reading/pages.ts';
import { createScanner, type Scanner } from './reading/scanner.ts';
import type { PageSource } from './reading/source.ts';
import { createTakeover } from './reading/takeover.ts';
import type { OnUnproven } from './reading/unproven.ts';
import { createWarmer } from './reading/warmer.ts';
import type { Scope } from './redis/scope.ts';
import { openStore, type Shared } from './stores.ts';

/** What reads, and what it learns by the way. */
export type Readers = {
  readonly reading: ReadingParts;
  readonly namesOf: NamesBySight['namesOf'];
  /** Stops reading behind, and lets go of the store. */
  close(): Promise<void>;
};

export type ReadersParts = {
  readonly source: PageSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly turns: Turns;
  readonly tracing: Tracing;
  readonly onUnproven: OnUnproven;
  /** Account, org, stream and client id: in every key of what is held, and in every cursor. */
  readonly scope: Scope;
  /** What it shares with other replicas; null: it is alone. */
  readonly shared: Shared | null;
};

/** Joins the store with all that reads through it. Throws when the store can't be opened. */
export async function createReaders(config: Config, parts: ReadersParts): Promise<Readers> {
  const { source, clock, log, turns, tracing, scope, shared } = parts;
  const calendar = createCalendar(config.TIME_ZONE);
  const { names, located, exchange, onTile, onPage } = createLearning(config, shared, clock, calendar);
  const store = openStore(config, shared, clock, log);
  const freshness = { todayMs: config.FRESH_TODAY_MS, weekMs: config.FRESH_WEEK_MS, olderMs: config.FRESH_OLDER_MS };
  const { leases, agenda } = shared ?? { leases: null, agenda: null };
  const whom = { tracing, scope: scope.whole, leases, agenda };
  const common = { source, store, clock, calendar, turns, freshness, ...whom };
  const held = createHeldTiles({ ...common, onTile });
  // Numbers go on from those of an earlier run, and are those of other replicas as near as clocks are: no process begins more than a thousand a millisecond.
  const numberNow = () => clock.now() * 1000;
  const pages = createPages({
    ...common,
    sequenceStart: numberNow(),
    ...(shared === null ? {} : { sequenceFloor: numberNow }),
    onPage,
  });
  const limits = scannerLimits(config);
  const scanner = createScanner({ ...common, pages, held, limits, onUnproven: parts.onUnproven });
  await scanner.ready();
  const chores = beginChores(config, shared, { ...common, held, scanner });
  return {
    namesOf: names.namesOf,
    reading: {
      pages,
      held,
      scanner,
      located,
      calendar,
      clock,
      turns,
      onSeen: names.learn,
      limits: readLimits(config),
    },
    async close() {
      await Promise.all([chores.close(), scanner.close()]);
      await exchange?.close();
      await store.close();
    },
  };
}

/** What is learned from what passes by, and where it goes. */
function createLearning(config: Config, shared: Shared | null, clock: Clock, calendar: Calendar) {
  const idsMax = config.NAMES_MAX;
  const directory = createDirectory({ idsMax, keepsNews: shared !== null });
  const located = createLocated({ idsMax: config.LOCATIONS_MAX, learned: shared?.learned });
  const exchange = shared && createExchange({ learned: shared.learned, directory, located, clock });
  const onTile: HeldTilesParts['onTile'] = ({ table, window }, question) => {
    directory.learnSpan(table, calendar.startOfDay(window.from), window.from);
    located.learnSpan({ ...question, window });
    exchange?.sawSpan({ ...question, window });
  };
  const onPage: PagesParts['onPage'] = ({ table, index }, question) => {
    directory.learn(table, question.window.from);
    located.learnPage(table, question, index);
    exchange?.sawPage(table, question, index);
  };
  const names = createNamesBySight({ directory, calendar, sightsMax: config.SIGHTS_MAX, idsMax });
  return { names, located, exchange, onTile, onPage };
}

/** What is done once for all replicas, when nobody asks: by their leader, or by a process that is alone. */
function beginChores(
  config: Config,
  shared: Shared | null,
  parts: Omit<Parameters<typeof createWarmer>[0], 'dayCount' | 'restMs' | 'isOurs'> & { readonly scanner: Scanner },
): { close(): Promise<void> } {
  const isOurs = () => shared?.leadership.isLeader() ?? true;
  const warmer = createWarmer({ ...parts, dayCount: config.WARM_DAYS, restMs: config.UNPROVEN_REST_MS, isOurs });
  const takeover = shared && createTakeover({ ...parts, agenda: shared.agenda, isOurs });
  return {
    async close() {
      await Promise.all([warmer.close(), takeover?.close()]);
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

function readLimits(config: Config): ReadingParts['limits'] {
  return {
    callsPerOperationMax: config.UPSTREAM_CALLS_PER_OPERATION,
    anchorSearchPagesMax: config.ANCHOR_SEARCH_PAGES_MAX,
    stepsPerRangeMax: config.RANGE_STEPS_MAX,
    restartsPerRangeMax: config.RANGE_RESTARTS_MAX,
  };
}
