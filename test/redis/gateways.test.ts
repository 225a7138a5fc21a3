import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { connectionOf, startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { timed } from '../timed.ts';
import { startRedis, unhurried, untilOpen } from './server.ts';

const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const list = `{ conversations(${day}, first: 200) { totalCount nodes { conversationId } } }`;
const scan = `{ conversations(${day}, first: 20, orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }) { totalCount nodes { conversationId } } }`;

test('what one gateway has read costs another nothing: pages of lists, and days of scans', async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 250 });
  const settings = unhurried(redis);
  await using one = await startTestGateway(kore, { settings });
  await using other = await startTestGateway(kore, { settings });
  for (const gateway of [one, other]) await untilOpen(gateway.query);
  for (const [query, kind, keyCount] of [
    [list, 'page', 3],
    [scan, 'tile', 1],
  ] as const) {
    const answer = await one.query(query);
    expect(connectionOf(answer).totalCount).toBe(250);
    const { callCount } = kore;
    // Written behind the answer.
    const keys = async () => (await redis.command('KEYS', `*:${kind}:*`)).match(/\{kore/g)?.length ?? 0;
    await expect.poll(keys, { timeout: 20_000 }).toBeGreaterThanOrEqual(keyCount);
    expect(await other.query(query)).toEqual(answer);
    expect(kore.callCount).toBe(callCount);
  }
});

test('of a day that one gateway reads afresh the others know the newer reading, though they hold an older one', async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  const clock = { nowMs: Date.now() };
  const now = () => clock.nowMs;
  const settings = { ...unhurried(redis), FRESH_OLDER_MS: '1000' };
  await using one = await startTestGateway(kore, { settings, now });
  await using other = await startTestGateway(kore, { settings, now });
  for (const gateway of [one, other]) await untilOpen(gateway.query);
  await one.query(list);
  await other.query(list);
  clock.nowMs += 5_000;
  await one.query(list);
  const { callCount } = kore;
  expect(callCount).toBeGreaterThanOrEqual(2);
  expect(connectionOf(await other.query(list)).totalCount).toBe(50);
  expect(kore.callCount).toBe(callCount);
});

/** Spans so short that a test sees what comes after a silence. */
const quick = { REPLICA_LAPSE_MS: '500', QUOTA_WINDOW_MS: '300', KORE_ATTEMPT_TIMEOUT_MS: '500' };

test('a gateway starts though its store can not be reached, says so, makes no call that others might make too, and tells no secret', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  const password = 'hunter2-and-more';
  const url = `redis://someone:${password}@127.0.0.1:${await freePort()}`;
  const settings = { STORE_URL: url, LOG_LEVEL: 'debug' };
  const started = await timed(2_000, () => startTestGateway(kore, { settings }));
  await using gateway = started.value;
  expect(started.isInTime).toBe(true);
  const { errors } = await gateway.query(list);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED', retryable: true });
  expect(errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThan(0);
  expect(kore.callCount).toBe(0);
  const metrics = await (await fetch(new URL('/metrics', gateway.url))).text();
  expect(metrics).toContain('gateway_store_up 0\n');
  expect(gateway.logLines.join('')).toContain('the shared store can not be reached');
  expect(gateway.logLines.join('')).not.toContain(password);
});

test('who knows how many replicas there are takes its part of the quota without them, after a silence', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  const STORE_URL = `redis://127.0.0.1:${await freePort()}`;
  const settings = { ...quick, STORE_URL, REPLICAS_EXPECTED: '3', KORE_CALLS_PER_MINUTE: '6' };
  await using gateway = await startTestGateway(kore, { settings });
  expect(connectionOf(await gateway.query(list)).totalCount).toBe(50);
  const quota = await gateway.query('{ upstream { quota { callsPerMinute } } }');
  expect(quota.data).toEqual({ upstream: { quota: { callsPerMinute: 2 } } });
});

test('a password and a number of a database are used as the address says; a wrong one is a store that can not be reached', async () => {
  await using redis = await startRedis('--requirepass', 'p@ss:word/%');
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  const at = (userInfo: string) => ({ STORE_URL: `redis://${userInfo}@127.0.0.1:${redis.port}/3` });
  const settings = { ...unhurried(redis), ...at(':p%40ss%3Aword%2F%25') };
  await using right = await startTestGateway(kore, { settings });
  await using wrong = await startTestGateway(kore, { settings: { ...quick, ...at(':wrong') } });
  expect(right.logLines.join('')).toContain('the shared store can be reached');
  expect(wrong.logLines.join('')).toContain('the shared store can not be reached');
  await untilOpen(right.query);
  expect(connectionOf(await right.query(list)).totalCount).toBe(50);
  expect((await wrong.query(list)).errors?.[0]?.extensions.code).toBe('UPSTREAM_BUDGET_EXHAUSTED');
});

test('what one gateway has learned by the way the others know: names, spans, and where conversations stand', async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 120 });
  const settings = unhurried(redis);
  await using one = await startTestGateway(kore, { settings });
  await using other = await startTestGateway(kore, { settings });
  for (const gateway of [one, other]) await untilOpen(gateway.query);
  const conversation = (id: unknown) => `{ conversation(conversationId: "${String(id)}") { conversationId } }`;
  const found = (id: unknown) => ({ conversation: { conversationId: id } });
  const scanned = scan.replace('nodes {', 'nodes { agents { agentId name }');
  const [worst] = connectionOf(await one.query(scanned)).nodes;
  const later = list.replaceAll('2026-03-03', '2026-03-05').replaceAll('2026-03-02', '2026-03-04');
  const [newest] = connectionOf(await one.query(later)).nodes;
  const { callCount } = kore;
  // Names and spans come by themselves, in a while.
  const agents = worst?.['agents'] as readonly { readonly agentId: string; readonly name: string }[] | undefined;
  const name = async () => (await other.query(`{ agent(agentId: "${agents?.[0]?.agentId}") { name } }`)).data;
  await expect.poll(name, { timeout: 30_000 }).toEqual({ agent: { name: agents?.[0]?.name } });
  expect((await other.query(conversation(worst?.conversationId))).data).toEqual(found(worst?.conversationId));
  // Where a conversation stands is asked for when it is needed.
  expect((await other.query(conversation(newest?.conversationId))).data).toEqual(found(newest?.conversationId));
  expect(kore.callCount).toBe(callCount);
});
