import type { ListQuestion } from '../../model/range.ts';
import type { Window } from '../../model/window.ts';
import type { PushedFilters } from '../../paging/cursor.ts';
import type { Filter } from '../../selection/filter.ts';
import { filterKey } from '../../selection/filter-key.ts';
import { asksForBelowThreshold, impliedDirection, isImpossible } from '../../selection/foresight.ts';
import type { ConversationFilter } from '../generated.ts';
import { type Access, refuseHiddenFilter } from './access.ts';
import { filtersWithin, tooManyFilters } from './filter-count.ts';
import { type FilterLimits, filterOf } from './filter-input.ts';

/** What a `filterBy` asks: what the upstream filters by itself, and what is left for the gateway. */
export type AskedFilters = {
  readonly pushed: PushedFilters;
  /** All must hold; none: every row of the list. */
  readonly filters: readonly Filter[];
  /** Canonical text of the filters. */
  readonly filterKey: string;
  /** No row can match that the caller sees, whatever is read. */
  readonly isImpossible: boolean;
};

/** Which conversations a field is about. */
export type RowsQuestion = {
  readonly list: ListQuestion;
  readonly filters: readonly Filter[];
  readonly filterKey: string;
  readonly isImpossible: boolean;
};

/** The same for questions of the same rows. */
export function keyOfRows({ list, filterKey }: RowsQuestion): string {
  return `${JSON.stringify(list)} ${filterKey}`;
}

/** What the filters of one operation ask, each worked out once: fields that filter by one variable have one input object. */
export type Filters = (filterBy: ConversationFilter | null | undefined) => AskedFilters;

/**
 * The filters of an operation that has asked none yet. They throw COST_LIMIT_EXCEEDED, which refuses it whole, for more filters in all than one operation
 * may have, and whatever `filtersOf` throws.
 */
export function createFilters(asking: { readonly limits: FilterLimits; readonly access: Access }): Filters {
  const { filtersMax, filtersPerOperationMax } = asking.limits;
  const none: ConversationFilter = {};
  const counted = new WeakSet<ConversationFilter>();
  const known = new WeakMap<ConversationFilter, AskedFilters>();
  let count = 0;
  return (filterBy) => {
    const input = filterBy ?? none;
    if (!counted.has(input)) count += filtersWithin(input, filtersMax + 1);
    counted.add(input);
    if (filtersPerOperationMax < count) throw tooManyFilters(filtersPerOperationMax);
    const asked = known.get(input) ?? filtersOf(input, asking);
    known.set(input, asked);
    return asked;
  };
}

/**
 * Splits a filter: a direction that is given, or that every match must state, is the upstream's to filter, and the threshold too: it is off
 * unless given, or asked for by its status. Throws BAD_USER_INPUT for what may not be asked, and FORBIDDEN for what this caller may not ask.
 */
function filtersOf(
  filterBy: ConversationFilter,
  { limits, access }: { readonly limits: FilterLimits; readonly access: Access },
): AskedFilters {
  const whole = filterOf(filterBy, limits);
  refuseHiddenFilter(whole, access);
  const { contactDirection, ...others } = whole;
  const direction = contactDirection ?? impliedDirection([whole]);
  const key = filterKey([others]);
  return {
    pushed: {
      contactDirection: direction,
      includeBelowThreshold: filterBy.includeBelowThreshold ?? asksForBelowThreshold(whole),
    },
    filters: key === everyRow ? [] : [others],
    filterKey: key,
    isImpossible: access.isBlind || isImpossible([whole]),
  };
}

/** What is asked of a window. */
export function questionOf({ pushed, ...asked }: AskedFilters, window: Window): RowsQuestion {
  return { list: { ...pushed, window }, ...asked };
}

/** Whether a question is about every row of an upstream's list. */
export function isOfEveryRow({ filters }: Pick<RowsQuestion, 'filters'>): boolean {
  return filters.length === 0;
}

const everyRow = filterKey([]);
