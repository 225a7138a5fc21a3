import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { restartUnderLoad } from './rolling.ts';

const restarts = Number(process.env['RESTARTS'] ?? 20);
const perSecond = Number(process.env['PER_SECOND'] ?? 40);

test(`${restarts} restarts under ${perSecond} requests a second lose none`, async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0, latencyMs: 100 } });
  // What is measured is restarts: no request is to be refused for a machine that is busy with other things.
  const settings = {
    STOP_WAIT_MS: '1000',
    LOOP_LATE_MS_MAX: '60000',
    OPERATION_BEGIN_WITHIN_MS: '60000',
    ...JSON.parse(process.env['SETTINGS'] ?? '{}'),
  };
  const rolling = await restartUnderLoad(kore, { restarts, perSecond, settings });
  const lostCount = Object.values(rolling.lost).reduce((sum, count) => sum + count, 0);
  sayFigures('rolling', {
    restarts,
    requests: rolling.requests,
    lost: lostCount,
    slowestStopMs: rolling.slowestStopMs,
  });
  expect(rolling.lost).toEqual({});
  expect(rolling.ends).toEqual(Array(restarts).fill(0));
  expect(rolling.slowestStopMs).toBeLessThan(20_000);
});
