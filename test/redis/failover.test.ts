import { expect, test } from 'vitest';
import { createLoad, list, mostInWindow, openWindow, quick, until, untilCalls } from './replicas.ts';
import { startRedis } from './server.ts';

test('F66 a server that fails over to its copy: what it has lost is not believed, one that can not be written to yet is not used, and calls flow again', async () => {
  await using first = await startRedis();
  await using copy = await startRedis(
    '--replicaof',
    '127.0.0.1',
    String(first.port),
    '--repl-diskless-sync-delay',
    '0',
  );
  await using one = await openWindow(first.port);
  await using other = await openWindow(first.port);
  const load = createLoad();
  for (const [name, { window }] of [
    ['one', one],
    ['other', other],
  ] as const)
    load.begin(name, window, () => ({ ...list, caller: name }));
  await untilCalls(load, quick.callsMax * 2);
  const copied = async () => await copy.command('EXISTS', `${quick.keyPrefix}:state`);
  await expect.poll(copied, { timeout: 20_000 }).toContain(':1');
  // The copy lacks what is written from now on.
  await copy.command('REPLICAOF', '127.0.0.1', '1');
  await untilCalls(load, quick.callsMax);
  await first.kill();
  for (const { way } of [one, other]) way.leadTo(copy.port);
  await until(() => !one.link.isUp() && !other.link.isUp());
  // A copy refuses what is written.
  const { length } = load.calls;
  await copy.command('REPLICAOF', 'NO', 'ONE');
  expect(load.calls.length).toBe(length);
  await until(() => one.link.isUp() && other.link.isUp());
  await untilCalls(load, quick.callsMax * 2);
  await load.end();
  expect(mostInWindow(load.calls, quick.windowMs)).toBeLessThanOrEqual(quick.callsMax);
});
