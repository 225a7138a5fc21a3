import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';
import { takeWalk, walks } from './walks.ts';

const walkCount = 1_000;
const seed = 20_261_122;

test('rows that stay are each returned exactly once and in order, walking backward over a list that changes', {
  timeout: 300_000,
}, async () => {
  await using kore = await startSimulator({
    conversationsPerDay: 1600,
    switches: { segments: false, quotaLimit: 0 },
    epoch: '2020-01-01',
  });
  await using gateway = await startTestGateway(kore, { settings: { LOG_LEVEL: 'silent' } });
  let goneCount = 0;
  let dayStartMs = Date.parse('2020-01-01T00:00:00Z');
  await fc.assert(
    fc.asyncProperty(walks('backward'), async (walk) => {
      dayStartMs += 86_400_000;
      const { isGone, seen, stayed } = await takeWalk(walk, dayStartMs, kore, gateway);
      const stays = new Set(stayed);
      expect(new Set(seen).size).toBe(seen.length);
      if (isGone) goneCount += 1;
      else expect(seen.filter((id) => stays.has(id))).toEqual(stayed);
    }),
    { numRuns: walkCount, seed },
  );
  expect(goneCount / walkCount).toBeLessThan(0.05);
});
