import type { Turns } from '../../model/ports.ts';
import type { ListQuestion } from '../../model/range.ts';
import type { Table } from '../../model/table.ts';
import type { SliceReport } from '../../reading/report.ts';
import type { Scan } from '../../reading/scan.ts';
import { compileFilters } from '../../selection/compile.ts';
import { groupRows } from '../../selection/group.ts';
import type { Selected } from '../../selection/rows.ts';
import type { Owner } from '../asking/demand.ts';
import { noPeriods } from '../asking/periods.ts';
import type { RowsQuestion } from '../asking/question.ts';

/** The rows of one slice that a question is about; `selected` holds those of each tile of its report, in their order. */
export type SliceRows = {
  readonly index: number;
  readonly report: SliceReport;
  readonly selected: readonly Selected[];
};

/** The rows that a question is about, slice by slice. */
export type Rows = {
  readonly sliceCount: number;
  /** Reads one slice, whatever becomes of the others. */
  slice(index: number): Promise<SliceRows>;
  /** Reads them all. */
  all(): Promise<readonly SliceRows[]>;
};

/** The rows of an operation's questions: filtered once, and spread over their owners once, however many fields ask for them. */
export type RowsSource = {
  rowsOf(question: RowsQuestion, owner: Owner | null): Rows;
  /** Spreads one table's rows of a question (and an owner) over agents, queues or metrics. A row belongs to each of its own. */
  spread(question: RowsQuestion, owner: Owner | null, kind: Owner['kind'], selected: Selected): Spread;
};

/** Rows of one table by the id of their agent, queue or metric. */
export type Spread = ReadonlyMap<string, Selected>;

type Select = (table: Table) => Selected;

/** The rows that the scans of one operation find. */
export function createRowsSource(scan: (question: ListQuestion) => Scan, turns: Turns): RowsSource {
  const selects = new Map<string, Select>();
  const selectOf = ({ filterKey, filters }: RowsQuestion): Select => {
    const known = selects.get(filterKey) ?? oncePerTable(compileFilters(filters));
    selects.set(filterKey, known);
    return known;
  };
  const spreads = new Map<string, (table: Table) => Spread>();
  const spreadOf = (question: RowsQuestion, kind: Owner['kind']) => {
    const key = `${kind} ${question.filterKey}`;
    const select = selectOf(question);
    const known = spreads.get(key) ?? oncePerTable((table) => spreadRows(select(table), kind));
    spreads.set(key, known);
    return known;
  };
  return {
    rowsOf(question, owner) {
      if (owner === null) return createRows(scan(question.list), selectOf(question), turns);
      const spread = spreadOf(question, owner.kind);
      return createRows(scan(question.list), (table) => spread(table).get(owner.id) ?? noneOf(table), turns);
    },
    spread(question, owner, kind, selected) {
      return owner === null ? spreadOf(question, kind)(selected.table) : spreadRows(selected, kind);
    },
  };
}

function createRows(scan: Scan, select: Select, turns: Turns): Rows {
  const rowsOf = async (report: SliceReport, index: number): Promise<SliceRows> => {
    const selected: Selected[] = [];
    for (const { table } of report.tiles) {
      await turns.share();
      selected.push(select(table));
    }
    return { index, report, selected };
  };
  return {
    sliceCount: scan.slices.length,
    slice: async (index) => rowsOf(await scan.read(index), index),
    async all() {
      const slices: SliceRows[] = [];
      for (const [index, report] of (await scan.readAll()).entries()) slices.push(await rowsOf(report, index));
      return slices;
    },
  };
}

function spreadRows(selected: Selected, kind: Owner['kind']): Spread {
  const grouping = groupRows(selected, [kind], noPeriods, Number.POSITIVE_INFINITY);
  const owned = new Map<string, Selected>();
  if (grouping.kind === 'too-many') return owned;
  for (const { values, selected: rows } of grouping.groups.values()) {
    const [id] = values;
    if (typeof id === 'string') owned.set(id, rows);
  }
  return owned;
}

/** Tables don't change: what was found in one holds. */
function oncePerTable<Result>(find: (table: Table) => Result): (table: Table) => Result {
  const found = new WeakMap<Table, { readonly result: Result }>();
  return (table) => {
    const known = found.get(table) ?? { result: find(table) };
    found.set(table, known);
    return known.result;
  };
}

const noIndices = new Uint32Array();

function noneOf(table: Table): Selected {
  return { table, indices: noIndices };
}
