import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { connectionOf, startTestGateway } from './harness.ts';

const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';

test('thin line', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(
    `{ conversations(${day}, first: 10) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id conversationId agents { id name } metrics { metricName weight metric { name } } } } coverage { complete daysRead conversationsRead conversationsExpected asOf } } }`,
  );
  const c = connectionOf(answer);
  console.log(JSON.stringify(c).slice(0, 1500), gateway.logLines.join(''));
  expect(c.totalCount).toBe(1000);
  expect(kore.callCount).toBe(1);
});
