import { LRUCache } from 'lru-cache';
import { createDirectory, type Directory, type KnownNames } from './directory.ts';
import type { Sight } from './model/access.ts';
import type { Calendar } from './model/calendar.ts';
import type { Tile } from './model/ports.ts';
import { keyOfSight } from './selection/sight.ts';

/** What ids are called, as far as somebody of a sight may know it: no name is told that only conversations have which he doesn't see. */
export type Sights = {
  /** `null`: who sees every conversation. */
  namesOf(sight: Sight | null): KnownNames;
  /** Learns from a span as a sight shows it (`seen`), once for each that was read (`whole`). */
  learn(sight: Sight, seen: Tile, whole: Tile): void;
};

export type SightsParts = {
  /** Learned from every conversation. */
  readonly directory: Directory;
  readonly calendar: Calendar;
  /** Sights whose names are remembered, the least recently used forgotten first; and names of a kind, of each. */
  readonly sightsMax: number;
  readonly idsMax: number;
};

type Known = { readonly directory: Directory; readonly learned: WeakSet<Tile> };

/** The names of many sights: each learns from what is read for somebody who has it. */
export function createSights({ directory, calendar, sightsMax, idsMax }: SightsParts): Sights {
  const known = new LRUCache<string, Known>({ max: sightsMax });
  const keys = new WeakMap<Sight, string>();
  const knownOf = (sight: Sight): Known => {
    const key = keys.get(sight) ?? keyOfSight(sight);
    keys.set(sight, key);
    const found = known.get(key) ?? { directory: createDirectory({ idsMax }), learned: new WeakSet<Tile>() };
    known.set(key, found);
    return found;
  };
  return {
    namesOf(sight) {
      if (sight === null) return directory;
      const own = knownOf(sight).directory;
      // Every conversation of his own agents and queues is shown to him, so what they are called anywhere is no secret.
      return {
        agentName: (id) => (sight.agentIds.has(id) ? directory : own).agentName(id),
        queueName: (id) => (sight.queueIds.has(id) ? directory : own).queueName(id),
        metricName: (id) => own.metricName(id),
      };
    },
    learn(sight, { table, window }, whole) {
      const { directory: own, learned } = knownOf(sight);
      if (learned.has(whole)) return;
      learned.add(whole);
      own.learnSpan(table, calendar.startOfDay(window.from), window.from);
    },
  };
}
