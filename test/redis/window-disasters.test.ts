import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { clock, request } from './desk.ts';
import {
  aloneAfterMs,
  createLoad,
  type Load,
  list,
  mostInWindow,
  openWindow,
  quick,
  until,
  untilCalls,
  type WindowReplica,
} from './replicas.ts';
import { type RedisServer, startRedis } from './server.ts';

/** Two replicas that call as much as they can, each by two workers, and know their shares. */
async function openPair(redis: RedisServer, more: Partial<typeof quick> = {}) {
  const [one, other] = [await openWindow(redis.port, more), await openWindow(redis.port, more)];
  const load = createLoad();
  for (const [name, { window }] of [
    ['one', one],
    ['other', other],
  ] as const)
    for (let each = 0; each < 2; each++) load.begin(name, window, () => ({ ...list, caller: name }));
  await untilCalls(load, quick.callsMax);
  await untilShares(redis, 2, more.lapseMs);
  return {
    one,
    other,
    load,
    async [Symbol.asyncDispose]() {
      await load.end();
      await Promise.all([one, other].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}

/** Until so many replicas are known, and each has the share that it keeps: a third of all for two. */
async function untilShares(redis: RedisServer, count: number, lapseMs = quick.lapseMs): Promise<void> {
  const share = Math.floor(quick.callsMax / (count + 1));
  const pattern = new RegExp(`^\\d+ ${share} \\d+ \\d+ `, 'gm');
  const shares = async () => (await redis.command('HVALS', `${quick.keyPrefix}:replicas`)).match(pattern)?.length ?? 0;
  await until(async () => (await shares()) === count);
  // They believe in it when the others know of it.
  const known = clock.elapsed() + 2 * lapseMs;
  await until(() => known < clock.elapsed());
}

async function expectKept(load: Load): Promise<void> {
  await load.end();
  expect(mostInWindow(load.calls, quick.windowMs)).toBeLessThanOrEqual(quick.callsMax);
}

const disasters: Readonly<Record<string, (redis: RedisServer) => Promise<unknown>>> = {
  'forgets all': (redis) => redis.command('FLUSHALL'),
  'is killed, and started anew': (redis) => redis.restart(),
  'loses the slots': (redis) => redis.command('DEL', `${quick.keyPrefix}:slots`),
  'loses who took part': (redis) => redis.command('DEL', `${quick.keyPrefix}:replicas`),
  'holds a word where slots should be': (redis) => redis.command('SET', `${quick.keyPrefix}:slots`, 'garbage'),
  'holds a word where the callers should be': (redis) => redis.command('SET', `${quick.keyPrefix}:callers`, 'garbage'),
  'holds a list where the state should be': async (redis) => {
    await redis.command('DEL', `${quick.keyPrefix}:state`);
    await redis.command('RPUSH', `${quick.keyPrefix}:state`, 'garbage');
  },
  'holds no number where one should be': (redis) => redis.command('HSET', `${quick.keyPrefix}:callers`, 'cafe', 'x'),
  'holds a time of next year': (redis) => redis.command('HSET', `${quick.keyPrefix}:state`, 'shut', '9999999999999999'),
  'holds a replica that can not be read': (redis) => redis.command('HSET', `${quick.keyPrefix}:replicas`, 'x', 'y'),
};

test.concurrent.for(Object.entries(disasters))(
  'never too many calls while the server %s, and soon they flow again',
  async ([, happen]) => {
    await using redis = await startRedis();
    await using pair = await openPair(redis);
    await happen(redis);
    // First what is under way.
    await until(() => !pair.load.calls.some(({ until: ends }) => ends === Number.POSITIVE_INFINITY));
    await untilCalls(pair.load, quick.callsMax * 2);
    await expectKept(pair.load);
  },
);

test.concurrent('garbage where it is told who waits is thrown away', async () => {
  await using redis = await startRedis();
  await using pair = await openPair(redis);
  const key = `${quick.keyPrefix}:waiting`;
  await redis.command('SET', key, 'garbage');
  await untilCalls(pair.load, quick.callsMax);
  expect(await redis.command('TYPE', key)).not.toContain('string');
  await expectKept(pair.load);
});

test.concurrent('while the server hangs for a while, nobody calls; then all go on', async () => {
  await using redis = await startRedis();
  // A silence so long that a busy machine sees it.
  const lapseMs = 2_000;
  await using pair = await openPair(redis, { lapseMs });
  redis.hang();
  await until(() => !pair.one.link.isUp() && !pair.other.link.isUp());
  const { length } = pair.load.calls;
  expect(await pair.one.window.take(list, request())).toMatchObject({ kind: 'later', because: 'lost' });
  expect(pair.one.window.state()).toMatchObject({ remaining: 0 });
  await until(() => pair.one.window.expectedAt('direct', 0) > clock.elapsed() + quick.lapseMs);
  expect(pair.load.calls.length).toBe(length);
  redis.goOn();
  await untilCalls(pair.load, quick.callsMax * 2);
  await expectKept(pair.load);
});

test.concurrent('while there is no server, each replica calls its share, after a silence; then they share again', async () => {
  await using redis = await startRedis();
  await using pair = await openPair(redis);
  const { calls } = pair.load;
  const before = clock.elapsed();
  await redis.kill();
  await untilCalls(pair.load, 1);
  await untilCalls(pair.load, quick.callsMax * 2, 'one');
  const alone = calls.filter(({ from }) => before + aloneAfterMs(quick) / 2 < from);
  for (const name of ['one', 'other'])
    expect(
      mostInWindow(
        alone.filter(({ replica }) => replica === name),
        quick.windowMs,
      ),
    ).toBe(quick.callsMax / 3);
  await redis.restart();
  await until(() => pair.one.window.state().callsMax === quick.callsMax);
  await untilCalls(pair.load, quick.callsMax * 2);
  await expectKept(pair.load);
});

test.concurrent('one that is cut off is silent, then calls its share, and the others leave it to it until it is back', async () => {
  await using redis = await startRedis();
  await using pair = await openPair(redis);
  const { calls } = pair.load;
  pair.other.way.cut();
  await until(() => !pair.other.link.isUp());
  const lostAt = clock.elapsed();
  await until(() => pair.one.window.state().callsMax === (quick.callsMax / 3) * 2);
  const leftAt = clock.elapsed();
  await untilCalls(pair.load, quick.callsMax, 'other');
  const ofOther = calls.filter(({ replica, from }) => replica === 'other' && lostAt < from);
  expect(Math.min(...ofOther.map(({ from }) => from))).toBeGreaterThan(leftAt);
  pair.other.way.join();
  await until(() => pair.one.window.state().callsMax === quick.callsMax);
  await untilCalls(pair.load, quick.callsMax * 2);
  await expectKept(pair.load);
});

test.concurrent('one that is killed leaves its share unused until it is forgotten; one that stops says so, and leaves all', async () => {
  await using redis = await startRedis();
  const settings = { forgottenMs: 5_000 };
  await using one = await openWindow(redis.port, settings);
  const killed = await openWindow(redis.port, settings);
  const stopped = await openWindow(redis.port, settings);
  await untilShares(redis, 3);
  // Killed first: with one fewer it would be given a greater share.
  await killed.kill();
  await stopped[Symbol.asyncDispose]();
  await until(() => one.window.state().callsMax === quick.callsMax - quick.callsMax / 4);
  await until(() => one.window.state().callsMax === quick.callsMax);
});

test.concurrent('one that is started where another was killed takes its place at once', async () => {
  await using redis = await startRedis();
  const killed = await openWindow(redis.port, { place: 'here' });
  await untilShares(redis, 1);
  await killed.kill();
  await using next = await openWindow(redis.port, { place: 'here' });
  await untilShares(redis, 1);
  await until(() => next.window.state().remaining === quick.callsMax);
  expect(await redis.command('HLEN', `${quick.keyPrefix}:replicas`)).toContain(':2');
});

test.concurrent('one that never met the others calls only if it knows how many may run, and those leave its part to it', async () => {
  const port = await freePort();
  await using unknowing: WindowReplica = await openWindow(port, {}, 500);
  await using knowing: WindowReplica = await openWindow(port, { replicasExpected: 3 }, 500);
  const load = createLoad();
  load.begin('unknowing', unknowing.window, () => list);
  load.begin('knowing', knowing.window, () => list);
  await untilCalls(load, quick.callsMax, 'knowing');
  await load.end();
  expect(load.calls.filter(({ replica }) => replica === 'unknowing')).toEqual([]);
  expect(mostInWindow(load.calls, quick.windowMs)).toBe(quick.callsMax / 3);
  await using redis = await startRedis();
  await using met = await openWindow(redis.port, { replicasExpected: 3 });
  await until(() => met.window.state().callsMax === quick.callsMax / 3);
});
