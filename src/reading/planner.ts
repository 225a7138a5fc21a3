import type { HeldPage } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { tableOf } from '../model/tabulate.ts';
import type { Window } from '../model/window.ts';
import { type Begun, createFigures, type OperationOptions } from './figures.ts';
import { createSeenSpans, type Found, findConversation } from './find.ts';
import type { Sought } from './located.ts';
import type { ReadingParts } from './operation.ts';
import { type ListsPlan, type LookUp, planLists } from './plan-lists.ts';
import { createPlannedScans, type PlannedScans } from './plan-spans.ts';
import type { ListDemand } from './read.ts';
import { createSighted } from './sighted.ts';
import type { ScanDemand } from './slice.ts';

/** What an operation would read, of what is held now. Nothing is asked of the upstream. */
export type Planner = PlannedScans & {
  lists(demands: readonly ListDemand[]): Promise<ListsPlan>;
  /** Looks for one conversation in what is held. Throws NotHeld where looking on takes a call. */
  find(sought: Sought, window: Window | null, defaultWindow: Window): Promise<Found>;
};

/** What the operation is going to scan, and where it looks for single conversations. */
export type Foreseen = { readonly expected: readonly ScanDemand[]; readonly searched: readonly ListQuestion[] };

/** Plans an operation of these options as if it began now. */
export function beginPlan(parts: ReadingParts, options: OperationOptions, foreseen: Foreseen): Planner {
  const { pages, clock, limits, held } = parts;
  // What a plan counts would tell of conversations that aren't shown.
  if (options.sight !== null) throw new Error('nothing is planned for a limited sight');
  const begun: Begun = { options, figures: createFigures(), sequence: pages.sequence(), atMs: clock.now() };
  const newerThan = options.isAfresh ? begun.sequence : 0;
  const lookUp: LookUp = async (question, indices) => {
    if (indices.length === 0) return new Map<number, HeldPage>();
    if (pages.isAhead(question)) return new Map(indices.map((index) => [index, emptyPage(index, begun)]));
    const wants = indices.map((index) => ({ question, index, newerThan }));
    const found = await pages.held(wants, options.patience.signal, true);
    return new Map(found.flatMap((page) => (page === undefined ? [] : [[page.index, page]])));
  };
  const scans = createPlannedScans({ ...parts, ...foreseen, begun, lookUp });
  const seen = createSeenSpans(held, begun);
  const sighted = createSighted(null, parts.turns, parts.onSeen);
  return {
    ...scans,
    lists: (demands) => planLists(demands, lookUp, limits),
    find: (sought, window, defaultWindow) =>
      findConversation(sought, window, defaultWindow, { ...parts, seen, scan: scans.scan, begun, sighted }),
  };
}

/** What a page of the future is known to hold. */
function emptyPage(index: number, { atMs, sequence }: Begun): HeldPage {
  return { index, table: tableOf([]), total: 0, readAt: atMs, sequence };
}
