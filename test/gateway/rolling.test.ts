import { expect, test } from 'vitest';
import { restartUnderLoad } from '../load/rolling.ts';
import { startSimulator } from '../simulator/simulator.ts';

test('F69 while two replicas are restarted one after the other, no request is lost', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0, latencyMs: 100 } });
  const settings = { STOP_WAIT_MS: '1000', LOOP_LATE_MS_MAX: '60000', OPERATION_BEGIN_WITHIN_MS: '60000' };
  const rolling = await restartUnderLoad(kore, { restarts: 2, perSecond: 40, settings });
  expect(rolling.lost).toEqual({});
  expect(rolling.ends).toEqual([0, 0]);
  expect(rolling.requests).toBeGreaterThan(50);
  expect(rolling.slowestStopMs).toBeLessThan(20_000);
}, 180_000);
