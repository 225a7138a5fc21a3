import { hash } from './hash.ts';
import { type Direction, type Layout, type RowRef, rowOfSerial } from './layout.ts';

/** What has changed since the start: rows that came, went, or were audited. Small, kept in memory, sorted by start. */
export type Overlay = {
  /** Inserted rows that still stand, a list for each class, ascending in start. */
  readonly inserted: readonly RowRef[][];
  /** Rows of the layout that are gone, likewise. */
  readonly removed: readonly RowRef[][];
  readonly removedSerials: Set<number>;
  readonly insertedBySerial: Map<number, RowRef>;
  /** How often a row was touched. */
  readonly versions: Map<number, number>;
  insertedCount: number;
};

/** An overlay under which the data is as laid out. */
export function makeOverlay(layout: Layout): Overlay {
  return {
    inserted: layout.classes.map(() => []),
    removed: layout.classes.map(() => []),
    removedSerials: new Set(),
    insertedBySerial: new Map(),
    versions: new Map(),
    insertedCount: 0,
  };
}

/** What a row to insert must be; where a part is left out it is drawn. */
export type Insertion = {
  readonly startMs: number;
  readonly direction?: Direction;
  readonly isBelowThreshold?: boolean;
};

/** Adds one row; it always states a direction and is above the threshold unless asked. Serials are never used twice. */
export function insertRow(layout: Layout, overlay: Overlay, insertion: Insertion): RowRef {
  const serial = layout.dayCount * layout.countPerDay + overlay.insertedCount++;
  const direction = insertion.direction ?? (hash(layout.seed, serial, 7) % 10 < 7 ? 'inbound' : 'outbound');
  const isBelowThreshold = insertion.isBelowThreshold ?? false;
  const classIndex = layout.classes.findIndex(
    (kind) => kind.direction === direction && kind.isBelowThreshold === isBelowThreshold,
  );
  const row = { serial, classIndex, startMs: insertion.startMs };
  addSorted(overlay.inserted[classIndex], row);
  overlay.insertedBySerial.set(serial, row);
  return row;
}

/** Takes a row away; false if there was none. */
export function removeRow(layout: Layout, overlay: Overlay, serial: number): boolean {
  const row = presentRow(layout, overlay, serial);
  if (row === null) return false;
  if (overlay.insertedBySerial.delete(serial)) {
    const list = overlay.inserted[row.classIndex];
    list?.splice(list.indexOf(row), 1);
  } else {
    overlay.removedSerials.add(serial);
    addSorted(overlay.removed[row.classIndex], row);
  }
  return true;
}

/** Moves a row's audit on by one state; false if there is no such row. */
export function touchRow(layout: Layout, overlay: Overlay, serial: number): boolean {
  if (presentRow(layout, overlay, serial) === null) return false;
  overlay.versions.set(serial, (overlay.versions.get(serial) ?? 0) + 1);
  return true;
}

/** The row of a serial if it stands, inserted or laid out. */
export function presentRow(layout: Layout, overlay: Overlay, serial: number): RowRef | null {
  const inserted = overlay.insertedBySerial.get(serial);
  if (inserted !== undefined) return inserted;
  return overlay.removedSerials.has(serial) ? null : rowOfSerial(layout, serial);
}

/** How many rows of a list, ascending in start, start before an instant. */
export function countSortedBefore(rows: readonly RowRef[] | undefined, instantMs: number): number {
  if (rows === undefined) return 0;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.startMs ?? 0) < instantMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function addSorted(rows: RowRef[] | undefined, row: RowRef): void {
  rows?.splice(countSortedBefore(rows, row.startMs), 0, row);
}
