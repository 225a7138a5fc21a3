import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { publishedSdl } from '../src/graphql/published.ts';
import { readSdl } from '../src/graphql/schema.ts';

/** Writes the SDL that composition takes, or says whether the one that is committed still is it. docs/federation.md. */
const usage = `npm run schema:print                          writes docs/subgraph.graphql
npm run schema:print -- --check               ends with 1 where that file is not what would be written
npm run schema:print -- --omit Query.agent,…  prints it without these fields, for a supergraph in which another subgraph owns them
`;
const file = fileURLToPath(new URL('../docs/subgraph.graphql', import.meta.url));

try {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, omit: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  });
  if (values.check && values.omit !== undefined) throw new Error('--check looks at the file, which leaves nothing out');
  if (values.help) process.stdout.write(usage);
  else if (values.omit !== undefined) process.stdout.write(publishedSdl(readSdl(), fieldsOf(values.omit)));
  else if (values.check) check();
  else writeFileSync(file, publishedSdl(readSdl()));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 1;
}

function fieldsOf(lists: readonly string[]): readonly string[] {
  return lists.flatMap((list) => list.split(',')).map((field) => field.trim());
}

function check(): void {
  if (readFileSync(file, 'utf8') === publishedSdl(readSdl())) return;
  process.stderr.write('docs/subgraph.graphql is not what schema/ says: npm run schema:print\n');
  process.exitCode = 1;
}
