import { LRUCache } from 'lru-cache';
import type { Calendar } from '../model/calendar.ts';
import type { Clock, TileHead } from '../model/ports.ts';
import { ageMsOf, type FreshnessSettings, freshnessMs } from './freshness.ts';

/** How old tiles are. Ages are parts of how old a tile may be: 1 is when it should be read again. */
export type Ages = {
  /** Since it was read. */
  of(head: TileHead): number;
  /** Since it was read, or was confirmed last. */
  unconfirmed(list: string, head: TileHead): number;
  /** Whether its span was still running when it was read, and is over by now: the rest of it is missing, and no age makes up for that. */
  isOutrun(head: TileHead): boolean;
  /** A tile was found to be as it was read, at a moment in milliseconds since 1970. */
  confirm(list: string, head: TileHead, atMs: number): void;
};

/** Which reading of a tile was found to be right, and when. */
type Confirmation = { readonly readAt: number; readonly atMs: number };

const confirmedMax = 10_000;

/** Nothing is confirmed yet. */
export function createAges(clock: Clock, calendar: Calendar, freshness: FreshnessSettings): Ages {
  const confirmed = new LRUCache<string, Confirmation>({ max: confirmedMax });
  const keyOf = (list: string, { window }: TileHead) => `${window.from}-${window.until}|${list}`;
  const ageSince = ({ window, readAt }: TileHead, sinceMs: number): number => {
    const ageMs = ageMsOf(sinceMs, clock.now());
    return ageMs < 0 ? Number.POSITIVE_INFINITY : ageMs / Math.max(1, freshnessMs(window, readAt, calendar, freshness));
  };
  return {
    of: (head) => ageSince(head, head.readAt),
    unconfirmed(list, head) {
      const known = confirmed.get(keyOf(list, head));
      return ageSince(head, known?.readAt === head.readAt ? known.atMs : head.readAt);
    },
    isOutrun({ window, readAt }) {
      const untilMs = window.until * 1000;
      return readAt < untilMs && untilMs <= clock.now();
    },
    confirm: (list, head, atMs) => void confirmed.set(keyOf(list, head), { readAt: head.readAt, atMs }),
  };
}
