import { LRUCache } from 'lru-cache';
import type { Column } from './model/column.ts';
import type { AgentSighting, QueueSighting } from './model/conversation.ts';
import type { KnownName } from './model/sharing.ts';
import type { FormMetric, Table } from './model/table.ts';

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

/** The same of one id: it seldom has more names than one. */
type Tally = { readonly name: string; count: number; others: Counts | null };

/** Names of one kind. The newest day wins; within it the most frequent name, and of equals the one that sorts first. */
type Names = {
  learn(tallies: ReadonlyMap<string, Tally>, from: number): void;
  learnSpan(tallies: ReadonlyMap<string, Tally>, day: number, from: number): void;
  learnShared(id: string, name: string, day: number): void;
  takeNews(): readonly Omit<KnownName, 'kind'>[];
  name(id: string): string | null;
  count(): number;
};

/** What was seen of an id on the newest day: span by span if whole spans were read, else what another replica says, else on pages. */
type Sighting = {
  readonly day: number;
  readonly spans: Map<number, Tally>;
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
    learn({ columns }, from) {
      agents.learn(tallyNames(columns.agents, idOfAgent, nameOfAny), from);
      queues.learn(tallyNames(columns.queues, idOfQueue, nameOfAny), from);
      metrics.learn(tallyNames(columns.form, idOfMetric, nameOfMetric), from);
    },
    learnSpan({ columns }, day, from) {
      agents.learnSpan(tallyNames(columns.agents, idOfAgent, nameOfAny), day, from);
      queues.learnSpan(tallyNames(columns.queues, idOfQueue, nameOfAny), day, from);
      metrics.learnSpan(tallyNames(columns.form, idOfMetric, nameOfMetric), day, from);
    },
    agentName: agents.name,
    queueName: queues.name,
    metricName: metrics.name,
    count: () => agents.count() + queues.count() + metrics.count(),
  };
}

const idOfAgent = ({ agentId }: AgentSighting): string => agentId;
const idOfQueue = ({ queueId }: QueueSighting): string => queueId;
const nameOfAny = ({ name }: { readonly name: string | null }): string | null => name;
const idOfMetric = ({ metricId }: FormMetric): string | null => metricId;
const nameOfMetric = ({ metricName }: FormMetric): string | null => metricName;

/** How often each id bears each name in a column: counted once for each distinct value. */
function tallyNames<T>(
  { codes, values }: Column<readonly T[]>,
  idOf: (item: T) => string | null,
  nameOf: (item: T) => string | null,
): ReadonlyMap<string, Tally> {
  const frequencies = new Uint32Array(values.length);
  for (const code of codes) frequencies[code] = (frequencies[code] ?? 0) + 1;
  const tallies = new Map<string, Tally>();
  for (const [code, items] of values.entries()) {
    for (const item of items) {
      const [id, name, count] = [idOf(item), nameOf(item), frequencies[code] ?? 0];
      if (id === null || name === null || nameLengthMax < name.length || count === 0) continue;
      const tally = tallies.get(id);
      if (tally === undefined) tallies.set(id, { name, count, others: null });
      else if (tally.name === name) tally.count += count;
      else {
        tally.others ??= new Map();
        addName(tally.others, name, count, namesPerIdMax - 1);
      }
    }
  }
  return tallies;
}

function addName(counts: Counts, name: string, count: number, namesMax = namesPerIdMax): void {
  if (counts.has(name) || counts.size < namesMax) counts.set(name, (counts.get(name) ?? 0) + count);
}

function addTally(counts: Counts, { name, count, others }: Tally, namesMax = namesPerIdMax): void {
  addName(counts, name, count, namesMax);
  if (others !== null) for (const [other, otherCount] of others) addName(counts, other, otherCount, namesMax);
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
    learn(tallies, from) {
      for (const [id, tally] of tallies) {
        const sighting = sightingOn(id, from);
        if (sighting === undefined) continue;
        addTally(sighting.pages, tally);
        note(id);
      }
    },
    learnSpan(tallies, day, from) {
      for (const [id, tally] of tallies) {
        const sighting = sightingOn(id, day);
        if (sighting === undefined) continue;
        sighting.spans.set(from, tally);
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
  if (spans.size === 0) return mostFrequent(pages);
  const all: Counts = new Map();
  for (const tally of spans.values()) addTally(all, tally, Number.POSITIVE_INFINITY);
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
