import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { dayWindow, pageOf, tileOf } from '../store/samples.ts';
import { timed } from '../timed.ts';
import { openReplica, type Replica, request } from './desk.ts';
import { openProxy } from './proxy.ts';
import { type RedisServer, startRedis } from './server.ts';

const waitMs = 50;
const slackMs = 40;
/** A server that says nothing for so long can't be reached. */
const commandMs = 200;
/** So much that a busy machine doesn't bring an answer after more than what is left of it. */
const ampleMs = 1_500;
/** Two such answers are more than that. */
const slowMs = 800;
const [page, tile] = [pageOf({ rowCount: 20 }), tileOf(1, { rowCount: 50 })];

/** All kinds of reads of one request: first those that follow one another, then those at the same time. */
async function readAll({ store }: Replica, reads = store) {
  const signal = request();
  const heads = await reads.findTiles('list', dayWindow(0, 9), signal);
  const [tiles, pages, others] = await Promise.all([
    reads.readTiles('list', [tile.window, dayWindow(2), dayWindow(3)], signal),
    reads.readPages(['key', 'none'], signal),
    reads.readPages(['key'], signal),
  ]);
  return [heads.map(({ window }) => window), tiles, pages, others];
}
const everything = [[tile.window], [tile, undefined, undefined], [page, undefined], [page]];
const nothing = [[], [undefined, undefined, undefined], [undefined, undefined], [undefined]];

const readAllPatiently = (replica: Replica) => readAll(replica, { ...replica.store, ...replica.store.patient });

async function writeAll({ store }: Replica): Promise<void> {
  store.writePage('key', page);
  store.writeTile('list', tile);
  await store.settled();
}

/** Whatever it was, it works again by itself: what is written now is read. */
async function expectRecovery(replica: Replica): Promise<void> {
  await expect
    .poll(
      async () => {
        await writeAll(replica);
        return await readAll(replica);
      },
      { timeout: 20_000, interval: 50 },
    )
    .toEqual(everything);
}

/** Nothing is found, and nobody waits longer than was allowed, also not those who come next, and those who write. */
async function expectMisses(replica: Replica): Promise<void> {
  for (let round = 0; round < 5; round++) {
    replica.store.writePage('lost', page);
    expect(await timed(waitMs + slackMs, () => readAll(replica))).toEqual({ value: nothing, isInTime: true });
  }
  expect(await timed(1_000, () => replica.store.settled())).toMatchObject({ isInTime: true });
}

describe('a server that', () => {
  test.for<[what: string, end: (server: RedisServer) => Promise<void>, goOn: (server: RedisServer) => Promise<void>]>([
    ['F63 is stopped and started again', (server) => server.kill(), (server) => server.restart()],
    ['F64 hangs and goes on', async (server) => server.hang(), async (server) => server.goOn()],
  ])('%s costs a request no more than its allowance, and is used again by itself', async ([, end, goOn]) => {
    await using server = await startRedis();
    await using replica = await openReplica(server.url, { waitMs, commandMs });
    await writeAll(replica);
    expect(await readAllPatiently(replica)).toEqual(everything);
    await end(server);
    await expectMisses(replica);
    await goOn(server);
    await expectRecovery(replica);
    // It is told once, not by each who asks. Where the machine is busy it may be so more than once.
    const isWarning = replica.log.lines.map((line) => line.startsWith('warn:'));
    expect(isWarning.filter((is) => is).length).toBeGreaterThanOrEqual(1);
    expect(isWarning.filter((is, at) => is && isWarning[at + 1] === true)).toEqual([]);
  });

  test('is not there from the start is waited for by nobody, and used as soon as it is there', async () => {
    await using server = await startRedis();
    await server.kill();
    await using replica = await openReplica(server.url, { waitMs, commandMs, readyMs: 500 });
    await expectMisses(replica);
    await server.restart();
    await expectRecovery(replica);
  });

  test('F66 is emptied holds nothing, and takes what is written then', async () => {
    await using server = await startRedis();
    await using replica = await openReplica(server.url, { waitMs });
    await writeAll(replica);
    for (const command of [['FLUSHALL'], ['SCRIPT', 'FLUSH']]) {
      await server.command(...command);
      await expectRecovery(replica);
    }
    await server.command('FLUSHALL');
    expect(await readAllPatiently(replica)).toEqual(nothing);
  });

  test('loses its connections gets new ones', async () => {
    await using server = await startRedis();
    await using proxy = await openProxy(server.port);
    await using replica = await openReplica(proxy.url, { waitMs, commandMs });
    await writeAll(replica);
    proxy.cut();
    await expectMisses(replica);
    proxy.join();
    await expectRecovery(replica);
  });

  test('takes a connection and says nothing on it is given up for another', async () => {
    await using server = await startRedis();
    let count = 0;
    await using silent = createServer((near) => {
      count += 1;
      near.on('error', () => undefined);
      near.resume();
      if (count === 1) return;
      const far = connect(server.port, '127.0.0.1');
      far.on('error', () => undefined);
      near.pipe(far).pipe(near);
    });
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    await using replica = await openReplica(`redis://127.0.0.1:${port}`, { commandMs });
    await expect.poll(replica.link.isUp, { timeout: 10_000 }).toBe(true);
    expect(count).toBeGreaterThanOrEqual(2);
  });

  test('is slow is waited for as long as is allowed, by the reads of a request together', async () => {
    await using server = await startRedis();
    await using proxy = await openProxy(server.port);
    await using replica = await openReplica(proxy.url, { waitMs: ampleMs });
    await writeAll(replica);
    // The server knows the scripts by now.
    expect(await readAllPatiently(replica)).toEqual(everything);
    proxy.delayMs = slowMs;
    // The heads come in time; then less than an answer's time is left, for all that follow.
    const first = await timed(ampleMs + slackMs, () => readAll(replica));
    expect(first).toEqual({ value: [[tile.window], ...nothing.slice(1)], isInTime: true });
    proxy.delayMs = 2 * slowMs;
    const late = await timed(ampleMs + slackMs, () => readAll(replica));
    expect(late).toEqual({ value: nothing, isInTime: true });
    expect(await readAllPatiently(replica)).toEqual(everything);
    expect(replica.link.isUp()).toBe(true);
  });
});

describe('a request', () => {
  test('that ends waits no longer, however patient it was', async () => {
    await using server = await startRedis();
    await using replica = await openReplica(server.url, { waitMs: 10_000 });
    server.hang();
    for (const reads of [replica.store, replica.store.patient]) {
      const ending = new AbortController();
      const left = await timed(slackMs, async () => {
        const reading = reads.readPages(['key'], ending.signal);
        ending.abort();
        return await reading;
      });
      expect(left).toEqual({ value: [undefined], isInTime: true });
    }
    server.goOn();
  });

  test('that found its allowance used up leaves that of others alone', async () => {
    await using server = await startRedis();
    await using proxy = await openProxy(server.port);
    await using replica = await openReplica(proxy.url, { waitMs: ampleMs });
    await writeAll(replica);
    await readAllPatiently(replica);
    proxy.delayMs = slowMs;
    const signal = request();
    const read = async (by: AbortSignal) => (await replica.store.readPages(['key'], by))[0];
    expect([await read(signal), await read(signal), await read(signal)]).toEqual([page, undefined, undefined]);
    expect(await read(request())).toEqual(page);
  });
});

describe('a process', () => {
  test('that was busy for long has the answers that came meanwhile, and its connection', async () => {
    await using server = await startRedis();
    await using replica = await openReplica(server.url, { commandMs });
    await writeAll(replica);
    // The server knows the scripts by now.
    expect(await readAllPatiently(replica)).toEqual(everything);
    // It asks, and something else takes all its time, for longer than a server may be silent.
    const reading = replica.store.patient.readPages(['key'], request());
    const until = performance.now() + 2_500;
    while (performance.now() < until);
    expect(await reading).toEqual([page]);
    expect(replica.log.lines.filter((line) => line.startsWith('warn:'))).toEqual([]);
  });
});
