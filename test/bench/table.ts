import { type Goal, ratioOf, titleOf } from './goals.ts';
import type { Figures, OperationResult, Results } from './results.ts';
import { contenderNames } from './results.ts';

/** What a contender is called in a table and a drawing. */
export const titles = {
  ours: 'this gateway',
  floor: 'the floor',
  apollo: 'Apollo Server, by hand',
  yoga: 'GraphQL Yoga, by hand',
  mercurius: 'Mercurius, by hand',
  hive: 'Hive Gateway',
} as const;

const missing = '–';

/** All that a run found, a table for each operation and state, in Markdown with columns that stand below each other. */
export function tablesOf(results: Results): string {
  return [
    ...results.operations.map(operationTable),
    `### A day of 10,000 rows\n\n${scanTable(results)}`,
    `### Programs\n\n${programTable(results)}`,
  ].join('\n\n');
}

/** The goals with what was reached. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ goal, reached, isHeld }) => [goal, reached, isHeld ? 'held' : 'missed']);
  return `### Goals\n\n${tableOf(['goal', 'reached', ''], rows)}`;
}

/** Where a goal is missed, a line each; nothing where all are held. */
export function missesOf(goals: readonly Goal[]): string {
  return goals
    .flatMap(({ goal, misses }) => (misses.length === 0 ? [] : [`${goal}, but: ${misses.join(', ')}`]))
    .join('\n');
}

/** Processor time and calls of everything, a line for each operation and state. */
export function overviewTable({ operations }: Results): string {
  const rows = operations.map(({ operation, state, figures }) => [
    `${titleOf(operation)}, ${state}`,
    ...contenderNames.map((name) => {
      const its = figures[name];
      return its === undefined ? missing : `${digits(its.cpuMs)} · ${digits(its.callsPerRequest)}`;
    }),
  ]);
  return tableOf(['CPU ms · calls', ...contenderNames.map((name) => titles[name])], rows);
}

/** One operation in one state: every contender beside the floor and beside ours, ratios with the least and the greatest of the rounds. */
export function operationTable({ operation, state, figures }: OperationResult): string {
  const heads = ['', 'CPU ms', 'to the floor', 'to ours', 'calls', 'requests/s', 'p50 ms', 'p99 ms'];
  const rows = contenderNames.map((name) => {
    const its = figures[name];
    if (its === undefined) return [titles[name], ...heads.slice(1).map(() => missing)];
    return [
      titles[name],
      digits(its.cpuMs),
      ratioWithSpread(its, figures.floor),
      ratioWithSpread(its, figures.ours),
      digits(its.callsPerRequest),
      digits(its.requestsPerSecond),
      digits(its.p50Ms),
      digits(its.p99Ms),
    ];
  });
  return `### ${titleOf(operation)}, ${state}\n\n${tableOf(heads, rows)}`;
}

function ratioWithSpread(its: Figures, other: Figures | undefined): string {
  if (its === other) return '1';
  const ratio = ratioOf(its.cpuMs, other?.cpuMs);
  return ratio === null ? missing : `${digits(ratio)} (${spreadOf(its.cpuMsByRound, other?.cpuMsByRound ?? [])})`;
}

function scanTable({ scan: { ours, floor } }: Results): string {
  const rows = (['ours', 'floor'] as const).map((name) => {
    const its = { ours, floor }[name];
    return [
      titles[name],
      digits(its.rowsPerSecond),
      times(ratioOf(its.rowsPerSecond, floor.rowsPerSecond)),
      spreadOf(its.rowsPerSecondByRound, floor.rowsPerSecondByRound),
      digits(its.cpuMsPerThousand),
    ];
  });
  return tableOf(['', 'rows/s', 'to floor', 'by round', 'CPU ms for 1,000'], rows);
}

function programTable({ programs }: Results): string {
  const rows = contenderNames.map((name) => {
    const { residentMb, residentMostMb, startMs } = programs[name];
    return [titles[name], digits(residentMb), digits(residentMostMb), digits(startMs)];
  });
  return tableOf(['', 'resident MB', 'at most MB', 'start to first answer ms'], rows);
}

/** The least and the greatest ratio of the rounds. */
export function spreadOf(ones: readonly number[], others: readonly number[]): string {
  const ratios = ones.flatMap((one, round) => ratioOf(one, others[round]) ?? []);
  return ratios.length === 0 ? missing : `${digits(Math.min(...ratios))}–${digits(Math.max(...ratios))}`;
}

/** A figure to three digits at most. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return missing;
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}

function times(ratio: number | null): string {
  return ratio === null ? missing : digits(ratio);
}

/** A table in Markdown: the first column to the left, the others to the right, all padded. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(3, head.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? `${'-'.repeat(width + 2)}` : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(heads), rule, ...rows.map(line)].join('\n');
}
