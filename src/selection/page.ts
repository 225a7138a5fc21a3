/** Which entries of an ordered list are wanted: those strictly between two keys (null: the end of the list), cut to `count` from one side. */
export type KeyRange<Key> = {
  readonly after: Key | null;
  readonly before: Key | null;
  readonly side: 'first' | 'last';
  readonly count: number;
};

/**
 * Whether entries stand after the last one returned and before the first one returned, even past the range's own keys. Where none was returned:
 * after the key `after`, and before the key `before`; where there is no such key, whether there are any.
 */
export type More = { readonly hasMoreBefore: boolean; readonly hasMoreAfter: boolean };

/** How many entries of a list stand where. */
export type Census = {
  readonly total: number;
  /** After the key `after`; all, if there is none. */
  readonly pastAfter: number;
  /** Before the key `before`; all, if there is none. */
  readonly shortOfBefore: number;
  /** Both. */
  readonly between: number;
};

/** What there is more than the entries that were returned. */
export function moreThan(returned: number, side: 'first' | 'last', census: Census): More {
  const { total, pastAfter, shortOfBefore, between } = census;
  if (returned === 0) return { hasMoreBefore: 0 < shortOfBefore, hasMoreAfter: 0 < pastAfter };
  const isCut = returned < between;
  return {
    hasMoreBefore: pastAfter < total || (side === 'last' && isCut),
    hasMoreAfter: shortOfBefore < total || (side === 'first' && isCut),
  };
}
