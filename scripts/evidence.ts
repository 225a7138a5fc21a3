import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { areaTable } from './evidence/areas.ts';
import { readFound } from './evidence/found.ts';
import { tableOf, writePart } from './evidence/page.ts';
import { rows } from './evidence/rows.ts';
import { runAll } from './evidence/run.ts';

/**
 * `npm run evidence`: measures everything that docs/evidence.md claims, and writes its tables anew. It takes some forty minutes of a machine that does nothing else. What a run lacks is
 * left out of no table: it ends with 1 instead, and changes nothing.
 */
const report = join(mkdtempSync(join(tmpdir(), 'evidence-')), 'tests.json');
const commands = [
  ['npm', 'test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ['npm', 'run', 'test:load'],
  ['npm', 'run', 'test:rolling'],
  ['npm', 'run', 'test:soak', '--', process.env['SOAK_SECONDS'] ?? '600'],
] as const;

const output = await runAll(commands);
const found = readFound(output, JSON.parse(readFileSync(report, 'utf8')));
const commit = execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=7']).toString().trim();
const measured = `Measured on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.version}, ${availableParallelism()} cores.`;
const figures = rows.map(({ promise, aim, by, reached }) => [promise, aim, reached(found), `\`${by}\``]);

writePart('measured', measured);
writePart('figures', tableOf(['what', 'aim', 'reached', 'by'], figures));
writePart('mutation', areaTable());
