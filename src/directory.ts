import { LRUCache } from 'lru-cache';
import type { Column } from './model/column.ts';
import type { KnownName } from './model/sharing.ts';
import type { Table } from './model/table.ts';

/** What ids are called, learned from the rows that pass by: the upstream lists no agents, queues or metrics. */
export type Directory = KnownNames & {
  /** Learns from rows of a list that begins at `from` (seconds since 1970): none of them is older. */
  learn(table: Table, from: number): void;
  /**
   * Learns from all rows of a span of the day that begins at `day`; `from` is where the span begins. Learned again, it takes the place of what the span
   * showed before.
   */
  learnSpan(table: Table, day: number, from: number): void;
  /** Learns what another replica calls an id: for that day it is believed more than pages, and less than spans that were read here. */
  learnShared(names: readonly KnownName[]): void;
  /** Of the ids that were learned of here since this was asked last, what they are called. Empty unless the directory keeps news. */
  takeNews(): readonly KnownName[];
  /** How many agents, queues and metrics it knows. */
  count(): number;
};

/** What ids are called; null for what wasn't learned. */
export type KnownNames = {
  agentName(agentId: string): string | null;
  queueName(queueId: string): string | null;
  metricName(metricId: string): string | null;
};

/** How often each name was seen. */
type Counts = Map<string, number>;

/** Names of one kind. The newest day wins; within it the most frequent name, and of equals the one that sorts first. */
type Names = {
  learn(countsById: ReadonlyMap<string, Counts>, from: number): void;
  learnSpan(countsById: ReadonlyMap<string, Counts>, day: number, from: number): void;
  learnShared(id: string, name: string, day: number): void;
  takeNews(): readonly Omit<KnownName, 'kind'>[];
  name(id: string): string | null;
  count(): number;
};

/** What was seen of an id on the newest day: span by span if whole spans were read, else what another replica says, else on pages. */
type Sighting = {
  readonly day: number;
  readonly spans: Map<number, Counts>;
  readonly pages: Counts;
  shared: string | null;
};

/** How many different names of one id are told apart within a day. */
const namesPerIdMax = 16;

/** A longer name isn't remembered; its own row still shows it. */
const nameLengthMax = 256;

/**
 * A directory of at most `idsMax` agents, queues and metrics each; the least recently seen is forgotten first. It costs what it knows, not what it may know. Keeps news
 * if others want them.
 */
export function createDirectory({
  idsMax,
  keepsNews = false,
}: {
  readonly idsMax: number;
  readonly keepsNews?: boolean;
}): Directory {
  const create = () => createNames(idsMax, keepsNews);
  const [agents, queues, metrics] = [create(), create(), create()];
  const all = { agent: agents, queue: queues, metric: metrics };
  const kinds = ['agent', 'queue', 'metric'] as const;
  return {
    learnShared(names) {
      for (const { kind, id, name, day } of names) all[kind].learnShared(id, name, day);
    },
    takeNews: () => kinds.flatMap((kind) => all[kind].takeNews().map((news) => ({ kind, ...news }))),
    learn(table, from) {
      const counted = countAllNames(table);
      agents.learn(counted.agents, from);
      queues.learn(counted.queues, from);
      metrics.learn(counted.metrics, from);
    },
    learnSpan(table, day, from) {
      const counted = countAllNames(table);
      agents.learnSpan(counted.agents, day, from);
      queues.learnSpan(counted.queues, day, from);
      metrics.learnSpan(counted.metrics, day, from);
    },
    agentName: agents.name,
    queueName: queues.name,
    metricName: metrics.name,
    count: () => agents.count() + queues.count() + metrics.count(),
  };
}

function countAllNames({ columns }: Table) {
  return {
    agents: countNames(columns.agents, ({ agentId, name }) => [agentId, name]),
    queues: countNames(columns.queues, ({ queueId, name }) => [queueId, name]),
    metrics: countNames(columns.form, ({ metricId, metricName }) => [metricId, metricName]),
  };
}

/** How often each id bears each name in a column: counted once for each distinct value. */
function countNames<T>(
  { codes, values }: Column<readonly T[]>,
  read: (item: T) => readonly [id: string | null, name: string | null],
): ReadonlyMap<string, Counts> {
  const frequencies = new Uint32Array(values.length);
  for (const code of codes) frequencies[code] = (frequencies[code] ?? 0) + 1;
  const countsById = new Map<string, Counts>();
  for (const [code, items] of values.entries()) {
    for (const item of items) countName(countsById, ...read(item), frequencies[code] ?? 0);
  }
  return countsById;
}

function countName(countsById: Map<string, Counts>, id: string | null, name: string | null, count: number): void {
  if (id === null) return;
  let counts = countsById.get(id);
  if (counts === undefined) {
    counts = new Map();
    countsById.set(id, counts);
  }
  addName(counts, name, count);
}

function addName(counts: Counts, name: string | null, count: number): void {
  if (name === null || nameLengthMax < name.length || count === 0) return;
  if (counts.has(name) || counts.size < namesPerIdMax) counts.set(name, (counts.get(name) ?? 0) + count);
}

/** Bounded by size, and not by `max`, for which the cache would make room at once. */
function createNames(idsMax: number, keepsNews: boolean): Names {
  const sightings = new LRUCache<string, Sighting>({ maxSize: idsMax, sizeCalculation: () => 1 });
  const fresh = new Set<string>();
  /** What is known of an id on this day; undefined if a newer day is known. */
  const sightingOn = (id: string, day: number): Sighting | undefined => {
    const known = sightings.get(id);
    if (known !== undefined && day < known.day) return undefined;
    if (known?.day === day) return known;
    const sighting = { day, spans: new Map(), pages: new Map(), shared: null };
    sightings.set(id, sighting);
    return sighting;
  };
  const note = (id: string): void => {
    if (keepsNews && fresh.size < idsMax) fresh.add(id);
  };
  return {
    learn(countsById, from) {
      for (const [id, counts] of countsById) {
        const sighting = counts.size > 0 ? sightingOn(id, from) : undefined;
        if (sighting === undefined) continue;
        for (const [name, count] of counts) addName(sighting.pages, name, count);
        note(id);
      }
    },
    learnSpan(countsById, day, from) {
      for (const [id, counts] of countsById) {
        const sighting = counts.size > 0 ? sightingOn(id, day) : undefined;
        if (sighting === undefined) continue;
        sighting.spans.set(from, counts);
        note(id);
      }
    },
    learnShared(id, name, day) {
      const sighting = nameLengthMax < name.length ? undefined : sightingOn(id, day);
      if (sighting !== undefined) sighting.shared = name;
    },
    takeNews() {
      const news = [...fresh].flatMap((id) => {
        const sighting = sightings.peek(id);
        const name = nameOf(sighting);
        return sighting === undefined || name === null ? [] : [{ id, name, day: sighting.day }];
      });
      fresh.clear();
      return news;
    },
    name: (id) => nameOf(sightings.get(id)),
    count: () => sightings.size,
  };
}

function nameOf(sighting: Sighting | undefined): string | null {
  if (sighting === undefined) return null;
  const { spans, shared, pages } = sighting;
  if (spans.size === 0 && shared !== null) return shared;
  const all = new Map<string, number>();
  for (const counts of spans.size > 0 ? spans.values() : [pages])
    for (const [name, count] of counts) all.set(name, (all.get(name) ?? 0) + count);
  return mostFrequent(all);
}

function mostFrequent(counts: Counts): string | null {
  let best: { readonly name: string; readonly count: number } | undefined;
  for (const [name, count] of counts) {
    const isBetter = best === undefined || best.count < count || (best.count === count && name < best.name);
    if (isBetter) best = { name, count };
  }
  return best?.name ?? null;
}
