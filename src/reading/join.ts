import type { Row } from '../model/conversation.ts';
import { type Location, locate, type SearchLimits } from './locate.ts';
import { anchorAt, type Need, type View, type ViewedPage } from './view.ts';
import { isSeam, reread, sharesRow } from './whole.ts';

/** Where to go on upon another page, or what has to be read first. */
export type Join =
  | Exclude<Location, { kind: 'gone' | 'reordered' }>
  | { readonly kind: 'restart'; readonly need: Need };

/** Where to go on behind the row that the lower page ends with: on the upper page if that begins with it, else wherever it stands now. */
export function joinUp(lower: ViewedPage, upper: ViewedPage, view: View, limits: SearchLimits): Join {
  if (isSeam(lower, upper))
    return isApart(lower, upper) ? { kind: 'found', boundary: { page: upper, index: 1 } } : restart(lower, upper);
  if (!hasMoved(lower, upper)) return restart(lower, upper);
  const location = locate(anchorAt(lower, lower.table.rowCount - 1), 'following', view, limits, beliefFrom(lower));
  if (location.kind === 'need') return location;
  if (location.kind !== 'found') return restart(lower, upper);
  const { page, index } = location.boundary;
  // An older reading that ends with this row leads nowhere, or back to where the search came from.
  if (page.sequence < lower.sequence && index === page.table.rowCount)
    return { kind: 'need', need: { pages: [], afresh: [page.index] } };
  return isExplained(lower, page, page.rows().slice(0, index), page.rows().slice(index))
    ? location
    : restart(lower, page);
}

/** Where to go on before the row that the upper page begins with. */
export function joinDown(upper: ViewedPage, lower: ViewedPage, view: View, limits: SearchLimits): Join {
  if (isSeam(lower, upper)) {
    return isApart(lower, upper)
      ? { kind: 'found', boundary: { page: lower, index: lower.table.rowCount - 1 } }
      : restart(lower, upper);
  }
  if (!hasMoved(lower, upper)) return restart(lower, upper);
  const location = locate(anchorAt(upper, 0), 'preceding', view, limits, beliefFrom(upper));
  if (location.kind === 'need') return location;
  if (location.kind !== 'found') return restart(lower, upper);
  const { page, index } = location.boundary;
  if (page.sequence < upper.sequence && index === 0) return { kind: 'need', need: { pages: [], afresh: [page.index] } };
  return isExplained(upper, page, page.rows().slice(index), page.rows().slice(0, index))
    ? location
    : restart(upper, page);
}

/** Whether the list can have grown or shrunk between two readings of this operation: only then a seam may be displaced. */
function hasMoved(lower: ViewedPage, upper: ViewedPage): boolean {
  return lower.isNew && upper.isNew && lower.total !== upper.total;
}

/** Whether two pages share their seam alone. Where the order is firm they can't share more, whatever came and went between them. */
function isApart(lower: ViewedPage, upper: ViewedPage): boolean {
  return !sharesRow(lower.rows(), upper.rows().slice(1));
}

/**
 * Whether going on from a join in the middle of another page fits what was seen: nothing that was seen comes again behind it, and what
 * stands before it, but was not seen there, can be new, for the total has grown by as many. If not, rows may have changed places.
 */
function isExplained(seen: ViewedPage, other: ViewedPage, nearSide: readonly Row[], farSide: readonly Row[]): boolean {
  if (sharesRow(seen.rows(), farSide)) return false;
  const identities = new Set(seen.rows().map(({ identity }) => identity));
  const unknownCount = nearSide.filter(({ identity }) => !identities.has(identity)).length;
  return unknownCount <= Math.max(0, other.total - seen.total);
}

/** What doesn't fit is read again, and what rests on it is collected anew. */
function restart(one: ViewedPage, other: ViewedPage): Join {
  return { kind: 'restart', need: reread([one, other]).need };
}

/** A row that was seen on `left` is looked for in later readings only. */
function beliefFrom(left: ViewedPage) {
  return { left, isOutdated: (page: ViewedPage) => page.sequence < left.sequence };
}
