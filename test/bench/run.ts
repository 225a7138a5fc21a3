import { bodyFor, type Contender, concurrency, startContender } from './contenders.ts';
import { machineOf, watchOthers } from './machine.ts';
import { type Extent, heldIndex, lastIndex, measureOperation, percentile, rounded } from './measure.ts';
import { conversationsPerDay, type Operation, operations } from './operations.ts';
import { memoryOf } from './processor.ts';
import {
  type ContenderName,
  contenderNames,
  type OperationResult,
  type ProgramFigures,
  type Results,
} from './results.ts';
import { checkSame } from './same.ts';
import { measureScans, scanRows } from './scan.ts';
import { startUpstream } from './upstream.ts';

/** How much is measured. */
export type Plan = {
  readonly extent: Extent;
  /** How often each program is started, and how many days are scanned. */
  readonly startCount: number;
  readonly scanCount: number;
  /** Told what is measured next. */
  readonly say: (text: string) => void;
};

/** The first request of each program asks a window that no measured one does. */
const [readyOperation] = operations;
const readyIndex = 40_000;

/** Measures everything. */
export async function measureAll(plan: Plan): Promise<Results> {
  const machine = machineOf();
  const startMs = await measureStarts(plan);
  const { measured, resident, othersShare } = await measureOperations(contenderNames, operations, plan);
  const programs = Object.fromEntries(
    contenderNames.map((name) => [name, { ...resident.get(name), startMs: startMs.get(name) }]),
  ) as Record<ContenderName, ProgramFigures>;
  plan.say(`days of ${scanRows} rows`);
  const scan = await measureScan(plan);
  return {
    machine: { ...machine, othersShare },
    rounds: plan.extent.rounds,
    concurrency,
    operations: measured,
    scan,
    programs,
  };
}

/** Measures some operations of some contenders, and what memory they were left with. */
export async function measureOperations(
  names: readonly ContenderName[],
  chosen: readonly Operation[],
  { extent, say }: Plan,
) {
  await using upstream = await startUpstream(conversationsPerDay);
  await using stack = new AsyncDisposableStack();
  const contenders: Contender[] = [];
  for (const name of names) contenders.push(stack.use(await startContender(name, upstream, firstBody(name))));
  for (const operation of chosen) await checkSame(operation, contenders, heldIndex);
  const othersShare = watchOthers([process.pid, upstream.pid, ...contenders.map(({ pid }) => pid)]);
  const measured: OperationResult[] = [];
  for (const operation of chosen) {
    for (const state of ['cold', 'held'] as const) {
      say(`${operation.title}, ${state}`);
      measured.push(await measureOperation(operation, state, contenders, upstream, extent));
      // What was read under load is what everybody has to say, too.
      await checkSame(operation, contenders, state === 'held' ? heldIndex : lastIndex(operation, extent));
    }
  }
  const resident = new Map(contenders.map(({ name, pid }) => [name, memoryOf(pid)]));
  return { measured, resident, othersShare: othersShare() };
}

/** From start to first answer, each started anew and alone: the median. */
async function measureStarts({ startCount, say }: Plan): Promise<ReadonlyMap<ContenderName, number>> {
  await using upstream = await startUpstream(conversationsPerDay);
  const startMs = new Map<ContenderName, number>();
  for (const name of contenderNames) {
    const found: number[] = [];
    for (let time = 0; time < startCount; time++) {
      await using contender = await startContender(name, upstream, firstBody(name));
      found.push(contender.startMs);
    }
    found.sort((one, other) => one - other);
    startMs.set(name, rounded(percentile(found, 0.5)));
    say(`${name} starts in ${startMs.get(name)} ms`);
  }
  return startMs;
}

async function measureScan({ scanCount }: Plan): Promise<Results['scan']> {
  await using upstream = await startUpstream(scanRows);
  // A day of them is some pages more than an operation may read by default.
  const settings = { UPSTREAM_CALLS_PER_OPERATION: '200' };
  await using ours = await startContender('ours', upstream, firstBody('ours'), settings);
  await using floor = await startContender('floor', upstream, firstBody('floor'));
  return await measureScans(ours, floor, scanCount);
}

function firstBody(name: ContenderName): string {
  return (readyOperation && bodyFor(name, readyOperation, readyIndex)) ?? '';
}
