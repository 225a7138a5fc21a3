import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { emptyTally, runTrial, type Tally } from './trial.ts';

/** Many trials, and what they leave behind in this process. */
export type Campaign = {
  readonly tally: Tally;
  readonly trialCount: number;
  readonly wrongs: readonly string[];
  /** Megabytes of the heap after it was collected, after each trial. */
  readonly heaps: readonly number[];
  /** The least-squares slope of the heap's later two thirds, in megabytes an hour. */
  readonly heapSlope: number;
  /** Sockets and timers that were there before and after. */
  readonly handles: readonly [before: number, after: number];
  readonly report: string;
};

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Tries the triples of one seed after another, as long as `goesOn` says. */
export async function runCampaign(options: {
  readonly seeds: Iterable<number>;
  readonly questionCount: number;
  readonly goesOn: (trialCount: number) => boolean;
  readonly onTrial?: (trial: {
    readonly seed: number;
    readonly trialCount: number;
    readonly tally: Tally;
    readonly wrongs: readonly string[];
  }) => Promise<void>;
}): Promise<Campaign> {
  const { seeds, questionCount, goesOn, onTrial } = options;
  const tally = emptyTally();
  const wrongs: string[] = [];
  const samples: { readonly atMs: number; readonly heap: number }[] = [];
  const before = handleCount();
  let trialCount = 0;
  for (const seed of seeds) {
    if (!goesOn(trialCount)) break;
    wrongs.push(...(await runTrial(seed, questionCount, tally)));
    trialCount += 1;
    await onTrial?.({ seed, trialCount, tally, wrongs });
    collect();
    samples.push({ atMs: performance.now(), heap: process.memoryUsage().heapUsed / 1024 / 1024 });
  }
  const heaps = samples.map(({ heap }) => heap);
  const heapSlope = slopeOf(samples.slice(Math.floor(samples.length / 3)));
  const handles = [before, handleCount()] as const;
  const found = { tally, trialCount, wrongs, heaps, heapSlope, handles };
  return { ...found, report: reportOf(found) };
}

/** What docs/evidence.md tells of a campaign. */
export function figuresOf({ tally, trialCount, wrongs, heaps, heapSlope }: Campaign): Readonly<Record<string, number>> {
  return {
    triples: trialCount,
    answers: tally.askedCount,
    complete: tally.completeCount,
    rows: tally.rowCount,
    wrong: wrongs.length,
    slowestMs: Math.round(tally.slowestMs),
    lateByMachine: tally.busyCount,
    heapMbAtMost: Math.round(Math.max(0, ...heaps)),
    heapMbAnHour: Math.round(heapSlope),
  };
}

const growthMax = 16;

/** Whether what trials take is given back: the last third of the heaps is hardly above the second. What the first ones load stays. */
export function isFlat(heaps: readonly number[]): boolean {
  const third = Math.floor(heaps.length / 3);
  return third === 0 || median(heaps.slice(-third)) - median(heaps.slice(third, 2 * third)) < growthMax;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function handleCount(): number {
  return process.getActiveResourcesInfo().filter((kind) => /TCP|Pipe|Timeout/.test(kind)).length;
}

function slopeOf(samples: readonly { readonly atMs: number; readonly heap: number }[]): number {
  const mean = (pick: (sample: { readonly atMs: number; readonly heap: number }) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const [meanAt, meanHeap] = [mean(({ atMs }) => atMs), mean(({ heap }) => heap)];
  const both = mean(({ atMs, heap }) => (atMs - meanAt) * (heap - meanHeap));
  const square = mean(({ atMs }) => (atMs - meanAt) ** 2);
  return square === 0 ? 0 : (both / square) * 3_600_000;
}

function reportOf({ tally, trialCount, wrongs, heaps, heapSlope, handles }: Omit<Campaign, 'report'>): string {
  const codes = [...tally.byCode].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const megabytes = (heap: number | undefined) => `${(heap ?? 0).toFixed(1)} MB`;
  return [
    `${trialCount} triples, ${tally.askedCount} answers, ${tally.callCount} upstream calls`,
    `complete ${tally.completeCount}, parts ${tally.partCount}, with a refused field ${tally.refusedCount}`,
    ...codes.map(([code, count]) => `  ${String(count).padStart(6)}  ${code}`),
    `rows, groups and edges compared ${tally.rowCount}, wrong answers or late ones ${wrongs.length}`,
    `slowest answer ${Math.round(tally.slowestMs)} ms after its deadline; ${tally.busyCount} more than 100 ms after it, for want of a processor`,
    `heap after collection ${megabytes(heaps[0])} at first, ${megabytes(Math.max(0, ...heaps))} at most, ${megabytes(heaps.at(-1))} at last, slope ${heapSlope.toFixed(1)} MB an hour`,
    `sockets and timers ${handles[0]} before, ${handles[1]} after`,
  ].join('\n');
}
