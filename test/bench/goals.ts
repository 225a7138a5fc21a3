import { operations } from './operations.ts';
import type { ContenderName, Figures, OperationResult, Results } from './results.ts';

/** An aim, what was reached, and whether that is within it; where it is of many places, those that miss it. */
export type Goal = {
  readonly goal: string;
  readonly reached: string;
  readonly isHeld: boolean;
  readonly misses: readonly string[];
};

/** The peers: everybody but ours and the floor. */
export const peerNames = ['apollo', 'yoga', 'mercurius', 'hive'] as const satisfies readonly ContenderName[];

const aims = { coldToFloor: 1.6, coldToApollo: 1 / 3, heldToFloor: 0.5, scanToFloor: 0.7, startMs: 2000 };

/** What ours should reach, as ratios within one run but for its start. A figure that is missing misses its goal. */
export function goalsOf(results: Results): readonly Goal[] {
  const cold = figuresOf(results, 'page100', 'cold');
  const held = figuresOf(results, 'page100', 'held');
  const scanned = results.scan.ours.rowsPerSecond / results.scan.floor.rowsPerSecond;
  const { startMs } = results.programs.ours;
  return [
    atMost('cold page of 100: CPU of the floor', ratioOf(cold.ours?.cpuMs, cold.floor?.cpuMs), aims.coldToFloor),
    atMost('cold page of 100: CPU of Apollo', ratioOf(cold.ours?.cpuMs, cold.apollo?.cpuMs), aims.coldToApollo),
    atMost('held page of 100: CPU of the floor', ratioOf(held.ours?.cpuMs, held.floor?.cpuMs), aims.heldToFloor),
    beaten('less CPU than every peer', results, ({ cpuMs }, peer) => cpuMs < peer.cpuMs),
    beaten(
      'no more upstream calls than any peer',
      results,
      (ours, peer) => ours.callsPerRequest <= peer.callsPerRequest,
    ),
    beaten('fewer of them for held windows and three lists', withoutSingles(results), (ours, peer) => {
      return ours.callsPerRequest < peer.callsPerRequest;
    }),
    {
      goal: `a day's scan: at least ${aims.scanToFloor} of the rows a second that the floor reads`,
      reached: scanned.toFixed(2),
      isHeld: aims.scanToFloor <= scanned,
      misses: [],
    },
    {
      goal: `start to first answer: under ${aims.startMs} ms`,
      reached: `${Math.round(startMs)} ms`,
      isHeld: startMs < aims.startMs,
      misses: [],
    },
  ];
}

/** How many times `one` is as much as `other`; null where either is missing. */
export function ratioOf(one: number | undefined, other: number | undefined): number | null {
  return one === undefined || other === undefined || other === 0 ? null : one / other;
}

function atMost(what: string, ratio: number | null, aim: number): Goal {
  return {
    goal: `${what}, at most ${aim.toFixed(2)} times`,
    reached: ratio === null ? '–' : ratio.toFixed(2),
    isHeld: ratio !== null && ratio <= aim,
    misses: [],
  };
}

type Judge = (ours: Figures, peer: Figures) => boolean;

function beaten(goal: string, results: Pick<Results, 'operations'>, isBeaten: Judge): Goal {
  const places = results.operations.flatMap(({ operation, state, figures }) =>
    peerNames.map((peer) => ({ place: `${operation} ${state}`, name: peer, ours: figures.ours, peer: figures[peer] })),
  );
  const compared = places.filter(({ peer }) => peer !== undefined);
  const missed = compared.filter(({ ours, peer }) => !(ours && peer && isBeaten(ours, peer)));
  return {
    goal,
    reached: `${compared.length - missed.length} of ${compared.length}`,
    isHeld: missed.length === 0 && compared.length > 0,
    misses: Array.from(
      Map.groupBy(missed, ({ place }) => place),
      ([place, peers]) => {
        return `${place} (${peers.map(({ name }) => name).join(', ')})`;
      },
    ),
  };
}

/** What takes a peer more than one call, or nothing but a look: one page that nobody has is one call for all. */
function withoutSingles({ operations: all }: Results): Pick<Results, 'operations'> {
  return { operations: all.filter(({ operation, state }) => state === 'held' || operation === 'aliases') };
}

/** Of an operation in a state; nothing where it was not measured. */
export function figuresOf(
  results: Pick<Results, 'operations'>,
  name: OperationResult['operation'],
  state: OperationResult['state'],
): OperationResult['figures'] {
  return results.operations.find((result) => result.operation === name && result.state === state)?.figures ?? {};
}

/** What an operation is called in a table. */
export function titleOf(name: OperationResult['operation']): string {
  return operations.find((operation) => operation.name === name)?.title ?? name;
}
