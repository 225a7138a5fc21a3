import { mkdirSync, writeFileSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';
import { areaTable } from '../../scripts/evidence/areas.ts';
import { writePart } from '../../scripts/evidence/page.ts';
import { areas } from './areas.ts';
import { type MutantFate, recordOf } from './record.ts';

/**
 * `npm run test:mutation -- AREA …` (all areas when none is named): changes the sources of an area one place at a time, and counts the
 * changes that its tests notice. What it found is kept as test/mutation/results/AREA.json,
 * and summed up in docs/evidence.md.
 */
const named = process.argv.slice(2);
for (const name of named.length === 0 ? Object.keys(areas) : named) {
  const area = areas[name];
  if (area === undefined) throw new Error(`${name} is none of ${Object.keys(areas).join(', ')}`);
  // The child processes that run the tests read it from the environment.
  process.env['MUTATION_AREA'] = name;
  const found = await new Stryker({
    mutate: [...area.mutate],
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', related: false, pool: 'forks' },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    reporters: ['dots'],
    tempDirName: `artifacts/mutation-${name}`,
    ignorePatterns: ['artifacts', 'dist', 'examples', 'test/gateways', 'test/bench/peers'],
    // A changed loop may never end; a busy machine isn't one.
    timeoutMS: 10_000,
    timeoutFactor: 2,
    // Its reader of these files doesn't know this TypeScript; nothing in them matters here.
    tsconfigFile: 'none',
    allowEmpty: false,
  }).runMutationTest();
  const fates: readonly MutantFate[] = found;
  mkdirSync('test/mutation/results', { recursive: true });
  writeFileSync(`test/mutation/results/${name}.json`, `${JSON.stringify(recordOf(fates), null, 2)}\n`);
  writePart('mutation', areaTable());
}
