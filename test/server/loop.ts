import { createTurnstile } from '../../src/server/turnstile.ts';

/** What each costs a gateway, in milliseconds of its one thread, as measured on an idle machine. */
export type Costs = { readonly hearMs: number; readonly answerMs: number; readonly refuseMs: number };

export type Arrival = { readonly caller: string; readonly at: number };

export type Outcome = Arrival & { readonly isAnswered: boolean; readonly tookMs: number };

/** Arrivals of a caller by exponential gaps. */
export function arrivalsOf(caller: string, perSecond: number, forMs: number, random: () => number): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  const gap = () => (-Math.log(1 - random()) / perSecond) * 1000;
  for (let at = gap(); at < forMs; at += gap()) arrivals.push({ caller, at });
  return arrivals;
}

/**
 * The event loop of a gateway on a clock of its own: in each turn it hears all that has arrived by then, and takes the steps that the turnstile has asked for. So what is measured is the turnstile alone, and
 * the same on every machine.
 */
export function runLoop(arrivals: readonly Arrival[], costs: Costs, waitMsMax: number): readonly Outcome[] {
  let nowMs = 0;
  let steps: readonly (() => void)[] = [];
  const outcomes: Outcome[] = [];
  const turnstile = createTurnstile({
    waitMsMax,
    elapsed: () => nowMs,
    nextTurn: (next) => {
      steps = next;
    },
  });
  const end = (arrival: Arrival, isAnswered: boolean, costMs: number) => () => {
    nowMs += costMs;
    outcomes.push({ ...arrival, isAnswered, tookMs: nowMs - arrival.at });
  };
  const queue = arrivals.toSorted((one, other) => one.at - other.at);
  let heard = 0;
  while (heard < queue.length || steps.length > 0) {
    const next = queue[heard];
    if (steps.length === 0 && next !== undefined) nowMs = Math.max(nowMs, next.at);
    const polledAt = nowMs;
    for (let each = queue[heard]; each !== undefined && each.at <= polledAt; each = queue[heard]) {
      heard += 1;
      nowMs += costs.hearMs;
      turnstile.pass(each.caller, end(each, true, costs.answerMs), end(each, false, costs.refuseMs));
    }
    const taken = steps;
    steps = [];
    for (const step of taken) step();
  }
  return outcomes;
}
