import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { publishedSdl } from '../src/graphql/published.ts';
import { readSdl } from '../src/graphql/schema.ts';
import { compareSdl, severityOrder } from './schema/compare.ts';

/** Says what has changed since an earlier SDL, and ends with 1 where something of it breaks somebody. docs/federation.md. */
const usage = `npm run schema:check -- EARLIER.graphql
git show HEAD~1:docs/subgraph.graphql | npm run schema:check -- -
`;

try {
  const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true });
  const [earlier, ...others] = positionals;
  if (values.help) process.stdout.write(usage);
  else if (earlier === undefined || others.length > 0) throw new Error('Give one earlier SDL, or - for standard input');
  else await check(readFileSync(earlier === '-' ? 0 : earlier, 'utf8'));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 2;
}

async function check(earlier: string): Promise<void> {
  const changes = await compareSdl(earlier, publishedSdl(readSdl()));
  for (const { severity, path, message } of changes)
    process.stdout.write(`${severity.padEnd(10)}${path}: ${message}\n`);
  const counts = severityOrder.map((each) => `${changes.filter(({ severity }) => severity === each).length} ${each}`);
  process.stdout.write(`${counts.join(', ')}\n`);
  process.exitCode = changes.some(({ severity }) => severity === 'breaking') ? 1 : 0;
}
