import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Clock, Turns } from '../model/ports.ts';
import type { ListAnswer, ListQuestion } from '../model/range.ts';
import type { Window } from '../model/window.ts';
import { isBlind } from '../selection/sight.ts';
import { type Begun, createFigures, type OperationFigures, type OperationOptions } from './figures.ts';
import { createSeenSpans, type Found, findConversation } from './find.ts';
import type { HeldTiles } from './held.ts';
import type { Located, Sought } from './located.ts';
import type { Pages } from './pages.ts';
import { createLists, type ListDemand, type ReadLimits } from './read.ts';
import { createScans, isScanRemedy, type Scan } from './scan.ts';
import type { Scanner } from './scanner.ts';
import { createSighted, type OnSeen } from './sighted.ts';
import type { ScanDemand } from './slice.ts';

/** All reading of one GraphQL operation: its fields see the same pages and slices, and nothing is asked for twice. */
export type Operation = {
  /** Plain lists. One answer a demand, each failing by itself. Asked once, with all that the operation wants. */
  read(demands: readonly ListDemand[]): readonly Promise<ListAnswer>[];
  /** Told once of everything that will be scanned, before anything is. */
  expect(scans: readonly ScanDemand[]): void;
  /** The scan of a list: the same for the same question. */
  scan(question: ListQuestion): Scan;
  /** Whether a plain list is better scanned, because its pages can't be joined or contradict it. */
  prefersScan(question: ListQuestion): boolean;
  /** Looks for one conversation: see `findConversation`. */
  find(sought: Sought, window: Window | null, defaultWindow: Window): Promise<Found>;
  readonly figures: Readonly<OperationFigures>;
};

/** What operations read with; one for all of them. */
export type ReadingParts = {
  readonly pages: Pages;
  readonly held: HeldTiles;
  readonly scanner: Scanner;
  readonly located: Located;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly onSeen: OnSeen;
  readonly limits: ReadLimits;
};

/**
 * Begins an operation: what was read before it is good enough while it is fresh, unless it reads afresh. Who doesn't see every conversation is shown what scans bring,
 * cut to his: the upstream's own lists would tell him of others by their totals and cursors.
 */
export function beginOperation(parts: ReadingParts, options: OperationOptions): Operation {
  const { pages, clock, scanner, limits } = parts;
  const figures = createFigures();
  const begun: Begun = { options, figures, sequence: pages.sequence(), atMs: clock.now() };
  const lists = createLists(pages, limits, begun);
  const seen = createSeenSpans(parts.held, begun);
  const sighted = createSighted(options.sight, parts.turns, parts.onSeen);
  const scans = createScans({ ...parts, callsPerOperationMax: limits.callsPerOperationMax }, begun);
  return {
    figures,
    read(demands) {
      if (options.sight !== null && demands.length > 0) throw new Error('a limited sight reads no plain list');
      return lists.read(demands).map(async (answer, at) => {
        try {
          return await answer;
        } catch (error) {
          if (error instanceof Failure && isDoubt(error) && demands[at] !== undefined)
            scanner.preferScan(demands[at].question, error);
          throw error;
        }
      });
    },
    expect: scans.expect,
    scan: (question) => sighted.scan(scans.scan(question)),
    prefersScan: scanner.prefersScan,
    find: async (sought, window, defaultWindow) =>
      isBlind(options.sight)
        ? { kind: 'absent' }
        : await findConversation(sought, window, defaultWindow, { ...parts, seen, scan: scans.scan, begun, sighted }),
  };
}

/** What casts doubt on reading a list by pages: whoever asks again is better served by a scan. A row that is gone does not. */
function isDoubt(failure: Failure): boolean {
  return isScanRemedy(failure) || failure.reason === 'ORDER_CHANGED';
}
