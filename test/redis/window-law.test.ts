import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallAsk } from '../../src/model/sharing.ts';
import { sayFigures } from '../figures.ts';
import { clock } from './desk.ts';
import {
  aloneAfterMs,
  createLoad,
  mostInWindow,
  openWindow,
  quick,
  until,
  untilCalls,
  type WindowReplica,
} from './replicas.ts';
import { type RedisServer, startRedis } from './server.ts';

const replicaCount = 4;
const stepCount = 24;

type Step = {
  readonly what:
    | 'hang'
    | 'restart'
    | 'flush'
    | 'garbage'
    | 'lose'
    | 'cut'
    | 'slow'
    | 'replace'
    | 'stop'
    | 'refuse'
    | 'nothing';
  readonly which: number;
  readonly key: string;
  readonly ms: number;
};

const steps: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    'hang',
    'restart',
    'flush',
    'garbage',
    'lose',
    'cut',
    'cut',
    'slow',
    'replace',
    'stop',
    'refuse',
    'nothing',
  ),
  which: fc.nat({ max: replicaCount - 1 }),
  key: fc.constantFrom('slots', 'scans', 'behind', 'callers', 'state', 'waiting', 'replicas'),
  // Shorter and longer than the silence of one that is alone.
  ms: fc.oneof(fc.integer({ min: 10, max: 600 }), fc.integer({ min: 600, max: 3_500 })),
});

/** Four replicas, each with two callers of its own and one that all have, that call as much as they can. */
async function openCrowd(redis: RedisServer) {
  const load = createLoad();
  const callers: readonly CallAsk[] = [
    { kind: 'direct', caller: 'a' },
    { kind: 'direct', caller: 'b' },
    { kind: 'scan', caller: 'c' },
    { kind: 'background', caller: '' },
  ];
  const chance = fc.sample(fc.integer({ min: 0, max: 40 }), { seed, numRuns: 997 });
  let drawn = 0;
  const draw = (): number => chance[drawn++ % chance.length] ?? 0;
  const enter = async (at: number) => {
    const replica = await openWindow(redis.port, { place: `place ${at}` });
    replica.window.waiting(callers);
    const ends = callers.map((ask) => load.begin(`replica ${at}`, replica.window, () => ask, draw));
    return {
      ...replica,
      leave: () => {
        for (const end of ends) end();
      },
    };
  };
  const replicas = await Promise.all(Array.from({ length: replicaCount }, (_, at) => enter(at)));
  return { load, replicas, enter };
}

type Crowd = Awaited<ReturnType<typeof openCrowd>>;

const pause = (ms: number) => clock.wait(ms, new AbortController().signal);

/** What happens to one replica, or to the server. What goes on for longer than others happen is mended `later`. */
async function happen(
  { what, which, key, ms }: Step,
  redis: RedisServer,
  crowd: Crowd,
  later: (work: () => void) => void,
) {
  const replica = crowd.replicas[which];
  if (replica === undefined) return;
  if (what === 'hang') {
    redis.hang();
    await pause(ms);
    redis.goOn();
  } else if (what === 'restart') {
    await redis.kill();
    await pause(ms);
    await redis.restart();
  } else if (what === 'flush') await redis.command('FLUSHALL');
  else if (what === 'garbage') await redis.command('SET', `${quick.keyPrefix}:${key}`, 'garbage');
  else if (what === 'lose') await redis.command('DEL', `${quick.keyPrefix}:${key}`);
  else if (what === 'cut') {
    replica.way.cut();
    later(replica.way.join);
  } else if (what === 'slow') {
    replica.way.delayMs = ms / 10;
    later(() => {
      replica.way.delayMs = 0;
    });
  } else if (what === 'refuse') replica.window.refused(ms / 4);
  else if (what === 'replace' || what === 'stop') await replace(crowd, which, what === 'replace' ? 'kill' : 'stop');
}

/** Another process is started where one was killed, or stopped. A call that is under way then goes on to the upstream. */
async function replace(crowd: Crowd, which: number, how: 'kill' | 'stop'): Promise<void> {
  const replica = crowd.replicas[which];
  if (replica === undefined) return;
  replica.leave();
  const isUnderWay = () =>
    crowd.load.calls.some(
      ({ replica: of, until: ends }) => of === `replica ${which}` && ends === Number.POSITIVE_INFINITY,
    );
  await until(() => !isUnderWay());
  await (how === 'kill' ? replica.kill() : replica[Symbol.asyncDispose]());
  crowd.replicas[which] = await crowd.enter(which);
}

const seed = Date.now() % 2 ** 31;

test('whatever becomes of the server and of replicas, never more calls than allowed fall in any window, and soon they flow again', {
  timeout: 120_000,
}, async () => {
  const story = fc.sample(steps, { seed, numRuns: stepCount });
  await using redis = await startRedis();
  const crowd = await openCrowd(redis);
  const { load } = crowd;
  await untilCalls(load, quick.callsMax);
  let mending: { readonly after: number; readonly mend: () => void }[] = [];
  for (const [at, step] of story.entries()) {
    await happen(step, redis, crowd, (mend) => mending.push({ after: at + (step.ms % 4), mend }));
    await pause(step.ms);
    for (const { after, mend } of mending) if (after <= at) mend();
    mending = mending.filter(({ after }) => at < after);
  }
  for (const { mend } of mending) mend();
  const told = `seed ${seed}: ${story.map(({ what, which, key, ms }) => `${what} ${which} ${key} ${ms}`).join(', ')}`;
  const healedAfterMs = await untilCalls(load, quick.callsMax);
  expect(healedAfterMs, told).toBeLessThan(2 * aloneAfterMs(quick) + 2_000);
  const whole = ({ window }: WindowReplica) => window.state().callsMax === quick.callsMax;
  await until(() => crowd.replicas.every(whole), 20 * quick.windowMs);
  const from = load.calls.length;
  await untilCalls(load, quick.callsMax * 5);
  await load.end();
  const most = mostInWindow(load.calls, quick.windowMs);
  await Promise.all(crowd.replicas.map((each) => each[Symbol.asyncDispose]()));
  const fair = ['a', 'b', 'c'].map((name) => load.calls.slice(from).filter(({ caller }) => caller === name).length);
  process.stdout.write(`window law: ${told}\n`);
  sayFigures('window', { calls: load.calls.length, mostInWindow: most, callsMax: quick.callsMax, healedAfterMs });
  expect(most, told).toBeLessThanOrEqual(quick.callsMax);
  expect(Math.min(...fair), told).toBeGreaterThanOrEqual(Math.max(...fair) / 2);
});
