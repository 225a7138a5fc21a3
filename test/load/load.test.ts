import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { dayWindow } from '../gateway/asking.ts';
import { startProgram } from '../gateway/program.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { openConnection } from './connection.ts';
import { drive, type Load, percentile, requestOf, type Sample } from './driver.ts';

/**
 * How a gateway bears more than it can do: answers of what is held, so that it is the gateway alone that is measured. All figures are of one run, and compared with each other: the
 * machine counts in each. Times run from when a request was due.
 */
const query = `{ conversations(${dayWindow('2026-03-02')}, first: 10) { totalCount nodes { conversationId koreEvaluationScore } } }`;
const seconds = 6;
/** The first moments of a load are another thing: a rush. */
const settledMs = 1_500;

const took = (samples: readonly Sample[], status: number): readonly number[] =>
  samples.filter((sample) => sample.status === status && settledMs <= sample.dueAt).map(({ tookMs }) => tookMs);

const several = (count: number, perSecond: number): Load['callers'] =>
  Array.from({ length: count }, (_, at) => ({ name: `caller ${at}`, perSecond: perSecond / count }));

test('more than it can do, and a neighbour who floods it', async () => {
  await using kore = await startSimulator();
  await using gateway = await startProgram(kore, { HTTP_CONNECTIONS_MAX: '5000', FRESH_OLDER_MS: '86400000' });
  const load = (callers: Load['callers'], forSeconds = seconds) =>
    drive({ url: gateway.url, query, callers, seconds: forSeconds }, Math.random);
  await capacityOf(gateway.url, 2);
  const capacity = await capacityOf(gateway.url, 4);

  const usual = await load(several(20, 0.7 * capacity));
  const over = await load(several(20, 5 * capacity));
  const after = await load(several(20, 0.7 * capacity));
  const [calm, accepted, refused] = [took(usual, 200), took(over, 200), took(over, 503)];
  const figures = {
    capacityPerSecond: Math.round(capacity),
    usualP99Ms: percentile(calm, 0.99),
    overloadedP99Ms: percentile(accepted, 0.99),
    overloadRatio: percentile(accepted, 0.99) / percentile(calm, 0.99),
    refusedP50Ms: percentile(refused, 0.5),
    refusedP99Ms: percentile(refused, 0.99),
    goodput: accepted.length / (seconds - settledMs / 1000) / capacity,
    refusedAfter: took(after, 503).length / after.length,
    lateSenderP99Ms: percentile(
      over.map(({ sentMs }) => sentMs),
      0.99,
    ),
  };
  sayFigures('overload', figures);

  // Ten callers who ask for a third of what it can do, alone and beside one who asks twenty times as often as each of them, in turns.
  const others = several(10, 0.3 * capacity);
  const flood = { name: 'flood', perSecond: 20 * 0.03 * capacity };
  const rounds = { alone: [] as number[], beside: [] as number[] };
  const lost = { others: 0, flood: 0 };
  for (let round = 0; round < 4; round++) {
    rounds.alone.push(...took(await load(others, 4), 200));
    const both = await load([...others, flood], 4);
    const ofOthers = both.filter(({ caller }) => caller !== 'flood');
    rounds.beside.push(...took(ofOthers, 200));
    lost.others += ofOthers.filter(({ status }) => status !== 200).length;
    lost.flood += both.filter(({ caller, status }) => caller === 'flood' && status !== 200).length;
  }
  const neighbour = {
    aloneP99Ms: percentile(rounds.alone, 0.99),
    besideP99Ms: percentile(rounds.beside, 0.99),
    neighbourRatio: percentile(rounds.beside, 0.99) / percentile(rounds.alone, 0.99),
    refusedOthers: lost.others,
    refusedFlood: lost.flood,
  };
  sayFigures('neighbour', neighbour);
  const unanswered = [...usual, ...over, ...after].filter(({ status }) => status !== 200 && status !== 503);
  expect(unanswered).toEqual([]);
  expect(refused.length).toBeGreaterThan(accepted.length);
  expect(accepted.length).toBeGreaterThan(0);
  expect(kore.callCount).toBe(1);
});

/** Answers a second, asked for by a few at once, one after the other. */
async function capacityOf(url: string, forSeconds: number): Promise<number> {
  const { hostname, port } = new URL(url);
  const endAt = performance.now() + forSeconds * 1000;
  let count = 0;
  const askOn = async (name: string): Promise<void> => {
    const connection = openConnection(hostname, Number(port));
    const request = requestOf(url, query, name);
    while (performance.now() < endAt) if ((await connection.send(request)).status === 200) count += 1;
    connection.close();
  };
  await Promise.all(['one', 'two', 'three', 'four'].map(askOn));
  return count / forSeconds;
}
