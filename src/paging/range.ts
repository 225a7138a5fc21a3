import { Failure } from '../errors.ts';

/** The four arguments of a connection field, as they came. Relay Cursor Connections, section 4. */
export type ConnectionArguments = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
};

export type PageSizes = { readonly pageSizeMax: number; readonly pageSizeDefault: number };

/** The rows between two places (null: the end of the list on that side), cut to `count` from one side. */
export type RangeOf<Place> = {
  readonly after: Place | null;
  readonly before: Place | null;
  readonly side: 'first' | 'last';
  readonly count: number;
};

/** Which rows are asked for. Both counts at once, a negative one, or one over the bound is BAD_USER_INPUT: nothing is clamped. */
export function rangeOf<Place>(
  { first, last }: ConnectionArguments,
  { after, before }: Pick<RangeOf<Place>, 'after' | 'before'>,
  { pageSizeMax, pageSizeDefault }: PageSizes,
): RangeOf<Place> {
  if (isGiven(first) && isGiven(last)) {
    throw new Failure('BAD_USER_INPUT', '`first` and `last` exclude each other: give one of them', {
      reason: 'FIRST_AND_LAST',
    });
  }
  const side = isGiven(last) ? 'last' : 'first';
  const count = first ?? last ?? pageSizeDefault;
  if (count < 0 || pageSizeMax < count) {
    throw new Failure('BAD_USER_INPUT', `\`${side}\` must be from 0 to ${pageSizeMax}`, { reason: 'PAGE_SIZE' });
  }
  return { after, before, side, count };
}

function isGiven(count: number | null | undefined): count is number {
  return count !== null && count !== undefined;
}
