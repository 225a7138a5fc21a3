import { countDates, dateAt, shiftDate, startOfDate } from './calendar.ts';
import { type Extent, type PageArgs, type Places, placeOf, type Window } from './connection.ts';
import { type Filter, holds, isListed, isResidual } from './filter.ts';
import { byDay, inOrder, type Order } from './order.ts';
import type { Facts } from './rows.ts';

/** All that the oracle knows of one world. */
export type Dataset = {
  /** Every row, below the threshold or not, in the upstream's own order. */
  readonly rows: readonly Facts[];
  /** The gateway's own time zone, and its clock in milliseconds since 1970. */
  readonly timeZone: string;
  readonly nowMs: number;
  /** Whether the upstream keeps to one order: else a plain list may come in any. */
  readonly isOrderKnown: boolean;
  /** Whether it has one order at all: else pages that are asked for one after the other may miss rows and repeat them, unless they were scanned. */
  readonly isOrderFirm: boolean;
  /** Whether the upstream's totals are those of what it lists: else a plain list can only repeat them. */
  readonly isTotalKnown: boolean;
  /** Whether each id has one name in all rows: else a name depends on what was read before. */
  readonly hasOneName: boolean;
  /** Whether it is the world of a caller who doesn't see all of it: then every list is scanned. */
  readonly isLimited: boolean;
  readonly places: Places;
  /** Global ids by what they stand for, as seen: the same thing has the same id in every answer. */
  readonly globalIds: Map<string, string>;
};

export type ListArgs = PageArgs & {
  readonly window?: Window | null;
  readonly filterBy?: Filter | null;
  readonly orderBy?: Order | null;
};

export type List = {
  readonly rows: readonly Facts[];
  readonly window: Window;
  readonly isOrdered: boolean;
  readonly isTotalKnown: boolean;
  readonly coverage: Extent;
};

/** The rows that a question is about, in the order in which it lists them. `isOf` is what a parent adds, such as an agent. */
export function listOf(data: Dataset, args: ListArgs, isOf: ((row: Facts) => boolean) | null = null): List {
  const window = windowOf(data, args);
  const filter = args.filterBy ?? {};
  const inWindow = rowsIn(data, window);
  const rows = inWindow.filter((row) => isListed(filter, row) && holds(filter, row) && (isOf?.(row) ?? true));
  const { orderBy } = args;
  const isPlain = isOf === null && !data.isLimited && !isResidual(filter);
  const isScanned = !isPlain || (orderBy !== null && orderBy !== undefined);
  const [fromMs, untilMs] = [Date.parse(window.from), Date.parse(window.until)];
  return {
    rows:
      orderBy !== null && orderBy !== undefined ? inOrder(rows, orderBy) : isPlain ? rows : byDay(rows, data.timeZone),
    window,
    isOrdered: data.isOrderKnown || isScanned,
    isTotalKnown: data.isTotalKnown || isScanned,
    coverage: {
      daysExpected: countDates(data.timeZone, fromMs, untilMs),
      rowCountMax: inWindow.length,
      rowCount: isCountKnown(data, filter) ? inWindow.filter((row) => isListed(filter, row)).length : null,
      mayNeedNone: isResidual(filter) || (data.isLimited && data.rows.length === 0),
    },
  };
}

// A direction that is implied by what is nested may be asked of the upstream too, and then fewer rows are read.
function isCountKnown({ isOrderKnown, isTotalKnown }: Dataset, { contactDirection: _, ...filter }: Filter): boolean {
  return isOrderKnown && isTotalKnown && !JSON.stringify(filter).includes('contactDirection');
}

/** All rows that the upstream lists in a window, below the threshold or not. */
export function rowsIn({ rows }: Dataset, window: Window): readonly Facts[] {
  const [fromMs, untilMs] = [Date.parse(window.from), Date.parse(window.until)];
  return rows.filter(({ listedMs }) => fromMs <= listedMs && listedMs < untilMs);
}

/** The window of a question: its own, its cursor's, or the seven days that end with today. */
export function windowOf(data: Dataset, { window, after, before }: ListArgs): Window {
  if (window !== null && window !== undefined) return window;
  const cursor = after ?? before ?? null;
  return cursor === null ? weekOf(data) : placeOf(data.places, cursor).window;
}

/** The seven days that end with today, from midnight to midnight of the gateway's zone. */
export function weekOf({ timeZone, nowMs }: Dataset): Window {
  const today = dateAt(timeZone, nowMs);
  const startOf = (date: string) => new Date(startOfDate(timeZone, date)).toISOString();
  return { from: startOf(shiftDate(today, -6)), until: startOf(shiftDate(today, 1)) };
}
