import { hash } from 'node:crypto';
import type { Row } from '../model/conversation.ts';
import type { HeldPage } from '../model/ports.ts';
import type { Anchor } from '../model/range.ts';
import { distinctRows, identityAt, rowsAt } from '../model/row-at.ts';
import { rowAt, type Table } from '../model/table.ts';
import { offsetOfPage } from './geometry.ts';

/** A page as one operation sees it. */
export type ViewedPage = HeldPage & {
  /** Whether its call was sent after the operation began: what is not new may be replaced by a newer reading. */
  readonly isNew: boolean;
  /** One of its rows, made when it is first asked for; undefined before the first and behind the last. */
  readonly row: (index: number) => Row | undefined;
  /** All of its rows. */
  readonly rows: () => readonly Row[];
  /** Prints of the identities, made when first asked for. */
  readonly prints: () => readonly string[];
  /** The indices of rows that stand on the page before, byte for byte, found when first asked for: a row is one, however often a response lists it. */
  readonly repeats: () => ReadonlySet<number>;
};

/** The pages of one list that an operation has seen so far, by index. */
export type View = ReadonlyMap<number, ViewedPage>;

/** A gap between two rows of a page: rows of a lower index are before it. */
export type Boundary = { readonly page: ViewedPage; readonly index: number };

/** One row where it stands. */
export type Spot = { readonly page: ViewedPage; readonly index: number };

/** What has to be read before the next step can be taken: `afresh` pages must be newer than the view's. */
export type Need = { readonly pages: readonly number[]; readonly afresh: readonly number[] };

/** How many rows on either side a cursor remembers: as many may vanish together with its own before it is lost. */
export const neighbourCountMax = 4;
const printLength = 12;

/** Shows a page to an operation. */
export function viewPage(page: HeldPage, isNew: boolean): ViewedPage {
  const { table } = page;
  return {
    ...page,
    isNew,
    row: (index) => (0 <= index && index < table.rowCount ? madeRow(table, index) : undefined),
    rows: () => Array.from({ length: table.rowCount }, (_, index) => madeRow(table, index)),
    prints: () => printsOf(table),
    repeats: () => repeatsAmong(table),
  };
}

/** Found once for the rows of a page, whoever looks at them: they never change. */
const printsOf = onceForTable((table) => rowsAt(table).map((row) => printOf(identityAt(row))));
const repeatsAmong = onceForTable(repeatsOf);

function onceForTable<Found>(find: (table: Table) => Found): (table: Table) => Found {
  const known = new WeakMap<Table, Found>();
  return (table) => {
    let found = known.get(table);
    if (found === undefined) {
      found = find(table);
      known.set(table, found);
    }
    return found;
  };
}

const rowsMade = onceForTable((): (Row | undefined)[] => []);

/** A row is one object for all who look at it while its page is held as it is used: what is written of it can be kept. */
function madeRow(table: Table, index: number): Row {
  const made = rowsMade(table);
  const row = made[index] ?? rowAt(table, index);
  made[index] = row;
  return row;
}

function repeatsOf(table: Table): ReadonlySet<number> {
  const kept = new Set(distinctRows(rowsAt(table)).map(({ index }) => index));
  return new Set(Array.from({ length: table.rowCount }, (_, index) => index).filter((index) => !kept.has(index)));
}

/** Whether two rows are one and the same, content and all. */
export function isSameRow(one: Row, other: Row): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Forty-eight bits of a row's identity: enough to know a row again among the few hundred that are looked at. */
export function printOf(identity: string): string {
  return hash('sha256', identity, 'hex').slice(0, printLength);
}

/** Where a boundary stands in the whole list, as of its page. */
export function offsetAt({ page, index }: Boundary): number {
  return offsetOfPage(page.index) + index;
}

/** Whether the list ends with this page, as of its response. */
export function isLast(page: ViewedPage): boolean {
  return offsetOfPage(page.index) + page.table.rowCount >= page.total;
}

/** The total of the newest of some pages; undefined if there are none. */
export function newestTotal(pages: Iterable<ViewedPage>): number | undefined {
  let newest: ViewedPage | undefined;
  for (const page of pages) if (newest === undefined || newest.sequence < page.sequence) newest = page;
  return newest?.total;
}

/** The anchor of a row: where it stands, and who stands around it on its page. */
export function anchorAt(page: ViewedPage, index: number): Anchor {
  const prints = page.prints();
  return {
    offset: offsetOfPage(page.index) + index,
    total: page.total,
    print: prints[index] ?? '',
    before: prints.slice(Math.max(0, index - neighbourCountMax), index).reverse(),
    after: prints.slice(index + 1, index + 1 + neighbourCountMax),
  };
}
