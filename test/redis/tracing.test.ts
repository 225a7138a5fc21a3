import { beforeEach, expect, test } from 'vitest';
import { startTestGateway } from '../gateway/harness.ts';
import { loadSdk, parentOf } from '../gateway/spans.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startRedis, unhurried, untilOpen } from './server.ts';

const spans = loadSdk();
beforeEach(() => spans.forget());

const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const list = `{ conversations(${day}, first: 90) { nodes { conversationId } } }`;

test('an operation shows what it asked of a shared store, and what was written is shown apart from it', async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 250 });
  const settings = unhurried(redis);
  await using one = await startTestGateway(kore, { settings });
  await using other = await startTestGateway(kore, { settings });
  let askedCount = 0;
  for (const gateway of [one, other])
    await untilOpen(async (text) => {
      askedCount += 1;
      return await gateway.query(text);
    });
  await expect.poll(() => spans.named('gateway.operation').length, { timeout: 20_000 }).toBe(askedCount);
  spans.forget();
  await one.query(list);
  const writes = () =>
    spans.named('gateway.store').filter(({ attributes }) => attributes['gateway.store.command'] === 'write');
  await expect.poll(() => writes().length, { timeout: 20_000 }).toBe(1);
  expect(writes()[0]?.parentSpanContext).toBeUndefined();
  spans.forget();

  await other.query(list);
  await expect.poll(() => spans.named('gateway.operation').length, { timeout: 20_000 }).toBe(1);
  expect(spans.named('gateway.call')).toEqual([]);
  const reads = spans.named('gateway.store');
  expect(reads.map(({ attributes }) => attributes)).toEqual([
    { 'gateway.store.command': 'read_pages', 'gateway.store.asked': 1, 'gateway.store.found': 1 },
  ]);
  for (const read of reads) expect(parentOf(read, spans)?.name).toBe('gateway.operation');
  spans.forget();

  // By now it holds the page itself.
  await other.query(list);
  await expect.poll(() => spans.named('gateway.operation').length, { timeout: 20_000 }).toBe(1);
  expect(spans.named('gateway.store')).toEqual([]);
});
