import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const published = readFileSync('docs/subgraph.graphql', 'utf8');

test('an SDL that is the same has no changes', () => {
  expect(check(['docs/subgraph.graphql'])).toEqual({ status: 0, stdout: '0 breaking, 0 dangerous, 0 safe\n' });
});

test('an earlier SDL comes by standard input, and what has broken since ends with 1', () => {
  const earlier = published.replace('type Query {', 'type Query {\n  agentCount: Int');
  expect(check(['-'], earlier)).toEqual({
    status: 1,
    stdout:
      "breaking  Query.agentCount: Field 'agentCount' was removed from object type 'Query'\n1 breaking, 0 dangerous, 0 safe\n",
  });
});

test('what has only been added ends with 0', () => {
  const earlier = published.replace(' @tag(name: "operations")', '').replace(' @key(fields: "queueId")', '');
  const { status, stdout } = check(['-'], earlier);
  expect([status, stdout.split('\n').at(-2)]).toEqual([0, '0 breaking, 0 dangerous, 2 safe']);
});

const wrong = [
  [],
  ['no-such-file.graphql'],
  ['README.md'],
  ['docs/subgraph.graphql', 'README.md'],
  ['--wrong'],
] as const;

test.for(wrong)('what is no SDL ends with 2: %j', (options) => {
  expect(check(options)).toEqual({ status: 2, stdout: '' });
});

function check(options: readonly string[], input = ''): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/schema-check.ts', ...options], {
    encoding: 'utf8',
    input,
  });
  return { status, stdout };
}
