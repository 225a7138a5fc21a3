import { writeFileSync } from 'node:fs';
import type { Results } from './results.ts';
export function saveResults(results: Results): void {
  writeFileSync('test/bench/results.json', `${JSON.stringify(results, null, 2)}\n`);
}
