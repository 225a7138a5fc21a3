import { expect, test } from 'vitest';
import { connectionOf, startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startRedis } from './server.ts';

const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const list = `{ conversations(${day}, first: 300) { totalCount nodes { conversationId } } }`;
const scan = `{ conversations(${day}, first: 20, orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }) { totalCount nodes { conversationId } } }`;

test.for([
  ['a list', list, 4],
  ['a scan', scan, 4],
] as const)('equal questions over replicas at the same time are one call a page: %s', async ([, query, pageCount]) => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 350, switches: { latencyMs: 50 } });
  const settings = { STORE_URL: redis.url, STORE_WAIT_MS: '2000', REPLICA_LAPSE_MS: '500' };
  await using one = await startTestGateway(kore, { settings });
  await using two = await startTestGateway(kore, { settings });
  await using three = await startTestGateway(kore, { settings });
  const answers = await Promise.all(Array.from({ length: 90 }, (_, at) => [one, two, three][at % 3]?.query(query)));
  const [first] = answers;
  expect(first === undefined ? null : connectionOf(first).totalCount).toBe(350);
  for (const answer of answers) expect(answer).toEqual(first);
  expect(kore.callCount).toBe(pageCount);
});
