import { createCalendar } from '../../src/model/calendar.ts';
import { identityOf, type Row } from '../../src/model/conversation.ts';
import type { Store } from '../../src/model/ports.ts';
import type { ListQuestion } from '../../src/model/range.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { Window } from '../../src/model/window.ts';
import { createHeldTiles } from '../../src/reading/held.ts';
import { createLocated } from '../../src/reading/located.ts';
import { beginOperation, type Operation, type ReadingParts } from '../../src/reading/operation.ts';
import { createPages } from '../../src/reading/pages.ts';
import { createScanner, type ScannerLimits } from '../../src/reading/scanner.ts';
import type { Page, PageRequest, PageSource } from '../../src/reading/source.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { createTracing } from '../../src/tracing.ts';
import { conversationOf } from '../model/sample.ts';

/** A row of the world: when it is listed, and what it is. */
export type WorldRow = {
  readonly id: string;
  readonly at: number;
  readonly facts?: Parameters<typeof conversationOf>[0];
};

/** How a world answers, and what happens to it meanwhile. */
export type Manners = {
  /** The order of rows of one response, and how many there are of them before the cut. */
  arrange(rows: readonly WorldRow[], callIndex: number): readonly WorldRow[];
  total(honest: number, callIndex: number): number;
  /** The last say on a response; may throw a failure. */
  respond(page: Page, request: PageRequest, callIndex: number): Page | Promise<Page>;
  beforeCall(callIndex: number, request: PageRequest): void;
};

/** An upstream made of an array, with everything that reads on top of it. No socket, and a clock that a test sets. */
export type World = {
  readonly rows: WorldRow[];
  readonly requests: readonly PageRequest[];
  readonly reading: ReadingParts;
  nowMs: number;
  /** When a call can begin; the clock's own time unless a test sets it. */
  nextCallAtMs: number | null;
  manners: Manners;
  operate(options?: {
    readonly isAfresh?: boolean;
    readonly deadlineMs?: number;
    readonly signal?: AbortSignal;
  }): Operation;
};

export const honest: Manners = {
  arrange: (rows) => rows,
  total: (count) => count,
  respond: (page) => page,
  beforeCall: () => undefined,
};

export const dayStart = Date.parse('2026-03-02T00:00:00Z') / 1000;
export const dayLength = 86_400;

/** The list of both directions, without contacts below the minimum duration. */
export function listOf(window: Window): ListQuestion {
  return { window, contactDirection: null, includeBelowThreshold: false };
}

/** `dayCount` days from the first one on. */
export function days(dayCount: number, from = 0): Window {
  return { from: dayStart + from * dayLength, until: dayStart + (from + dayCount) * dayLength };
}

const scannerLimits: ScannerLimits = {
  callsInFlightMax: 8,
  backgroundCallsMax: 10_000,
  distrustMs: 86_400_000,
  unprovenRestMs: 300_000,
};

export type WorldOptions = {
  readonly rows: readonly WorldRow[];
  readonly manners?: Partial<Manners>;
  readonly store?: Store;
  readonly limits?: Partial<ScannerLimits & { readonly callsPerOperationMax: number }>;
  readonly timeZone?: string;
};

/** Opens a world long after its days. */
export function openWorld({ rows, manners = {}, store, limits = {}, timeZone = 'UTC' }: WorldOptions): World {
  const requests: PageRequest[] = [];
  const ordered = [...rows].sort((one, other) => one.at - other.at);
  const source: PageSource = {
    isAhead: () => false,
    look: () => undefined,
    nextCallAt: () => world.nextCallAtMs ?? world.nowMs,
    readPage: async (request, { signal }) => {
      signal.throwIfAborted();
      const callIndex = requests.push(request) - 1;
      world.manners.beforeCall(callIndex, request);
      return world.manners.respond(answer(world, request, callIndex), request, callIndex);
    },
  };
  const clock = {
    now: () => world.nowMs,
    elapsed: () => world.nowMs,
    wait: () => Promise.reject(new Error('nobody waits')),
  };
  const world: World = {
    rows: ordered,
    requests,
    nowMs: Date.parse('2026-11-20T12:00:00Z'),
    nextCallAtMs: null,
    manners: { ...honest, ...manners },
    reading: joinReaders(source, clock, { store, limits, timeZone }),
    operate: ({
      isAfresh = false,
      deadlineMs = Number.POSITIVE_INFINITY,
      signal = new AbortController().signal,
    } = {}) =>
      beginOperation(world.reading, { isAfresh, sight: null, patience: { signal, deadlineAt: () => deadlineMs } }),
  };
  return world;
}

function joinReaders(
  source: PageSource,
  clock: ReadingParts['clock'],
  {
    store: given,
    limits = {},
    timeZone,
  }: Pick<WorldOptions, 'limits'> & { store: Store | undefined; timeZone: string },
): ReadingParts {
  const calendar = createCalendar(timeZone);
  const store = given ?? createMemoryStore({ bytesMax: 1_000_000_000, openedBytesMax: 10_000_000 });
  const located = createLocated({ idsMax: 100_000 });
  const shared = {
    store,
    clock,
    calendar,
    turns: { share: async () => undefined },
    scope: 'account|org|stream|client',
    freshness: { todayMs: 60_000, weekMs: 900_000, olderMs: 86_400_000 },
  };
  const pages = createPages({
    ...shared,
    source,
    leases: null,
    sequenceStart: 0,
    onPage: ({ table, index }, question) => located.learnPage(table, question, index),
  });
  const held = createHeldTiles({
    ...shared,
    onTile: ({ window }, question) => located.learnSpan({ ...question, window }),
  });
  const scanner = createScanner({
    ...shared,
    source,
    pages,
    held,
    limits: { ...scannerLimits, ...limits },
    leases: null,
    agenda: null,
    tracing: createTracing(),
    onUnproven: () => undefined,
  });
  return {
    pages,
    held,
    scanner,
    located,
    calendar,
    clock,
    turns: shared.turns,
    onSeen: () => undefined,
    limits: {
      callsPerOperationMax: limits.callsPerOperationMax ?? 100_000,
      anchorSearchPagesMax: 8,
      stepsPerRangeMax: 40,
      restartsPerRangeMax: 4,
    },
  };
}

function answer(world: World, { question, offset, limit }: PageRequest, callIndex: number): Page {
  const within = rowsWithin(world, question);
  const rows = world.manners.arrange(within, callIndex).slice(offset, offset + limit);
  const total = world.manners.total(within.length, callIndex);
  return { table: tableOf(rows.map(rowOf)), total, hasMore: offset + limit < total };
}

/** The rows of a list, in the order of time. */
export function rowsWithin({ rows }: World, { window, contactDirection, includeBelowThreshold }: ListQuestion) {
  return rows
    .slice(firstFrom(rows, window.from), firstFrom(rows, window.until))
    .filter(
      ({ facts }) =>
        (contactDirection === null || facts?.contactDirection === contactDirection) &&
        (includeBelowThreshold || facts?.durationStatus !== 'BELOW_THRESHOLD'),
    );
}

/** The index of the first row at or after a moment, in seconds. */
export function firstFrom(rows: readonly WorldRow[], at: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rowOf({ id, facts }: WorldRow): Row {
  const conversation = conversationOf({ conversationId: id, ...facts });
  return { identity: identityOf(conversation), conversation };
}

/** `count` rows spread over a day as a contact centre's are: a quiet night, a busy day. */
export function dayOfRows(day: number, count: number, facts?: WorldRow['facts']): readonly WorldRow[] {
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 0.5) / count;
    const inDay = share < 0.1 ? share * 10 * 8 : 8 + ((share - 0.1) / 0.9) * 12;
    const at = dayStart + day * dayLength + Math.floor(inDay * 3600);
    return {
      id: `c-${day}-${String((index * 7919) % 100_003).padStart(6, '0')}-${index}`,
      at,
      ...(facts === undefined ? {} : { facts }),
    };
  });
}

/** The conversation ids of what a scan proved, in its order. */
export function idsOf(reports: Awaited<ReturnType<ReturnType<Operation['scan']>['readAll']>>): readonly string[] {
  return reports.flatMap(({ tiles }) => tiles.flatMap(({ table }) => table.conversationIds));
}
