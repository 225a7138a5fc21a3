import { Failure } from '../../src/errors.ts';
import type { Calendar } from '../../src/model/calendar.ts';
import type { Conversation, Row } from '../../src/model/conversation.ts';
import type { Tile } from '../../src/model/ports.ts';
import type { ListAnswer, ListQuestion, PlacedRow } from '../../src/model/range.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { Window } from '../../src/model/window.ts';
import { createFigures } from '../../src/reading/figures.ts';
import type { Found } from '../../src/reading/find.ts';
import type { Sought } from '../../src/reading/located.ts';
import type { Operation } from '../../src/reading/operation.ts';
import type { ListDemand } from '../../src/reading/read.ts';
import type { SliceReport } from '../../src/reading/report.ts';
import type { Scan } from '../../src/reading/scan.ts';
import type { ScanDemand } from '../../src/reading/slice.ts';
import { inTableOrder, rowOf } from '../selection/arbitraries.ts';

/** A conversation and the second by which the upstream picks it. */
export type Contact = { readonly at: number; readonly conversation: Conversation };

/** How a day of the stream can be read: whole, not yet, never, or not at all. */
export type DayState = 'whole' | 'pending' | 'torn' | 'refused';

export type StreamState = {
  readonly contacts: readonly Contact[];
  /** By the first second of the day; whole if left out. */
  readonly days?: ReadonlyMap<number, DayState>;
  readonly timeZone?: string;
  /** Plain lists are scanned: by what the stream is known for, or because reading one of them shows it. */
  readonly isUnfirm?: 'known' | 'shown';
  readonly unreadableCount?: number;
};

/** A stream as an operation reads it, with what was read of it. */
export type Readings = {
  readonly operation: Operation;
  /** The first seconds of slices that were read, as often as they were asked for. */
  readonly slicesRead: readonly number[];
  readonly expected: readonly ScanDemand[];
  readonly directReadCount: () => number;
  onRows: (rows: readonly Row[], from: number) => void;
};

/** Reads nothing but memory: what a scan and a list answer follows from the contacts alone. */
export function createReadings(state: StreamState, calendar: Calendar): Readings {
  const slicesRead: number[] = [];
  const expected: ScanDemand[] = [];
  const scans = new Map<string, Scan>();
  let directReadCount = 0;
  const readings: Readings = {
    slicesRead,
    expected,
    directReadCount: () => directReadCount,
    onRows: () => {},
    operation: {
      figures: createFigures(),
      prefersScan: () => state.isUnfirm === 'known',
      expect: (demands) => expected.push(...demands),
      read: (demands) =>
        demands.map(async (demand) => {
          directReadCount += 1;
          if (state.isUnfirm !== undefined) throw new Failure('UPSTREAM_INCONSISTENT', 'no order');
          return listOf(demand, rowsIn(demand.question, state));
        }),
      scan: (question) => {
        const key = JSON.stringify(question);
        const onRead = (window: Window, rows: readonly Row[]) => {
          slicesRead.push(window.from);
          readings.onRows(rows, window.from);
        };
        const scan = scans.get(key) ?? scanOf(question, { state, calendar, expected, onRead });
        scans.set(key, scan);
        return scan;
      },
      find: async (sought, window, defaultWindow) => findIn(sought, window ?? defaultWindow, state, calendar),
    },
  };
  return readings;
}

type Scanning = {
  readonly state: StreamState;
  readonly calendar: Calendar;
  readonly expected: readonly ScanDemand[];
  readonly onRead: (window: Window, rows: readonly Row[]) => void;
};

function scanOf(question: ListQuestion, { state, calendar, expected, onRead }: Scanning): Scan {
  const slices = slicesOf(question.window, calendar);
  const reports = new Map<number, Promise<SliceReport>>();
  const readNow = async (index: number): Promise<SliceReport> => {
    const window = slices[index];
    if (window === undefined) throw new RangeError(`no slice ${index}`);
    onRead(window, rowsIn({ ...question, window }, state));
    return reportOf({ ...question, window }, state, calendar, expected);
  };
  const read = (index: number): Promise<SliceReport> => {
    const report = reports.get(index) ?? readNow(index);
    reports.set(index, report);
    return report;
  };
  return { slices, read, readAll: () => Promise.all(slices.map((_, index) => read(index))) };
}

/** The days of a window. */
export function slicesOf({ from, until }: Window, calendar: Calendar): readonly Window[] {
  const slices: Window[] = [];
  for (let at = from; at < until; at = calendar.startOfDayAfter(at, 1)) {
    slices.push({ from: at, until: Math.min(until, calendar.startOfDayAfter(at, 1)) });
  }
  return slices;
}

function reportOf(
  question: ListQuestion,
  state: StreamState,
  calendar: Calendar,
  expected: readonly ScanDemand[],
): SliceReport {
  const { window } = question;
  const day = state.days?.get(calendar.startOfDay(window.from)) ?? 'whole';
  const cuts = expected.flatMap((demand) => demand.cuts).filter((cut) => window.from < cut && cut < window.until);
  const edges = [...new Set([window.from, ...cuts, window.until])].sort((one, other) => one - other);
  const all = edges
    .slice(1)
    .map((until, at) => tileOf({ ...question, window: { from: edges[at] ?? 0, until } }, state));
  const shared = { window, total: all.reduce((sum, { total }) => sum + total, 0) };
  switch (day) {
    case 'whole':
      return { ...shared, tiles: all, isWhole: true, isPending: false, retryAfterSeconds: null, failure: null };
    case 'pending': {
      const failure = new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'later', { retryAfterSeconds: 7 });
      return { window, total: null, tiles: [], isWhole: false, isPending: true, retryAfterSeconds: 7, failure };
    }
    case 'torn': {
      const failure = new Failure('UPSTREAM_INCONSISTENT', 'never');
      return { ...shared, tiles: all, isWhole: false, isPending: false, retryAfterSeconds: null, failure };
    }
    case 'refused': {
      const failure = new Failure('UPSTREAM_AUTH', 'not you');
      return { window, total: null, tiles: [], isWhole: false, isPending: false, retryAfterSeconds: null, failure };
    }
  }
}

function tileOf(question: ListQuestion, state: StreamState): Tile {
  const rows = inTableOrder(rowsIn(question, state));
  const unreadableCount = state.unreadableCount ?? 0;
  const total = rows.length + unreadableCount;
  return { window: question.window, table: tableOf(rows), unreadableCount, total, readAt: question.window.from * 1000 };
}

function rowsIn({ window, contactDirection, includeBelowThreshold }: ListQuestion, { contacts }: StreamState) {
  return contacts
    .filter(({ at }) => window.from <= at && at < window.until)
    .map(({ conversation }) => conversation)
    .filter((each) => contactDirection === null || each.contactDirection === contactDirection)
    .filter((each) => includeBelowThreshold || each.durationStatus !== 'BELOW_THRESHOLD')
    .map(rowOf);
}

/** The upstream's own list: contacts as they stand, with the index for an anchor. */
function listOf({ range, needsTotal }: ListDemand, rows: readonly Row[]): ListAnswer {
  const total = range === null && !needsTotal ? null : rows.length;
  const read = { total, rowsRead: total ?? 0, unreadableCount: 0, asOf: total === null ? null : 1_000 };
  if (range === null) return { ...read, range: null };
  const [start, end] = [range.after === null ? 0 : range.after.offset + 1, range.before?.offset ?? rows.length];
  const from = range.side === 'first' ? start : Math.max(start, end - range.count);
  const until = range.side === 'first' ? Math.min(end, start + range.count) : end;
  const placed = rows.slice(from, until).map(
    (row, at): PlacedRow => ({
      ...row,
      anchor: () => ({ offset: from + at, total: rows.length, print: '000000000000', before: [], after: [] }),
    }),
  );
  return { ...read, range: { rows: placed, hasNextPage: until < rows.length, hasPreviousPage: 0 < from } };
}

function findIn({ by, id }: Sought, window: Window, state: StreamState, calendar: Calendar): Found {
  const slices = slicesOf(window, calendar).toReversed();
  const isWhole = slices.every(({ from }) => (state.days?.get(calendar.startOfDay(from)) ?? 'whole') === 'whole');
  for (const slice of slices) {
    const question = { window: slice, contactDirection: null, includeBelowThreshold: true };
    const rows = inTableOrder(rowsIn(question, state)).filter(({ conversation }) => conversation?.[by] === id);
    if (rows.length > 0) return { kind: 'found', rows };
  }
  return isWhole ? { kind: 'absent' } : { kind: 'not-located', retryAfterSeconds: 7 };
}
