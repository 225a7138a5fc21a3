import type { Window } from '../../model/window.ts';
import { checkOwner, type KeysetList } from '../../paging/keyset.ts';
import { rangeOf } from '../../paging/range.ts';
import type { TimeWindow } from '../generated.ts';
import type { AskedRange, DemandEnvironment, Owner, Wants } from './demand.ts';
import type { AskedFilters } from './question.ts';
import { defaultWindow, windowOf } from './window.ts';

/** The arguments that every list takes. */
export type ListArguments = {
  readonly window?: TimeWindow | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
};

/** A list that may be paged through: what its cursors must be of. */
export type PagedList = {
  readonly list: KeysetList;
  readonly filters: AskedFilters;
  /** Whether cursors of the upstream's own list are its cursors too. */
  readonly isPlain: boolean;
  /** Whose it is, if that is known before anything is read. */
  readonly owner: Owner | null;
};

/**
 * Which part of which window is asked for: the window that is given, else the cursor's, else the default. Throws BAD_CURSOR and BAD_USER_INPUT with
 * their reasons.
 */
export function askRange(
  args: ListArguments,
  { list, filters, isPlain, owner }: PagedList,
  wants: Wants,
  { cursors, calendar, nowMs, limits }: DemandEnvironment,
): AskedRange & { readonly window: Window } {
  const lists = { direct: isPlain ? filters.pushed : null, keyset: list };
  const asked = isGiven(args.window) ? windowOf(args.window, calendar, limits) : null;
  const after = isGiven(args.after) ? cursors.open(args.after, lists, asked) : null;
  const before = isGiven(args.before) ? cursors.open(args.before, lists, asked ?? after?.window ?? null) : null;
  if (owner !== null)
    for (const cursor of [after, before]) if (cursor?.kind === 'keyset') checkOwner(cursor.keyset, owner.id);
  return {
    list,
    range: rangeOf(args, { after, before }, limits),
    tokens: { after: args.after ?? null, before: args.before ?? null },
    wants,
    window: asked ?? after?.window ?? before?.window ?? defaultWindow(calendar, nowMs, limits),
  };
}

/** The window of a question that is no list. */
export function askWindow(
  window: TimeWindow | null | undefined,
  { calendar, nowMs, limits }: DemandEnvironment,
): Window {
  return isGiven(window) ? windowOf(window, calendar, limits) : defaultWindow(calendar, nowMs, limits);
}

function isGiven<T>(argument: T | null | undefined): argument is T {
  return argument !== null && argument !== undefined;
}
