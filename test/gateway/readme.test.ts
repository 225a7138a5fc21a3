import { readdirSync, readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

type Block = { readonly file: string; readonly query: string; readonly answer: string | undefined };

const files = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.md') && !/(^|\/)(node_modules|dist|artifacts)\//.test(name),
);
const blocks: readonly Block[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g)].map(
    ([, query = '', answer]) => ({ file, query, answer }),
  ),
);
const titled = blocks.map((block, index): [string, Block] => [`${block.file} ${index + 1}`, block]);

test('the README shows queries, and one of them with its answer', () => {
  expect(blocks.filter(({ file }) => file === 'README.md').length).toBeGreaterThan(2);
  expect(blocks.filter(({ answer }) => answer !== undefined)).toHaveLength(1);
});

test.for(titled)('what the documents show is valid, and answers as they say: %s', async ([, { query, answer }]) => {
  await using kore = await startSimulator({
    conversationsPerDay: 1_000,
    switches: { liveTail: true, tableOnlyFields: true },
  });
  await using gateway = await startTestGateway(kore);
  expect(validate(buildSchema(), parse(query))).toEqual([]);
  const { status, ...body } = await gateway.query(query);
  expect([status, body.errors]).toEqual([200, undefined]);
  if (answer !== undefined) expect(body).toEqual(JSON.parse(answer));
});
