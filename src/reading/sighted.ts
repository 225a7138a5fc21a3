import type { Sight } from '../model/access.ts';
import type { Row } from '../model/conversation.ts';
import { cutTable } from '../model/cut.ts';
import type { Tile, Turns } from '../model/ports.ts';
import { compileSight, isSeen } from '../selection/sight.ts';
import type { SliceReport } from './report.ts';
import type { Scan } from './scan.ts';

/** Told of each tile as a sight shows it, and as it was read, when somebody of this sight looks at it. */
export type OnSeen = (sight: Sight, seen: Tile, whole: Tile) => void;

/** What reading brings, cut to what somebody sees: rows are read and held once for everybody, and pass here on their way to him. */
export type Sighted = {
  scan(scan: Scan): Scan;
  tile(tile: Tile): Tile;
  sees(row: Row): boolean;
};

/**
 * Cuts everything to a sight; null: nothing is cut. What couldn't be read at all may be anybody's, and stays counted: without it a part could pass for the whole.
 */
export function createSighted(sight: Sight | null, turns: Turns, onSeen: OnSeen): Sighted {
  if (sight === null) return { scan: (scan) => scan, tile: (tile) => tile, sees: () => true };
  const select = compileSight(sight);
  const tiles = new WeakMap<Tile, Tile>();
  const tile = (whole: Tile): Tile => {
    const known = tiles.get(whole);
    if (known !== undefined) return known;
    const { indices } = select(whole.table);
    const table = cutTable(whole.table, indices);
    const seen = { ...whole, table, total: table.rowCount + whole.unreadableCount };
    tiles.set(whole, seen);
    onSeen(sight, seen, whole);
    return seen;
  };
  const report = async (whole: SliceReport): Promise<SliceReport> => {
    const seen: Tile[] = [];
    for (const each of whole.tiles) {
      await turns.share();
      seen.push(tile(each));
    }
    return { ...whole, tiles: seen, total: whole.isWhole ? seen.reduce((sum, { total }) => sum + total, 0) : null };
  };
  const scans = new WeakMap<Scan, Scan>();
  return {
    tile,
    sees: ({ conversation }) => conversation !== null && isSeen(conversation, sight),
    scan(whole) {
      const known = scans.get(whole) ?? cutScan(whole, report);
      scans.set(whole, known);
      return known;
    },
  };
}

function cutScan({ slices, read, readAll }: Scan, cut: (report: SliceReport) => Promise<SliceReport>): Scan {
  const cutEach = async (): Promise<readonly SliceReport[]> => {
    const reports: SliceReport[] = [];
    for (const each of await readAll()) reports.push(await cut(each));
    return reports;
  };
  let all: Promise<readonly SliceReport[]> | undefined;
  return {
    slices,
    read: async (index) => await cut(await read(index)),
    readAll() {
      all ??= cutEach();
      return all;
    },
  };
}
