import { parseArgs } from 'node:util';
import { bodyFor, type Contender, concurrency, startContender } from './contenders.ts';
import { goalsOf } from './goals.ts';
import { machineOf, watchOthers } from './machine.ts';
import { type Extent, heldIndex, lastIndex, measureOperation, percentile, rounded } from './measure.ts';
import { conversationsPerDay, operations } from './operations.ts';
import { residentMb } from './processor.ts';
import {
  type ContenderName,
  contenderNames,
  type OperationResult,
  type ProgramFigures,
  type Results,
} from './results.ts';
import { checkSame } from './same.ts';
import { saveResults } from './saved.ts';
import { measureScans, scanRows } from './scan.ts';
import { goalTable, missesOf, tablesOf } from './table.ts';
import { startUpstream } from './upstream.ts';

/**
 * `npm run bench`: ours beside the peers, in one run on one machine. Prints a table for each operation and the goals, and ends with 1 where one is missed. Saves what it found, and draws
 * it. With `-- --quick` it is two rounds of half the requests, and saves nothing.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const extent: Extent = values.quick ? { rounds: 2, requestShare: 0.5 } : { rounds: 10, requestShare: 1 };
const startCount = values.quick ? 1 : 3;
const scanCount = values.quick ? 1 : 6;

/** The first request of each program asks a window that no measured one does. */
const [readyOperation] = operations;
const readyIndex = 40_000;

const results = await run();
const goals = goalsOf(results);
say(['', tablesOf(results), goalTable(goals), missesOf(goals)].join('\n\n'));
say(`Others took ${Math.round(results.machine.othersShare * 100)} % of the machine meanwhile.`);
if (!values.quick) saveResults(results);
process.exitCode = goals.every(({ isHeld }) => isHeld) ? 0 : 1;

async function run(): Promise<Results> {
  const machine = machineOf();
  const starts = await measureStarts();
  const { measured, programs, othersShare } = await measureOperations(starts);
  say(`days of ${scanRows} rows`);
  return {
    machine: { ...machine, othersShare },
    rounds: extent.rounds,
    concurrency,
    operations: measured,
    scan: await measureScan(),
    programs,
  };
}

/** From start to first answer, each started anew and alone: the median. */
async function measureStarts(): Promise<Readonly<Record<ContenderName, number>>> {
  await using upstream = await startUpstream(conversationsPerDay);
  const startMs = {} as Record<ContenderName, number>;
  for (const name of contenderNames) {
    const found: number[] = [];
    for (let time = 0; time < startCount; time++) {
      await using contender = await startContender(name, upstream, firstBody(name));
      found.push(contender.startMs);
    }
    startMs[name] = rounded(
      percentile(
        found.toSorted((one, other) => one - other),
        0.5,
      ),
    );
    say(`${name} starts in ${Math.round(startMs[name])} ms`);
  }
  return startMs;
}

async function measureOperations(startMs: Readonly<Record<ContenderName, number>>) {
  await using upstream = await startUpstream(conversationsPerDay);
  await using stack = new AsyncDisposableStack();
  const contenders: Contender[] = [];
  for (const name of contenderNames) contenders.push(stack.use(await startContender(name, upstream, firstBody(name))));
  for (const operation of operations) await checkSame(operation, contenders, heldIndex);
  const othersShare = watchOthers([process.pid, upstream.pid, ...contenders.map(({ pid }) => pid)]);
  const measured: OperationResult[] = [];
  for (const operation of operations) {
    for (const state of ['cold', 'held'] as const) {
      say(`${operation.title}, ${state}`);
      measured.push(await measureOperation(operation, state, contenders, upstream, extent));
      // What was read under load is what everybody has to say, too.
      await checkSame(operation, contenders, state === 'held' ? heldIndex : lastIndex(operation, extent));
    }
  }
  const programs = Object.fromEntries(
    contenders.map(({ name, pid }) => {
      const { now, most } = residentMb(pid);
      return [name, { residentMb: rounded(now), residentMostMb: rounded(most), startMs: startMs[name] }];
    }),
  ) as Record<ContenderName, ProgramFigures>;
  return { measured, programs, othersShare: othersShare() };
}

async function measureScan(): Promise<Results['scan']> {
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

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
