import type { Contender } from './contenders.ts';
import { rounded } from './measure.ts';
import { processorMs } from './processor.ts';
import type { ScanFigures } from './results.ts';

/** Conversations of each day that is read whole. */
export const scanRows = 10_000;

const dayMs = 86_400_000;
const firstDayMs = Date.parse('2024-03-04T00:00:00Z');

const query = `query Scan($window: TimeWindow!) {
  scoreSummary(window: $window) { conversationCount averageScore coverage { complete } }
}`;

type Scanner = { readonly name: 'ours' | 'floor'; scan(dayIndex: number): Promise<void>; readonly pid: number };

/**
 * Reads days that nobody read before: ours for a summary, the floor for nothing but their rows, both with eight calls in flight. One after the other within each round, after a day each to
 * warm up. Throws where rows are missing.
 */
export async function measureScans(
  ours: Contender,
  floor: Contender,
  rounds: number,
): Promise<Readonly<Record<'ours' | 'floor', ScanFigures>>> {
  const scanners: readonly Scanner[] = [
    { name: 'ours', pid: ours.pid, scan: (dayIndex) => scanOurs(ours, dayIndex) },
    { name: 'floor', pid: floor.pid, scan: (dayIndex) => scanFloor(floor, dayIndex) },
  ];
  const found = { ours: [] as Scan[], floor: [] as Scan[] };
  for (let round = -1; round < rounds; round++) {
    for (const { name, scan, pid } of round % 2 === 0 ? scanners : scanners.toReversed()) {
      const cpuMsBefore = processorMs(pid);
      const beganAt = performance.now();
      await scan(round + 1);
      if (round >= 0) found[name].push({ tookMs: performance.now() - beganAt, cpuMs: processorMs(pid) - cpuMsBefore });
    }
  }
  return { ours: figuresOf(found.ours), floor: figuresOf(found.floor) };
}

type Scan = { readonly tookMs: number; readonly cpuMs: number };

function figuresOf(scans: readonly Scan[]): ScanFigures {
  const rows = scanRows * scans.length;
  const sum = (part: (scan: Scan) => number) => scans.reduce((total, scan) => total + part(scan), 0);
  return {
    rowsPerSecond: rounded((rows / sum(({ tookMs }) => tookMs)) * 1000),
    rowsPerSecondByRound: scans.map(({ tookMs }) => rounded((scanRows / tookMs) * 1000)),
    cpuMsPerThousand: rounded((sum(({ cpuMs }) => cpuMs) / rows) * 1000),
  };
}

async function scanOurs(ours: Contender, dayIndex: number): Promise<void> {
  const { data } = JSON.parse(await ours.ask(JSON.stringify({ query, variables: variablesOf(dayIndex) })));
  const { conversationCount, coverage } = data.scoreSummary;
  if (conversationCount !== scanRows || !coverage.complete) throw new Error(`ours has read ${conversationCount} rows`);
}

async function scanFloor(floor: Contender, dayIndex: number): Promise<void> {
  const { rowCount } = JSON.parse(await floor.ask(JSON.stringify({ variables: variablesOf(dayIndex) }), '/scan'));
  if (rowCount !== scanRows) throw new Error(`the floor has read ${rowCount} rows`);
}

function variablesOf(dayIndex: number) {
  const from = firstDayMs + dayIndex * dayMs;
  return { window: { from: new Date(from).toISOString(), until: new Date(from + dayMs).toISOString() } };
}
