import { Failure } from '../errors.ts';
import type { Anchor, Range } from '../model/range.ts';

/** The four arguments of a connection field, as they came. Relay Cursor Connections, section 4. */
export type ConnectionArguments = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
};

export type PageSizes = { readonly pageSizeMax: number; readonly pageSizeDefault: number };

/** Which rows are asked for. Both counts at once, a negative one, or one over the bound is BAD_USER_INPUT: nothing is clamped. */
export function rangeOf(
  { first, last }: ConnectionArguments,
  { after, before }: { readonly after: Anchor | null; readonly before: Anchor | null },
  { pageSizeMax, pageSizeDefault }: PageSizes,
): Range {
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
