import { createCalendar } from '../../src/model/calendar.ts';
import type { Conversation } from '../../src/model/conversation.ts';
import type { HeldPage, Patience, Store, StoreReads } from '../../src/model/ports.ts';
import type { ListQuestion } from '../../src/model/range.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { createPages, type Pages, type PagesParts } from '../../src/reading/pages.ts';
import type { Page, PageRequest } from '../../src/reading/source.ts';
import { conversationOf } from '../model/sample.ts';

/** A day long past, by the clock of the desk. */
export const question: ListQuestion = {
  window: { from: 1_772_409_600, until: 1_772_496_000 },
  contactDirection: null,
  includeBelowThreshold: false,
};

export const patience: Patience = { signal: new AbortController().signal, deadlineAt: () => Number.POSITIVE_INFINITY };

/** Pages over an upstream that answers from an array of ids, or as a test says; and what was asked of it. */
export type Desk = {
  readonly pages: Pages;
  readonly requests: readonly PageRequest[];
  readonly arrivals: readonly HeldPage[];
  readonly keys: readonly string[];
  nowMs: number;
  ids: readonly string[];
  /** Answers for the upstream as long as there are any, first to last. */
  readonly answers: ((request: PageRequest) => Page)[];
};

/** Opens a desk; with another's store it sees what that one holds. */
export function openDesk(parts: Partial<PagesParts> = {}): Desk {
  const requests: PageRequest[] = [];
  const arrivals: HeldPage[] = [];
  const held = new Map<string, HeldPage>();
  const keys: string[] = [];
  const reads: StoreReads = { ...noTiles, readPages: async (wanted) => wanted.map((key) => held.get(key)) };
  const store: Store = {
    ...reads,
    near: reads,
    patient: reads,
    writePage: (key, page) => {
      keys.push(key);
      held.set(key, page);
    },
    ...noTilesOrNotes,
  };
  const desk: Desk = {
    nowMs: Date.parse('2026-11-20T12:00:00Z'),
    ids: [],
    answers: [],
    requests,
    arrivals,
    keys,
    pages: createPages({
      source: {
        isAhead: () => false,
        look: () => undefined,
        nextCallAt: () => desk.nowMs,
        readPage: async (request) => {
          requests.push(request);
          return desk.answers.shift()?.(request) ?? answerFrom(desk.ids, request);
        },
      },
      store,
      clock: {
        now: () => desk.nowMs,
        elapsed: () => desk.nowMs,
        wait: () => Promise.reject(new Error('nobody waits')),
      },
      calendar: createCalendar('UTC'),
      scope: 'account|org|stream|client',
      freshness: { todayMs: 60_000, weekMs: 900_000, olderMs: 86_400_000 },
      sequenceStart: 0,
      leases: null,
      onPage: (page) => arrivals.push(page),
      ...parts,
    }),
  };
  return desk;
}

/** A store without tiles and notes. */
const noTiles: Pick<StoreReads, 'findTiles' | 'readTiles'> = {
  findTiles: async () => [],
  readTiles: async (_, windows) => windows.map(() => undefined),
};
const noTilesOrNotes: Pick<Store, 'writeTile' | 'readNote' | 'writeNote' | 'settled' | 'close'> = {
  writeTile: () => undefined,
  readNote: async () => undefined,
  writeNote: () => undefined,
  settled: async () => undefined,
  close: async () => undefined,
};

export function rowsOf(ids: readonly string[], conversation: Partial<Conversation> | null = null) {
  return ids.map((identity) => ({
    identity,
    conversation: conversation === null ? null : conversationOf(conversation),
  }));
}

export function idsUpTo(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `row-${index}`);
}

function answerFrom(ids: readonly string[], { offset, limit }: PageRequest): Page {
  return { table: tableOf(rowsOf(ids.slice(offset, offset + limit))), total: ids.length };
}
