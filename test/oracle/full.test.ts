import { expect, test } from 'vitest';
import { holdOracle } from './run.ts';

test('every answer to ten thousand questions is the oracle’s', async () => {
  const seed = Number(process.env['ORACLE_SEED'] ?? 20_261_127);
  const { faults, questionCount, report } = await holdOracle({ questionCount: 10_000, seed });
  process.stdout.write(`${report}\n`);
  expect(faults.join('\n\n')).toBe('');
  expect(questionCount).toBeGreaterThanOrEqual(10_000);
});
