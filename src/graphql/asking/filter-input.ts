import { Failure } from '../../errors.ts';
import type { Filter, Span } from '../../selection/filter.ts';
import type { ConversationFilter, TimeWindow } from '../generated.ts';
import { type FilterCountLimits, filtersWithin } from './filter-count.ts';
import { secondsOf } from './window.ts';

/** How much a filter may ask. */
export type FilterLimits = FilterCountLimits & {
  readonly listItemsMax: number;
  readonly filterDepthMax: number;
  readonly filterTextLengthMax: number;
};

/**
 * The filter of an argument as the rows are filtered by it. Throws BAD_USER_INPUT with the reason FILTER_TOO_LARGE, LIST_TOO_LONG, TEXT_TOO_LONG,
 * FILTER_TOO_DEEP, BELOW_THRESHOLD_NESTED, WINDOW_REVERSED or WINDOW_SUB_SECOND, and names where.
 */
export function filterOf(input: ConversationFilter, limits: FilterLimits): Filter {
  if (limits.filtersMax < filtersWithin(input, limits.filtersMax + 1))
    throw badFilter(`\`filterBy\` holds at most ${limits.filtersMax} filters`, 'FILTER_TOO_LARGE');
  return filterAt(input, 'filterBy', 1, limits);
}

function filterAt(input: ConversationFilter, path: string, depth: number, limits: FilterLimits): Filter {
  if (limits.filterDepthMax < depth)
    throw badFilter(`\`filterBy\` nests at most ${limits.filterDepthMax} filters deep`, 'FILTER_TOO_DEEP');
  const { includeBelowThreshold, evaluated, audited, anyOf, not, ...conditions } = input;
  if (1 < depth && isGiven(includeBelowThreshold))
    throw badFilter(
      `\`${path}.includeBelowThreshold\` says what is read: it stands at the top of \`filterBy\` alone`,
      'BELOW_THRESHOLD_NESTED',
    );
  for (const [name, value] of Object.entries({ ...conditions, anyOf })) checkSizes(value, `${path}.${name}`, limits);
  return {
    ...conditions,
    evaluated: isGiven(evaluated) ? spanOf(evaluated, `${path}.evaluated`) : null,
    audited: isGiven(audited) ? spanOf(audited, `${path}.audited`) : null,
    anyOf: isGiven(anyOf) ? anyOf.map((each) => filterAt(each, `${path}.anyOf`, depth + 1, limits)) : null,
    not: isGiven(not) ? filterAt(not, `${path}.not`, depth + 1, limits) : null,
  };
}

/** The lists and texts of one filter, and those within their items; the filters within it look after their own. */
function checkSizes(value: unknown, path: string, limits: FilterLimits): void {
  const { listItemsMax, filterTextLengthMax } = limits;
  if (typeof value === 'string' && filterTextLengthMax < value.length)
    throw badFilter(`A text of \`${path}\` has at most ${filterTextLengthMax} characters`, 'TEXT_TOO_LONG');
  if (!Array.isArray(value)) return;
  if (listItemsMax < value.length) throw badFilter(`\`${path}\` has at most ${listItemsMax} items`, 'LIST_TOO_LONG');
  if (path.endsWith('.anyOf')) return;
  for (const item of value) {
    if (typeof item !== 'object' || item === null) checkSizes(item, path, limits);
    else for (const [name, inner] of Object.entries(item)) checkSizes(inner, `${path}.${name}`, limits);
  }
}

/** A span of any length, in milliseconds. */
function spanOf(window: TimeWindow, path: string): Span {
  const { from, until } = secondsOf(window, `\`${path}\``);
  return { fromMs: from * 1000, untilMs: until * 1000 };
}

function badFilter(message: string, reason: string): Failure {
  return new Failure('BAD_USER_INPUT', message, { reason });
}

function isGiven<T>(argument: T | null | undefined): argument is T {
  return argument !== null && argument !== undefined;
}
