import { LRUCache } from 'lru-cache';
import type { ListQuestion } from '../model/range.ts';
import type { ConversationKey, Learned, PagePlace } from '../model/sharing.ts';
import { type Table, valueAt } from '../model/table.ts';
import { isSameWindow } from '../model/window.ts';
import { keyOfQuestion } from './pages.ts';

/** Where a conversation was seen: on this page of a list. */
export type Sighting = PagePlace;

/** By which of its two ids a conversation is sought. */
export type Sought = ConversationKey;

/** Where conversations were last seen, learned from what passes by: the upstream can't be asked for one. */
export type Located = {
  learnPage(table: Table, question: ListQuestion, index: number): void;
  /** A span (`question.window`) was proven: what it holds can be looked up in it. */
  learnSpan(question: ListQuestion): void;
  /** The pages that held it, the last seen first. */
  pages(sought: Sought): readonly Sighting[];
  /** The page on which another replica has seen it last; undefined if none is known, or it isn't known in time. */
  elsewhere(sought: Sought, signal: AbortSignal): Promise<Sighting | undefined>;
  /** Spans that were proven, those that begin latest first. */
  spans(): readonly ListQuestion[];
};

/** Spans that are remembered: far more than the days of the longest window, in a few lists. */
const spansMax = 1_000;

/** Pages that are remembered of one id: segments of a contact need not stand together. */
const pagesPerIdMax = 4;

/** Remembers the pages of `idsMax` ids of each kind, the least recently seen forgotten first. Others may know more (`learned`). */
export function createLocated({
  idsMax,
  learned,
}: {
  readonly idsMax: number;
  readonly learned?: Pick<Learned, 'whereSeen'> | undefined;
}): Located {
  const ids = new LRUCache<string, readonly Sighting[]>({ max: idsMax });
  const customIds = new LRUCache<string, readonly Sighting[]>({ max: idsMax });
  // What is seen here alone shares one list with all of its page: most are.
  const see = (id: string, sightings: LRUCache<string, readonly Sighting[]>, alone: readonly [Sighting]): void => {
    const known = sightings.get(id);
    if (known === undefined) return void sightings.set(id, alone);
    const [sighting] = alone;
    const others = known.filter((each) => !isSamePage(each, sighting));
    sightings.set(id, others.length === 0 ? alone : [sighting, ...others.slice(0, pagesPerIdMax - 1)]);
  };
  const spans = new LRUCache<string, ListQuestion>({ max: spansMax });
  return {
    learnPage({ conversationIds, columns, unreadable }, question, index) {
      const alone = [{ question, index }] as const;
      for (const [at, id] of conversationIds.entries()) {
        if (unreadable.has(at)) continue;
        see(id, ids, alone);
        const customId = valueAt(columns.customConversationId, at);
        if (customId !== null) see(customId, customIds, alone);
      }
    },
    learnSpan: (question) => {
      spans.set(keyOfQuestion(question), question);
    },
    pages: ({ by, id }) => (by === 'conversationId' ? ids : customIds).get(id) ?? [],
    elsewhere: async (sought, signal) => await learned?.whereSeen(sought, signal),
    spans: () => [...spans.values()].sort((one, other) => other.window.from - one.window.from),
  };
}

function isSamePage(one: Sighting, other: Sighting): boolean {
  return one.index === other.index && isSameList(one.question, other.question);
}

function isSameList(one: ListQuestion, other: ListQuestion): boolean {
  return (
    isSameWindow(one.window, other.window) &&
    one.contactDirection === other.contactDirection &&
    one.includeBelowThreshold === other.includeBelowThreshold
  );
}
