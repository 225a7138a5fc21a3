import { Failure } from '../../errors.ts';
import type { Caller, Right } from '../../model/access.ts';
import type { Dimension } from '../../selection/dimension.ts';
import type { Filter } from '../../selection/filter.ts';
import { isBlind, keyOfSight } from '../../selection/sight.ts';

/** What a caller's limits mean for what he asks. */
export type Access = {
  readonly rights: ReadonlySet<Right>;
  /** Whether he doesn't see every conversation: then the upstream's own lists, which count them all, aren't read for him. */
  readonly isLimited: boolean;
  /** Whether he sees none: then nothing is read for him. */
  readonly isBlind: boolean;
  /** Canonical text of what he sees, a part of what his cursors are of; empty for everything. */
  readonly sightKey: string;
};

/** The limits of a caller. */
export function accessOf({ rights, sight }: Pick<Caller, 'rights' | 'sight'>): Access {
  return { rights, isLimited: sight !== null, isBlind: isBlind(sight), sightKey: keyOfSight(sight) };
}

/** Fields that are null without a right, by their coordinates in the SDL. */
const hiddenFields: Readonly<Record<string, Right>> = {
  'Conversation.customFields': 'custom-fields',
  'ConversationAudit.auditor': 'auditors',
};

/** Whether a field is null for everybody with these rights. */
export function isHidden(coordinate: string, rights: ReadonlySet<Right>): boolean {
  const right = hiddenFields[coordinate];
  return right !== undefined && !rights.has(right);
}

/** Throws FORBIDDEN with the reason HIDDEN_FIELD for a filter that would tell of fields that are hidden from the caller, at whatever depth. */
export function refuseHiddenFilter(filter: Filter, { rights }: Pick<Access, 'rights'>): void {
  if (isGiven(filter.auditors)) requireRight('auditors', rights, '`filterBy.auditors`');
  if (isGiven(filter.customFields)) requireRight('custom-fields', rights, '`filterBy.customFields`');
  for (const inner of [...(filter.anyOf ?? []), ...(filter.not ? [filter.not] : [])])
    refuseHiddenFilter(inner, { rights });
}

/** Throws FORBIDDEN with the reason HIDDEN_FIELD for groups by a field that is hidden from the caller. */
export function refuseHiddenDimensions(dimensions: readonly Dimension[], { rights }: Pick<Access, 'rights'>): void {
  if (dimensions.includes('AUDITOR')) requireRight('auditors', rights, 'Groups by AUDITOR');
}

function requireRight(right: Right, rights: ReadonlySet<Right>, what: string): void {
  if (rights.has(right)) return;
  throw new Failure('FORBIDDEN', `${what} would tell of what you may not see`, { reason: 'HIDDEN_FIELD' });
}

/**
 * Whether somebody may ask what is known of the upstream, and what an operation has cost or would cost. Only who sees every conversation: such figures count
 * those, too, that others may not see.
 */
export function mayInspect({ rights, sight }: Pick<Caller, 'rights' | 'sight'>): boolean {
  return sight === null && rights.has('upstream');
}

/** Throws FORBIDDEN with the reason UPSTREAM for who may not inspect. */
export function refuseInspection(mayInspectUpstream: boolean): null {
  if (mayInspectUpstream) return null;
  throw new Failure('FORBIDDEN', 'You may not see the state of the upstream, nor what operations cost', {
    reason: 'UPSTREAM',
  });
}

function isGiven<T>(argument: T | null | undefined): argument is T {
  return argument !== null && argument !== undefined;
}
