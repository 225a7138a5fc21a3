import { bodyFor, type Contender, concurrency } from './contenders.ts';
import type { Operation, State } from './operations.ts';
import { processorMs } from './processor.ts';
import type { ContenderName, Figures, OperationResult } from './results.ts';
import type { Upstream } from './upstream.ts';

/** How much is asked. `requestShare`: the part of each operation's requests that a round takes. */
export type Extent = { readonly rounds: number; readonly requestShare: number };

/** What the answers are compared by, and what held windows are: never part of what is cold. */
export const heldIndex = 0;

const warmUpRounds = 6;

type Round = {
  readonly cpuMs: number;
  readonly calls: number;
  readonly tookMs: number;
  readonly latenciesMs: readonly number[];
};

/**
 * Measures an operation. The contenders take turns within each round, each round beginning with another, so that whatever else the machine does is shared by all. Before that each has
 * six rounds' requests to warm up.
 */
export async function measureOperation(
  operation: Operation,
  state: State,
  contenders: readonly Contender[],
  upstream: Upstream,
  extent: Extent,
): Promise<OperationResult> {
  const requestCount = requestCountOf(operation, state, extent);
  const able = contenders.filter(({ name }) => bodyFor(name, operation, heldIndex) !== null);
  const bodies = (name: ContenderName, turn: number) =>
    Array.from({ length: requestCount }, (_, index) => {
      return bodyFor(name, operation, state === 'held' ? heldIndex : 1 + turn * requestCount + index) ?? '';
    });
  for (const contender of able) {
    for (let turn = 0; turn < warmUpRounds; turn++) await askAll(contender, bodies(contender.name, turn));
  }
  const found = new Map<ContenderName, Round[]>(able.map(({ name }) => [name, []]));
  for (let round = 0; round < extent.rounds; round++) {
    for (let place = 0; place < able.length; place++) {
      const contender = able[(place + round) % able.length];
      if (contender === undefined) continue;
      found
        .get(contender.name)
        ?.push(await measureRound(contender, bodies(contender.name, warmUpRounds + round), upstream));
    }
  }
  const figures = Object.fromEntries([...found].map(([name, rounds]) => [name, figuresOf(rounds, requestCount)]));
  return { operation: operation.name, state, requestCount, figures };
}

/** The index of the last request for a cold window. */
export function lastIndex(operation: Operation, extent: Extent): number {
  return (warmUpRounds + extent.rounds) * requestCountOf(operation, 'cold', extent);
}

function requestCountOf({ requestCount }: Operation, state: State, { requestShare }: Extent): number {
  return Math.max(concurrency, Math.round(requestCount[state] * requestShare));
}

async function measureRound(contender: Contender, bodies: readonly string[], upstream: Upstream): Promise<Round> {
  await upstream.resetCalls();
  const cpuMsBefore = processorMs(contender.pid);
  const beganAt = performance.now();
  const latenciesMs = await askAll(contender, bodies);
  const tookMs = performance.now() - beganAt;
  const cpuMs = processorMs(contender.pid) - cpuMsBefore;
  return { cpuMs, calls: await upstream.callCount(), tookMs, latenciesMs };
}

/** Asks everything, `concurrency` at a time; how long each took. */
async function askAll(contender: Contender, bodies: readonly string[]): Promise<readonly number[]> {
  const latenciesMs: number[] = [];
  const waiting = bodies.values();
  const work = async () => {
    for (const body of waiting) {
      const beganAt = performance.now();
      await contender.ask(body);
      latenciesMs.push(performance.now() - beganAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return latenciesMs;
}

function figuresOf(rounds: readonly Round[], requestCount: number): Figures {
  const all = requestCount * rounds.length;
  const sum = (part: (round: Round) => number) => rounds.reduce((total, round) => total + part(round), 0);
  const latenciesMs = rounds.flatMap((round) => round.latenciesMs).sort((one, other) => one - other);
  return {
    cpuMs: rounded(sum(({ cpuMs }) => cpuMs) / all),
    cpuMsByRound: rounds.map(({ cpuMs }) => rounded(cpuMs / requestCount)),
    callsPerRequest: rounded(sum(({ calls }) => calls) / all),
    requestsPerSecond: rounded((all / sum(({ tookMs }) => tookMs)) * 1000),
    p50Ms: rounded(percentile(latenciesMs, 0.5)),
    p99Ms: rounded(percentile(latenciesMs, 0.99)),
  };
}

/** The least value that a part of all are no greater than. */
export function percentile(ascending: readonly number[], part: number): number {
  return ascending[Math.max(0, Math.ceil(ascending.length * part) - 1)] ?? Number.NaN;
}

/** To four digits: nothing here is known better. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
