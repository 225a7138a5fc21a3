import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Clock } from '../model/ports.ts';
import type { ListAnswer, ListQuestion } from '../model/range.ts';
import type { Window } from '../model/window.ts';
import { type Begun, createFigures, type OperationFigures, type OperationOptions } from './figures.ts';
import { createSeenSpans, type Found, findConversation } from './find.ts';
import type { HeldTiles } from './held.ts';
import type { Located, Sought } from './located.ts';
import type { Pages } from './pages.ts';
import { createLists, type ListDemand, type ReadLimits } from './read.ts';
import { createScans, isScanRemedy, type Scan } from './scan.ts';
import type { Scanner } from './scanner.ts';
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
  readonly limits: ReadLimits;
};

/** Begins an operation: what was read before it is good enough while it is fresh, unless it reads afresh. */
export function beginOperation(parts: ReadingParts, options: OperationOptions): Operation {
  const { pages, clock, scanner, limits } = parts;
  const figures = createFigures();
  const begun: Begun = { options, figures, sequence: pages.sequence(), atMs: clock.now() };
  const lists = createLists(pages, limits, begun);
  const seen = createSeenSpans(parts.held, begun);
  const scans = createScans({ ...parts, callsPerOperationMax: limits.callsPerOperationMax }, begun);
  return {
    figures,
    read: (demands) =>
      lists.read(demands).map(async (answer, at) => {
        try {
          return await answer;
        } catch (error) {
          if (error instanceof Failure && isDoubt(error) && demands[at] !== undefined)
            scanner.preferScan(demands[at].question, error);
          throw error;
        }
      }),
    expect: scans.expect,
    scan: scans.scan,
    prefersScan: scanner.prefersScan,
    find: (sought, window, defaultWindow) =>
      findConversation(sought, window, defaultWindow, { ...parts, seen, scan: scans.scan, begun }),
  };
}

/** What casts doubt on reading a list by pages: whoever asks again is better served by a scan. A row that is gone does not. */
function isDoubt(failure: Failure): boolean {
  return isScanRemedy(failure) || failure.reason === 'ORDER_CHANGED';
}
