import type { Sight } from '../model/access.ts';
import type { Conversation } from '../model/conversation.ts';
import type { Table } from '../model/table.ts';
import { compileFilters } from './compile.ts';
import type { Selected } from './rows.ts';

/** The one law of what a sight shows: a conversation with one of its agents, or in one of its queues. */
export function isSeen({ agents, queues }: Pick<Conversation, 'agents' | 'queues'>, sight: Sight): boolean {
  return (
    agents.some(({ agentId }) => sight.agentIds.has(agentId)) ||
    queues.some(({ queueId }) => sight.queueIds.has(queueId))
  );
}

/** The same law for the rows of a table, decided once for each distinct list of agents and of queues. Rows that couldn't be read are nobody's. */
export function compileSight({ agentIds, queueIds }: Sight): (table: Table) => Selected {
  return compileFilters([{ anyOf: [{ agentIds: [...agentIds] }, { queueIds: [...queueIds] }] }]);
}

/** Whether a sight shows no conversation at all. */
export function isBlind(sight: Sight | null): boolean {
  return sight !== null && sight.agentIds.size === 0 && sight.queueIds.size === 0;
}

/** Canonical text of a sight: the same for those who see the same rows. Empty for who sees all. */
export function keyOfSight(sight: Sight | null): string {
  return sight === null ? '' : JSON.stringify([[...sight.agentIds].sort(), [...sight.queueIds].sort()]);
}
