import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { publishedSdl } from '../../src/graphql/published.ts';
import { readSdl } from '../../src/graphql/schema.ts';
import { composers, scoresSdl, sidesOf, supergraphOf } from './compose.ts';

const text = readFileSync('docs/federation.md', 'utf8');
const blocks = [...text.matchAll(/```graphqls\n([\s\S]*?)```/g)].map(([, block = '']) => block);
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

test('the page on federation shows what other subgraphs say', () => {
  expect(blocks.length).toBeGreaterThan(1);
});

test.for(Object.entries(composers))('what it shows composes with ours, by %s', ([, compose]) => {
  for (const block of blocks) supergraphOf(compose(sidesOf(scoresSdl, block)));
});

test.for(Object.entries(composers))(
  'what it leaves out by its command can be owned elsewhere, by %s',
  ([, compose]) => {
    const [, omitted = ''] = /schema:print -- --omit (\S+)/.exec(text) ?? [];
    const fields = omitted.split(',');
    expect(fields).toContain('Query.agent');
    const owned = fields.map((field) => `${field.replace('Query.', '')}: [Agent]`);
    const other = `${link} type Query { ${owned.join(' ')} } type Agent @key(fields: "agentId") { agentId: ID! }`;
    supergraphOf(compose(sidesOf(publishedSdl(readSdl(), fields), other)));
  },
);
