import { hash, share } from './hash.ts';
import { aliasNames } from './names.ts';
import type { Tenant, TenantAgent, TenantQueue } from './tenant.ts';

/** Something with an id and the name that one row gives it; another row may give the same id another name. */
export type Named = { readonly id: string; readonly name: string };

/** The queue whose form scored a row. Busy queues come first; the last ones are rare. */
export function queueOf(tenant: Tenant, seed: number, serial: number): TenantQueue {
  const place = Math.floor(share(seed, serial, 701) ** 1.6 * tenant.queues.length);
  const queue = tenant.queues[place];
  if (queue === undefined) throw new RangeError('a tenant without queues');
  return queue;
}

/** The queues a row lists: one; with quirks now and then none or two (contract 2.3). */
export function queuesShown(tenant: Tenant, seed: number, serial: number, quirks: boolean): readonly Named[] {
  const { id, name } = queueOf(tenant, seed, serial);
  const drawn = share(seed, serial, 702);
  if (!quirks || drawn > 0.012) return [{ id, name }];
  if (drawn < 0.007) return [];
  const second = tenant.queues[hash(seed, serial, 703) % tenant.queues.length];
  return second === undefined || second.id === id ? [{ id, name }] : [{ id, name }, named(second)];
}

/**
 * The agents who took part: usually one; sometimes two or three; with quirks now and then none. A segment of another row's
 * conversation (`partnerSerial`) has an agent whom that row has not.
 */
export function agentsOf(
  tenant: Tenant,
  row: { readonly seed: number; readonly serial: number; readonly partnerSerial: number; readonly quirks: boolean },
): readonly TenantAgent[] {
  if (row.partnerSerial !== row.serial) {
    const place = firstAgentPlace(tenant, row.seed, row.partnerSerial);
    return agentAt(tenant, place + teamStride + 1);
  }
  const { seed, serial } = row;
  const place = firstAgentPlace(tenant, seed, serial);
  const drawn = share(seed, serial, 704);
  if (row.quirks && drawn > 0.993) return [];
  if (drawn < 0.85) return agentAt(tenant, place);
  // A transfer goes to the next agent on the list, of another team and perhaps of the same name, or to a team mate.
  const second = agentAt(tenant, place + (hash(seed, serial, 705) % 2 === 0 ? 1 : teamStride));
  if (drawn < 0.97) return [...agentAt(tenant, place), ...second];
  return [...agentAt(tenant, place), ...second, ...agentAt(tenant, place + 3 * teamStride)];
}

/** An agent under the name that this row gives, with quirks sometimes another than elsewhere (contract 2.6.7). */
export function agentShown(agent: TenantAgent, seed: number, serial: number, quirks: boolean): Named {
  const drawn = hash(seed, serial, 706);
  if (!quirks || drawn % 80 !== 0) return named(agent);
  return { id: agent.id, name: aliasNames[(drawn >>> 8) % aliasNames.length] ?? agent.name };
}

const teamStride = 6;

function firstAgentPlace(tenant: Tenant, seed: number, serial: number): number {
  const team = queueOf(tenant, seed, serial).agents;
  const agent = team[hash(seed, serial, 707) % team.length];
  return agent === undefined ? 0 : tenant.agents.indexOf(agent);
}

function agentAt(tenant: Tenant, place: number): readonly TenantAgent[] {
  const agent = tenant.agents[place % tenant.agents.length];
  return agent === undefined ? [] : [agent];
}

function named({ id, name }: Named): Named {
  return { id, name };
}
