import fc from 'fast-check';
import { hear } from '../oracle/asking.ts';
import type { Answered } from '../oracle/judge.ts';
import { poolOf } from '../oracle/pool.ts';
import { questions } from '../oracle/questions.ts';
import { openStage } from '../oracle/stage.ts';
import { trialSettings, tripleOf } from './triple.ts';

/** What became of answers, by counts; `byCode` counts refusals of fields. */
export type Tally = {
  askedCount: number;
  completeCount: number;
  partCount: number;
  refusedCount: number;
  readonly byCode: Map<string, number>;
  /** Rows, groups and edges of answers that were compared with the oracle's. */
  rowCount: number;
  callCount: number;
  /** The longest that an answer took beyond its deadline, in milliseconds; below 0: within. */
  slowestMs: number;
  /** Answers that came later than they may, though this process had work to do all the time. */
  busyCount: number;
};

/** An empty one. */
export function emptyTally(): Tally {
  return {
    askedCount: 0,
    completeCount: 0,
    partCount: 0,
    refusedCount: 0,
    byCode: new Map(),
    rowCount: 0,
    callCount: 0,
    slowestMs: Number.NEGATIVE_INFINITY,
    busyCount: 0,
  };
}

const deadlineMs = Number(trialSettings.OPERATION_DEADLINE_MS);
const limitMs = deadlineMs + 100;
/** Less is what a turn of the process takes to begin. */
const hangMsMin = 20;
/** A trial begins no further question after so long: what hangs takes a deadline for each. */
const trialMsMax = 2_500;

/**
 * Tries one triple: asks generated questions of a whole gateway, and compares each answer with the oracle's. What is wrong with it, in words, with all that is needed to
 * see it again; nothing where all is well.
 */
export async function runTrial(seed: number, questionCount: number, tally: Tally): Promise<readonly string[]> {
  const { name, world } = tripleOf(seed);
  const wrongs: string[] = [];
  const wrong = (text: string) => wrongs.push(`TRIPLE_SEED=${seed}: ${name}\n  ${text}`);
  await using stage = await openStage(world, seed, { partCount: 0, refusedCount: 0 });
  const asked = fc.sample(fc.tuple(questions(poolOf(stage.first)), fc.nat()), { seed, numRuns: questionCount });
  const begunAt = performance.now();
  for (const [question, chance] of asked) {
    if (performance.now() - begunAt > trialMsMax) break;
    if (world.isRestless) stage.disturb(stage.first.rows, chance);
    const data = world.isRestless ? stage.read() : stage.first;
    const ask = async (document: Parameters<typeof stage.ask>[0]) => {
      const { value, tookMs, idleMs } = await watched(() => stage.ask(document));
      note(tally, value, tookMs - deadlineMs);
      if (hangMsMin < idleMs) wrong(`answered after ${Math.round(tookMs)} ms: ${JSON.stringify(document)}`);
      else if (limitMs < tookMs) tally.busyCount += 1;
      return value;
    };
    const found = await hear({ data, law: world.law, ask }, question).catch((error: unknown) => error);
    if (found === null) continue;
    if (found instanceof Error) wrong(`${found.stack}`);
    else wrong(`${question.kind}: ${JSON.stringify(found)}`);
  }
  tally.callCount += stage.kore.callCount;
  return wrongs;
}

/**
 * How long work took, and how much of what it took beyond the limit this process waited for something. All run in it, so a process that computes, or is given no turn by a busy
 * machine, is told from one that hangs.
 */
async function watched<T>(work: () => Promise<T>): Promise<{ value: T; tookMs: number; idleMs: number }> {
  const begunAt = performance.now();
  let atLimit: ReturnType<typeof performance.eventLoopUtilization> | undefined;
  const timer = setTimeout(() => {
    atLimit = performance.eventLoopUtilization();
  }, limitMs);
  const value = await work();
  clearTimeout(timer);
  const idleMs = atLimit === undefined ? 0 : performance.eventLoopUtilization(atLimit).idle;
  return { value, tookMs: performance.now() - begunAt, idleMs };
}

function note(tally: Tally, { data, errors = [] }: Answered, overMs: number): void {
  tally.askedCount += 1;
  tally.slowestMs = Math.max(tally.slowestMs, overMs);
  const text = JSON.stringify(data ?? null);
  if (errors.length > 0) tally.refusedCount += 1;
  else if (text.includes('"complete":false')) tally.partCount += 1;
  else tally.completeCount += 1;
  for (const { extensions } of errors) {
    const code = extensions?.code ?? 'NONE';
    tally.byCode.set(code, (tally.byCode.get(code) ?? 0) + 1);
  }
  tally.rowCount += countItems(data);
}

function countItems(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null).length : 0;
  return Object.values(value).reduce((sum: number, each) => sum + countItems(each), own);
}
