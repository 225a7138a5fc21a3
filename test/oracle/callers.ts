import fc from 'fast-check';
import type { Dataset } from './dataset.ts';
import type { Pool } from './pool.ts';
import type { Facts } from './rows.ts';
import type { Selection } from './selection.ts';

/** Somebody who asks: what his token says of him. */
export type Asker = {
  readonly rights: readonly ('all-conversations' | 'auditors' | 'custom-fields')[];
  readonly agents: readonly string[];
  readonly queues: readonly string[];
};

/** Callers of a world: with a few of its agents and queues, or none, or some that nobody has. */
export function askers({ agentIds, queueIds }: Pool): fc.Arbitrary<Asker> {
  return fc.record({
    rights: fc.oneof(
      { weight: 5, arbitrary: fc.subarray(['auditors', 'custom-fields'] as const) },
      { weight: 1, arbitrary: fc.subarray(['all-conversations', 'auditors', 'custom-fields'] as const) },
    ),
    agents: fc.oneof(fc.constant([]), fc.subarray([...agentIds], { maxLength: 3 })),
    queues: fc.oneof(fc.constant([]), fc.subarray([...queueIds], { maxLength: 2 })),
  });
}

/** What his token says. */
export function claimsOf({ rights, agents, queues }: Asker) {
  return { roles: rights, agents, queues };
}

/** Whether a row is one of his agents' or one of his queues'. */
export function isHis({ rights, agents, queues }: Asker, row: Pick<Facts, 'agents' | 'queues'>): boolean {
  return (
    rights.includes('all-conversations') ||
    row.agents.some(({ id }) => agents.includes(id)) ||
    row.queues.some(({ id }) => queues.includes(id))
  );
}

/** The world as it is for a caller: his rows, and of them what he may see. There is nothing else. */
export function worldOf(data: Dataset, asker: Asker): Dataset {
  const { rights } = asker;
  const rows = data.rows
    .filter((row) => isHis(asker, row))
    .map((row) => ({
      ...row,
      auditor: rights.includes('auditors') ? row.auditor : null,
      customFields: rights.includes('custom-fields') ? row.customFields : null,
    }));
  return { ...data, rows, isLimited: !rights.includes('all-conversations'), places: new Map() };
}

/** Whether a question asks by something that is hidden from him: then it must be refused, and tell nothing. */
export function isForbidden({ rights }: Asker, { args, fields }: Selection): boolean {
  const asksBy = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(asksBy);
    if (typeof value !== 'object' || value === null) return value === 'AUDITOR' && !rights.includes('auditors');
    return Object.entries(value).some(([name, inner]) => {
      const isAsked = inner !== null && inner !== undefined;
      if (name === 'auditors' && isAsked && !rights.includes('auditors')) return true;
      if (name === 'customFields' && isAsked && !rights.includes('custom-fields')) return true;
      return asksBy(inner);
    });
  };
  return (
    args.some(({ value }) => asksBy(value)) ||
    fields.some((each) => isForbidden({ rights, agents: [], queues: [] }, each))
  );
}
