import { dayWindow } from '../gateway/asking.ts';
import { type Program, startProgram } from '../gateway/program.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { startBalancer } from './balancer.ts';
import { drive, percentile } from './driver.ts';

/** What became of a load while replicas were restarted one after the other. */
export type Rolling = {
  readonly requests: number;
  /** Those that weren't answered with 200, by status and what they were told; 0 where there was no answer. */
  readonly lost: Readonly<Record<string, number>>;
  /** How each replica ended, and how long the slowest took. */
  readonly ends: readonly (number | string | null)[];
  readonly slowestStopMs: number;
  readonly p99Ms: number;
};

const query = `{ conversations(${dayWindow('2026-03-02')}, first: 10) { totalCount nodes { conversationId } } }`;
const callers = ['one', 'two', 'three', 'four'];

/** Two replicas behind a balancer, under a load that waits for nobody; one after the other is stopped and replaced by a new one, so many times. */
export async function restartUnderLoad(
  kore: Simulator,
  {
    restarts,
    perSecond,
    settings,
  }: { restarts: number; perSecond: number; settings: Readonly<Record<string, string>> },
): Promise<Rolling> {
  await using balancer = await startBalancer();
  const replicas: Program[] = [];
  const begin = async (): Promise<void> => {
    const replica = await startProgram(kore, { LOG_LEVEL: 'info', ...settings });
    await balancer.add(replica.url);
    replicas.push(replica);
  };
  try {
    await Promise.all([begin(), begin()]);
    const done = new AbortController();
    const load = drive(
      {
        url: balancer.url,
        query,
        callers: callers.map((name) => ({ name, perSecond: perSecond / callers.length })),
        seconds: Number.POSITIVE_INFINITY,
        until: done.signal,
        connectionCount: 50,
      },
      Math.random,
    );
    const stops: Awaited<ReturnType<Program['stop']>>[] = [];
    for (let at = 0; at < restarts; at++) {
      const [leaving] = replicas.splice(0, 1);
      if (leaving === undefined) throw new Error('there is no replica to restart');
      stops.push(await leaving.stop());
      await balancer.remove(leaving.url);
      await begin();
    }
    done.abort();
    const samples = await load;
    const lost = samples
      .filter(({ status }) => status !== 200)
      .map(({ status, says }) => `${status} ${/"code":"\w+"(,"reason":"\w+")?/.exec(says)?.[0] ?? says}`);
    return {
      requests: samples.length,
      lost: Object.fromEntries(lost.map((status) => [status, lost.filter((each) => each === status).length])),
      ends: stops.map(({ end }) => end),
      slowestStopMs: Math.max(...stops.map(({ tookMs }) => tookMs)),
      p99Ms: percentile(
        samples.map(({ tookMs }) => tookMs),
        0.99,
      ),
    };
  } finally {
    await Promise.all(replicas.map((replica) => replica.stop('SIGKILL')));
  }
}
