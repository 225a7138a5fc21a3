import { expect, test } from 'vitest';
import { percentile } from '../load/driver.ts';
import { type Arrival, arrivalsOf, type Outcome, runLoop } from './loop.ts';

/** A reproducible chance. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const costs = { hearMs: 0.03, answerMs: 2, refuseMs: 0.1 };
const perSecond = 1000 / (costs.hearMs + costs.answerMs);
const waitMsMax = 250;
/** The first seconds of a load are a rush. */
const [forMs, settledMs] = [15_000, 3_000];

const share = (count: number, ofCapacity: number, seed: number): readonly Arrival[] =>
  Array.from({ length: count }, (_, at) =>
    arrivalsOf(`caller ${at}`, (ofCapacity * perSecond) / count, forMs, seeded(seed + at * 7_919)),
  ).flat();
const run = (arrivals: readonly Arrival[]) => runLoop(arrivals, costs, waitMsMax).filter(({ at }) => settledMs <= at);
const p99 = (outcomes: readonly Outcome[]) =>
  percentile(
    outcomes.map(({ tookMs }) => tookMs),
    0.99,
  );
const answered = (outcomes: readonly Outcome[]) => outcomes.filter(({ isAnswered }) => isAnswered);
const refused = (outcomes: readonly Outcome[]) => outcomes.filter(({ isAnswered }) => !isAnswered);

const seeds = [1, 2, 3];

test.for(seeds)(
  'five times as much as it can do: who is answered is so in less than twice the usual time: seed %i',
  (seed) => {
    const usual = run(share(20, 0.7, seed));
    const over = run(share(20, 5, seed));
    expect(refused(usual).length).toBe(0);
    expect(p99(answered(over))).toBeLessThan(2 * p99(usual));
    expect(p99(refused(over)), 'and who is refused is told at once').toBeLessThan(10);
    const answeredPerSecond = answered(over).length / ((forMs - settledMs) / 1000);
    expect(answeredPerSecond, 'what is left beside saying no is used').toBeGreaterThan(0.7 * perSecond);
  },
);

test.for(seeds)(
  'beside one who asks twenty times as often nobody else is refused, or waits for more than five of his answers: seed %i',
  (seed) => {
    const others = share(10, 0.5, seed);
    const flood = arrivalsOf('flood', 20 * 0.05 * perSecond, forMs, seeded(seed * 31));
    const alone = run(others);
    const all = run([...others, ...flood]);
    const beside = all.filter(({ caller }) => caller !== 'flood');
    expect(refused(beside).length).toBe(0);
    expect(p99(beside)).toBeLessThan(p99(alone) + 5.5 * costs.answerMs);
    expect(refused(all).length).toBeGreaterThan(0);
    expect(answered(all).length / ((forMs - settledMs) / 1000), 'he has what they leave').toBeGreaterThan(
      0.9 * perSecond,
    );
  },
);
