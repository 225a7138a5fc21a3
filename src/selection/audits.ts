import type { AuditStatus } from '../model/conversation.ts';
import { valueAt } from '../model/table.ts';
import { addTo, countOf, countValues, known, type Multiset, meanOf, mergeCounts } from './multiset.ts';
import { compareValues } from './order.ts';
import type { Selected } from './rows.ts';

/** What figures over audits need to know. Mergeable like a ScoreTally. */
export type AuditTally = {
  readonly statuses: Multiset<AuditStatus | null>;
  readonly auditScores: Multiset<number>;
  /** Audit score minus Kore.ai score, of conversations that carry both. */
  readonly differences: Multiset<number>;
};

export type AuditStatusCount = { readonly status: AuditStatus | null; readonly count: number };

/** The tally of some rows, of one table or of many. */
export function tallyAudits(parts: readonly Selected[]): AuditTally {
  const differences = new Map<number, number>();
  for (const { table, indices } of parts) {
    const { auditScore, score } = table.columns;
    if (auditScore.values.every((value) => value === null)) continue;
    for (const index of indices) {
      const [audited, scored] = [valueAt(auditScore, index), valueAt(score, index)];
      if (audited !== null && scored !== null) addTo(differences, audited - scored, 1);
    }
  }
  return {
    statuses: countValues(parts, ({ auditStatus }) => auditStatus),
    auditScores: known(countValues(parts, ({ auditScore }) => auditScore)),
    differences,
  };
}

/** The tally of the rows of both. */
export function mergeAudits(one: AuditTally, other: AuditTally): AuditTally {
  return {
    statuses: mergeCounts(one.statuses, other.statuses),
    auditScores: mergeCounts(one.auditScores, other.auditScores),
    differences: mergeCounts(one.differences, other.differences),
  };
}

/** Conversations by how far their audit has come, ascending by status, null last; states of none are left out. */
export function auditStatusCounts({ statuses }: AuditTally): readonly AuditStatusCount[] {
  return [...statuses]
    .map(([status, count]) => ({ status, count }))
    .sort((one, other) => compareValues(one.status, other.status, 'ASC'));
}

/** Conversations whose audit is complete. */
export function auditedCount({ statuses }: AuditTally): number {
  return countOf(statuses, (status) => status === 'AUDITED' || status === 'RESOLVED' || status === 'CLOSED');
}

/** The mean audit score; null when there is none. */
export function averageAuditScore({ auditScores }: AuditTally): number | null {
  return meanOf(auditScores);
}

/** Conversations that carry an audit score and a Kore.ai score. */
export function bothScoredCount({ differences }: AuditTally): number {
  return countOf(differences);
}

/** The mean of audit score minus Kore.ai score; null when no conversation carries both. */
export function meanDifference({ differences }: AuditTally): number | null {
  return meanOf(differences);
}

/** The mean of how far audit score and Kore.ai score are apart; null when no conversation carries both. */
export function meanAbsoluteDifference({ differences }: AuditTally): number | null {
  const distances = new Map<number, number>();
  for (const [difference, count] of differences) addTo(distances, Math.abs(difference), count);
  return meanOf(distances);
}
