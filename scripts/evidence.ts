import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { areaTable } from './evidence/areas.ts';
import { readFound } from './evidence/found.ts';
import { tableOf, writePart } from './evidence/page.ts';
import { rows } from './evidence/rows.ts';
import { keptOutput, parts, reportPath, runPart } from './evidence/run.ts';

/**
 * `npm run evidence`: measures everything that docs/evidence.md claims, and writes its tables anew. It takes some forty minutes of a machine that does nothing else. With names of parts
 * (`npm run evidence -- load soak`) only these are measured anew, and of the others what they printed last is taken; `-- none` only writes the tables. A figure that is missing is left out
 * of no table: it ends with 1 instead, and writes none.
 */
const named = process.argv.slice(2).filter((name) => name !== 'none');
for (const name of process.argv.length === 2 ? Object.keys(parts) : named) await runPart(name);

const found = readFound(keptOutput(), JSON.parse(readFileSync(reportPath, 'utf8')));
const commit = execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=7']).toString().trim();
const measured = `Measured on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.version}, ${availableParallelism()} cores.`;
const figures = rows.map(({ promise, aim, by, reached }) => [promise, aim, reached(found), `\`${by}\``]);

writePart('measured', measured);
writePart('figures', tableOf(['what', 'aim', 'reached', 'by'], figures));
writePart('mutation', areaTable());
