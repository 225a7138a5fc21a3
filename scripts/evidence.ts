import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFound } from './evidence/found.ts';
import { areaRows, rows } from './evidence/rows.ts';
import { runAll } from './evidence/run.ts';

/**
 * `npm run evidence`: measures everything that docs/evidence.md claims, and writes its tables anew. It takes some forty minutes of a machine that does nothing else. What a run lacks is
 * left out of no table: it ends with 1 instead, and changes nothing.
 */
const page = 'docs/evidence.md';
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

const text = readFileSync(page, 'utf8');
writeFileSync(
  page,
  [
    ['measured', measured],
    ['figures', tableOf(['what', 'aim', 'reached', 'by'], figures)],
    ['mutation', tableOf(['area', 'changes', 'noticed', 'score'], areaRows())],
  ].reduce((whole, [name = '', part = '']) => between(whole, name, part), text),
);

function tableOf(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Puts a part between its marks, in the place of what stands there. */
function between(whole: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, until] = [whole.indexOf(begin), whole.indexOf(end)];
  if (from < 0 || until < from) throw new Error(`${page} has no place for ${name}`);
  return whole.slice(0, from + begin.length) + part + whole.slice(until);
}
