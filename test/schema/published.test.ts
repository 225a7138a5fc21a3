import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { publishedSdl } from '../../src/graphql/published.ts';
import { buildSchema, readSdl } from '../../src/graphql/schema.ts';

const sdl = readSdl();

describe('the published SDL', () => {
  test('is what is served but for `node` and `nodes`', () => {
    const served = fieldsOf(buildSchema());
    const published = fieldsOf(buildSubgraphSchema(parse(publishedSdl(sdl))));
    expect(served.filter((field) => !published.includes(field))).toEqual(['Query.node: Node', 'Query.nodes: [Node]!']);
    expect(published.filter((field) => !served.includes(field))).toEqual([]);
  });

  test('is committed as it would be written', () => {
    expect(readFileSync('docs/subgraph.graphql', 'utf8')).toBe(publishedSdl(sdl));
    expect(print('--check')).toEqual({ status: 0, stdout: '', isUsageShown: false });
  });

  test('leaves out what another subgraph owns, with the types that only it leads to', () => {
    const without = publishedSdl(sdl, ['Query.agent', 'Query.upstream']);
    const fields = fieldsOf(buildSubgraphSchema(parse(without)));
    const all = fieldsOf(buildSubgraphSchema(parse(publishedSdl(sdl))));
    const left = all.filter((field) => !fields.includes(field)).map((field) => field.replace(/[.:].*/, ''));
    expect(new Set(left)).toEqual(new Set(['Query', 'Upstream', 'UpstreamQuota', 'WireDrift']));
    expect(without).not.toMatch(/WireDrift/);
    expect(print('--omit', 'Query.agent,Query.upstream').stdout).toBe(without);
    expect(print('--omit', 'Query.agent', '--omit', 'Query.upstream').stdout).toBe(without);
  });

  test('keeps entities that nothing of this subgraph leads to', () => {
    const roots = ['queues', 'queue', 'metrics', 'agents', 'agent', 'metric', 'scoreBreakdown', 'scoreSummary'];
    const without = publishedSdl(
      sdl,
      roots.map((field) => `Query.${field}`),
    );
    expect(without).toMatch(/^type Queue implements Node @key/m);
    expect(without).not.toMatch(/^type QueueConnection/m);
  });

  const wrong = [
    ['Query.nobody', 'no field'],
    ['Nobody.name', 'no field'],
    ['Query', 'no field'],
    ['Query.agents.first', 'no field'],
    ['', 'no field'],
    ['ConversationFilter.channels', 'no field'],
    ['Agent.agentId', 'key'],
    ['Conversation.conversationId', 'key'],
  ] as const;
  test.for(wrong)('is refused without %j', ([field, reason]) => {
    expect(() => publishedSdl(sdl, [field])).toThrow(reason);
    const { status, stdout, isUsageShown } = print('--omit', field);
    expect([status, stdout, isUsageShown]).toEqual([1, '', true]);
  });

  test('keeps one field of each type', () => {
    const fields = ['from', 'until'].map((field) => `ConversationWindow.${field}`);
    expect(() => publishedSdl(sdl, fields)).toThrow('last field');
  });
});

/** Fields with the types of their answers. */
function fieldsOf(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      'getFields' in type
        ? Object.values(type.getFields()).map((field) => `${type.name}.${field.name}: ${field.type}`)
        : [],
    );
}

function print(...options: readonly string[]): { status: number | null; stdout: string; isUsageShown: boolean } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/schema-print.ts', ...options], {
    encoding: 'utf8',
  });
  return { status, stdout, isUsageShown: stderr.includes('npm run schema:print') };
}
