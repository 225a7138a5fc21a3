import { LRUCache } from 'lru-cache';
import type { Row } from './model/conversation.ts';

/** What ids are called, learned from the rows that pass by: the upstream lists no agents, queues or metrics. */
export type Directory = {
  /** Learns from rows of a list that begins at `from` (seconds since 1970): none of them is older. */
  learn(rows: readonly Row[], from: number): void;
  agentName(agentId: string): string | null;
  queueName(queueId: string): string | null;
  metricName(metricId: string): string | null;
};

/** Names of one kind. The list that begins latest wins; within it the most frequent name, and of equals the one that sorts first. */
type Names = { learn(id: string, name: string | null, from: number): void; name(id: string): string | null };

type Sighting = { from: number; counts: Map<string, number> };

/** How many different names of one id are told apart within a day. */
const namesPerIdMax = 16;

/** A longer name isn't remembered; its own row still shows it. */
const nameLengthMax = 256;

/** A directory of at most `idsMax` agents, queues and metrics each; the least recently seen is forgotten first. */
export function createDirectory({ idsMax }: { readonly idsMax: number }): Directory {
  const [agents, queues, metrics] = [createNames(idsMax), createNames(idsMax), createNames(idsMax)];
  return {
    learn(rows, from) {
      for (const { conversation } of rows) {
        if (conversation === null) continue;
        for (const { agentId, name } of conversation.agents) agents.learn(agentId, name, from);
        for (const { queueId, name } of conversation.queues) queues.learn(queueId, name, from);
        for (const { metricId, metricName } of conversation.metrics) {
          if (metricId !== null) metrics.learn(metricId, metricName, from);
        }
      }
    },
    agentName: agents.name,
    queueName: queues.name,
    metricName: metrics.name,
  };
}

function createNames(idsMax: number): Names {
  const sightings = new LRUCache<string, Sighting>({ max: idsMax });
  return {
    learn(id, name, from) {
      if (name === null || nameLengthMax < name.length) return;
      const known = sightings.get(id);
      if (known !== undefined && from < known.from) return;
      const sighting = known !== undefined && known.from === from ? known : { from, counts: new Map() };
      if (sighting.counts.has(name) || sighting.counts.size < namesPerIdMax) {
        sighting.counts.set(name, (sighting.counts.get(name) ?? 0) + 1);
      }
      sightings.set(id, sighting);
    },
    name(id) {
      let best: { readonly name: string; readonly count: number } | undefined;
      for (const [name, count] of sightings.get(id)?.counts ?? []) {
        const isBetter = best === undefined || best.count < count || (best.count === count && name < best.name);
        if (isBetter) best = { name, count };
      }
      return best?.name ?? null;
    },
  };
}
