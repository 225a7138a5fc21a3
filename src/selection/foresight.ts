import type { ContactDirection } from '../model/conversation.ts';
import { type Filter, valueListNames } from './filter.ts';

/** What the direction of a matching row can be, in bits: stated as inbound, stated as outbound, not stated. */
const inbound = 1;
const outbound = 2;
const anyDirection = 7;

/** Whether no row can match all of these filters, as far as they show it themselves. True is a proof; false is none. */
export function isImpossible(filters: readonly Filter[]): boolean {
  return directionsOfAll(filters) === 0;
}

/** The direction that every row states which matches all of these filters; null where none is implied. */
export function impliedDirection(filters: readonly Filter[]): ContactDirection | null {
  const directions = directionsOfAll(filters);
  if (directions === inbound) return 'INBOUND';
  return directions === outbound ? 'OUTBOUND' : null;
}

/** Whether a filter asks for contacts below the minimum duration: at its top or in a branch, for under `not` it would exclude them. */
export function asksForBelowThreshold({ durationStatuses, anyOf }: Filter): boolean {
  return (durationStatuses ?? []).includes('BELOW_THRESHOLD') || (anyOf ?? []).some(asksForBelowThreshold);
}

function directionsOfAll(filters: readonly Filter[]): number {
  return filters.reduce((directions, filter) => directions & directionsOf(filter), anyDirection);
}

/** The directions that a row can have which matches; none where no row can match. */
function directionsOf(filter: Filter): number {
  if (hasEmptyCondition(filter) || (filter.not && isEverything(filter.not))) return 0;
  const stated = { INBOUND: inbound, OUTBOUND: outbound, NONE: anyDirection }[filter.contactDirection ?? 'NONE'];
  const branches = filter.anyOf?.reduce((directions, branch) => directions | directionsOf(branch), 0);
  return stated & (branches ?? anyDirection);
}

/** Whether a single condition of a filter can't hold, whatever the others say. */
function hasEmptyCondition(filter: Filter): boolean {
  const { koreEvaluationScore: score, isScored, evaluated, audited, metrics } = filter;
  return (
    valueListNames.some((name) => filter[name]?.length === 0) ||
    [evaluated, audited].some((span) => span && span.untilMs <= span.fromMs) ||
    (score && (isScored === false || (score.max ?? Infinity) < (score.min ?? -Infinity))) ||
    (metrics ?? []).some(
      ({ qualifications, auditorResponses }) => qualifications?.length === 0 || auditorResponses?.length === 0,
    )
  );
}

/** Whether every row matches: nothing is asked, or what is asked always holds. */
function isEverything({ anyOf, not, metrics, customFields, dispositions, ...others }: Filter): boolean {
  return (
    Object.values(others).every((condition) => condition === null || condition === undefined) &&
    [metrics, customFields, dispositions].every((conditions) => (conditions ?? []).length === 0) &&
    (!anyOf || anyOf.some(isEverything)) &&
    (!not || isImpossible([not]))
  );
}
