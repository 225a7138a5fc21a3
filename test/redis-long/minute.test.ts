import { expect, test } from 'vitest';
import { askByAll, startFleet } from '../redis/fleet.ts';
import { startRedis } from '../redis/server.ts';
import { startSimulator } from '../simulator/simulator.ts';

const windowMs = 60_000;
test('200 callers at four replicas, by the real minute: never a 61st call in any sixty seconds, and none twice', async () => {
  await using redis = await startRedis();
  // The upstream itself refuses the 61st.
  await using kore = await startSimulator({ conversationsPerDay: 250 });
  await using fleet = await startFleet(kore, 4, {
    STORE_URL: redis.url,
    OPERATION_DEADLINE_MS: '590000',
    STOP_WITHIN_MS: '600000',
  });
  const { most } = await askByAll(fleet, kore, windowMs);
  expect(kore.calls.filter(({ outcome }) => outcome === 'refused-quota')).toEqual([]);
  expect(most).toBeLessThanOrEqual(60);
  expect(most).toBeGreaterThan(50);
});
