import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { askByAll, common, commonDay, duplicatesOf, gatewayOf, listOf, mostInAnyWindow, startFleet } from './fleet.ts';
import { startRedis, unhurried } from './server.ts';

const callsMax = 60;

/** Windows so short that a test sees many of them, and gateways that give up nothing because a busy machine brings it late. */
const windowMs = 2_500;
const settingsOf = (url: string) => ({
  ...unhurried({ url }),
  KORE_CALLS_PER_MINUTE: String(callsMax),
  QUOTA_WINDOW_MS: String(windowMs),
  HTTP_HEADERS_TIMEOUT_MS: '60000',
  HTTP_REQUEST_TIMEOUT_MS: '60000',
  OPERATION_DEADLINE_MS: '180000',
  STOP_WITHIN_MS: '181000',
});

/** Spans so short that a test sees what comes after a silence. */
const hastyWindowMs = 1_500;
const hasty = {
  STORE_WAIT_MS: '500',
  STORE_COMMAND_MS: '1000',
  QUOTA_WINDOW_MS: String(hastyWindowMs),
  KORE_ATTEMPT_TIMEOUT_MS: '1000',
  REPLICA_LAPSE_MS: '1000',
  OPERATION_DEADLINE_MS: '60000',
};

const timeout = 180_000;

const summary = `{ scoreSummary(${commonDay}) { conversationCount coverage { complete } } }`;

test('200 callers at four replicas: never more calls than allowed in any window, none twice, and equal shares', {
  timeout,
}, async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 250, switches: { quotaLimit: 0 } });
  await using fleet = await startFleet(kore, 4, settingsOf(redis.url));
  const { fairness, most } = await askByAll(fleet, kore, windowMs);
  expect(most).toBeLessThanOrEqual(callsMax);
  // The quota is used, not only kept.
  expect(most).toBeGreaterThan(callsMax * 0.9);
  expect(fairness).toBeGreaterThan(0.6);
});

test('a thousand equal questions at once over four replicas are one call a page', { timeout }, async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 250, switches: { quotaLimit: 0, latencyMs: 100 } });
  await using fleet = await startFleet(kore, 4, settingsOf(redis.url));
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, at) => gatewayOf(fleet, at).ask(common)));
  const [first] = answers;
  expect(first?.data).toMatchObject({ conversations: { totalCount: 250 } });
  for (const answer of answers) expect(answer).toEqual(first);
  expect(duplicatesOf(kore.calls)).toEqual([]);
  expect(kore.callCount).toBe(3);
});

test('while the store is killed, hung and started anew: never too many calls, no wrong answer, and all flows again', {
  timeout,
}, async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 250, switches: { quotaLimit: 0 } });
  await using fleet = await startFleet(kore, 4, { ...settingsOf(redis.url), ...hasty });
  const right = (await gatewayOf(fleet, 0).ask(common)).data;
  expect(right).toMatchObject({ conversations: { totalCount: 250 } });
  let isOver = false;
  let [index, answeredCount] = [0, 0];
  const codes = new Set<string>();
  const callers = Array.from({ length: 40 }, async (_, caller) => {
    while (!isOver) {
      const at = index++;
      const isCommon = at % 5 === 0;
      const { data, errors } = await gatewayOf(fleet, caller).ask(isCommon ? common : listOf(at), `caller ${caller}`);
      for (const { extensions } of errors ?? []) codes.add(extensions.code);
      if (errors !== undefined) continue;
      if (isCommon) expect(data).toEqual(right);
      answeredCount += 1;
    }
  });
  const flows = async (): Promise<void> => {
    const before = kore.callCount;
    await expect.poll(() => kore.callCount, { timeout: 60_000 }).toBeGreaterThan(before + callsMax);
  };
  // They know one another by then.
  for (let round = 0; round < 6; round++) await flows();
  redis.hang();
  // Each takes its share of what all may, after a silence.
  const before = kore.callCount;
  await expect.poll(() => kore.callCount, { timeout: 60_000 }).toBeGreaterThan(before + 20);
  redis.goOn();
  await flows();
  await redis.kill();
  await redis.restart();
  await flows();
  await redis.command('FLUSHALL');
  await flows();
  isOver = true;
  await Promise.all(callers);
  const most = mostInAnyWindow(kore.calls, hastyWindowMs);
  sayFigures('store lost', { mostInWindow: most, callsMax, answers: answeredCount, codes: [...codes].join(', ') });
  expect(most).toBeLessThanOrEqual(callsMax);
  expect([...codes].filter((code) => code !== 'UPSTREAM_BUDGET_EXHAUSTED')).toEqual([]);
});

test('a replica that is killed in the middle of a scan: it ends elsewhere without being asked for, and no row is lost', {
  timeout,
}, async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({
    conversationsPerDay: 1_000,
    switches: { quotaLimit: 0 },
    faults: [{ kind: 'hang-before-headers', after: 5, times: 'all' }],
  });
  await using fleet = await startFleet(kore, 3, settingsOf(redis.url));
  const reader = gatewayOf(fleet, 0);
  const cutOff = reader.ask(summary).catch(() => 'cut off');
  // Seven are under way: of eight places one is kept for lists. What has come is written by then.
  await expect.poll(() => kore.inFlightCount, { timeout: 60_000 }).toBe(6);
  const pages = async () => (await redis.command('KEYS', '*:page:*')).match(/\{kore/g)?.length ?? 0;
  await expect.poll(pages, { timeout: 60_000 }).toBe(5);
  await reader.kill();
  expect(await cutOff).toBe('cut off');
  kore.clearFaults();
  const tiles = async () => (await redis.command('KEYS', '*:tile:*')).match(/\{kore/g)?.length ?? 0;
  await expect.poll(tiles, { timeout: 60_000 }).toBe(1);
  expect(kore.callCount).toBe(11 + 6);
  const { data } = await gatewayOf(fleet, 1).ask(summary);
  expect(data).toEqual({ scoreSummary: { conversationCount: 1_000, coverage: { complete: true } } });
  expect(kore.callCount).toBe(11 + 6);
});
