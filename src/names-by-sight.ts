import { LRUCache } from 'lru-cache';
import { createDirectory, type Directory, type KnownNames } from './directory.ts';
import type { Sight } from './model/access.ts';
import type { Calendar } from './model/calendar.ts';
import type { Tile } from './model/ports.ts';
import { keyOfSight } from './selection/sight.ts';

/** What ids are called, as far as somebody of a sight may know it: no name is told that only conversations have which he doesn't see. */
export type NamesBySight = {
  /** `null`: who sees every conversation. */
  namesOf(sight: Sight | null): KnownNames;
  /** Learns from a span as a sight shows it (`seen`), once for each that was read (`whole`). */
  learn(sight: Sight, seen: Tile, whole: Tile): void;
};

export type SightsParts = {
  /** Learned from every conversation. */
  readonly directory: Directory;
  readonly calendar: Calendar;
  /** Sights whose names are remembered, the least recently used forgotten first. */
  readonly sightsMax: number;
  /** Agents, queues and metrics that are remembered, of each kind: for all sights together. */
  readonly idsMax: number;
};

type Known = { readonly directory: Directory; readonly learned: WeakSet<Tile> };

/**
 * The names of many sights: each learns from what is read for somebody who has it. Callers can have as many sights as they have tokens, so a sight costs nothing before it
 * learns, and all share one bound of names: a sight is forgotten whole, and so learns anew from what it sees next.
 */
export function createNamesBySight({ directory, calendar, sightsMax, idsMax }: SightsParts): NamesBySight {
  const namesMax = kindCount * idsMax;
  const known = new LRUCache<string, Known>({ max: sightsMax, maxSize: namesMax });
  const keys = new WeakMap<Sight, string>();
  const keyOf = (sight: Sight): string => {
    const key = keys.get(sight) ?? keyOfSight(sight);
    keys.set(sight, key);
    return key;
  };
  return {
    namesOf(sight) {
      if (sight === null) return directory;
      // Looked up with each name: what this very operation reads is learned later than this.
      const own = () => known.get(keyOf(sight))?.directory;
      // Every conversation of his own agents and queues is shown to him, so what they are called anywhere is no secret.
      return {
        agentName: (id) => (sight.agentIds.has(id) ? directory : own())?.agentName(id) ?? null,
        queueName: (id) => (sight.queueIds.has(id) ? directory : own())?.queueName(id) ?? null,
        metricName: (id) => own()?.metricName(id) ?? null,
      };
    },
    learn(sight, { table, window }, whole) {
      if (table.rowCount === 0) return;
      const key = keyOf(sight);
      const found = known.get(key) ?? { directory: createDirectory({ idsMax }), learned: new WeakSet<Tile>() };
      if (found.learned.has(whole)) return;
      found.learned.add(whole);
      found.directory.learnSpan(table, calendar.startOfDay(window.from), window.from);
      // Put in anew, for a cache doesn't measure again what it has.
      known.delete(key);
      known.set(key, found, { size: Math.max(1, found.directory.count()) });
    },
  };
}

/** Agents, queues and metrics. */
const kindCount = 3;
