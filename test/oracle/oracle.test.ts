import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { holdOracle } from './run.ts';

test('every answer to five hundred questions is the oracle’s', async () => {
  const { faults, questionCount, report } = await holdOracle({ questionCount: 500, seed: 20_261_126 });
  process.stdout.write(`${report}\n`);
  sayFigures('oracle', { questions: questionCount, wrong: faults.length });
  expect(faults.join('\n\n')).toBe('');
  expect(questionCount).toBeGreaterThanOrEqual(500);
});
