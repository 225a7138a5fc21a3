import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { connectionOf, startTestGateway } from './harness.ts';

const schema = buildSchema();
const window = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-04T00:00:00Z" }';

/** The fields that a row itself holds: those with arguments, and summaries, ask further questions. */
function ownFields(type: GraphQLObjectType) {
  return Object.values(type.getFields()).filter(({ name, args }) => args.length === 0 && name !== 'summary');
}

/** Every field of a type, down to the leaves. */
function selectionOf(type: GraphQLObjectType): string {
  const fields = ownFields(type).map(({ name, type: fieldType }) => {
    const named = getNamedType(fieldType);
    return isObjectType(named) ? `${name} ${selectionOf(named)}` : name;
  });
  return `{ ${fields.join(' ')} }`;
}

/** The paths of every leaf that holds a value somewhere in an answer, without indices. */
function filledPaths(value: unknown, path: string, paths: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) filledPaths(item, path, paths);
  else if (typeof value === 'object' && value !== null && !path.endsWith('customFields')) {
    for (const [name, field] of Object.entries(value)) filledPaths(field, `${path}.${name}`, paths);
  } else if (value !== null && value !== undefined) paths.add(path);
  return paths;
}

function leafPaths(type: GraphQLObjectType, path: string): readonly string[] {
  return ownFields(type).flatMap(({ name, type: fieldType }) => {
    const named = getNamedType(fieldType);
    if (isObjectType(named)) return leafPaths(named, `${path}.${name}`);
    return isLeafType(named) ? [`${path}.${name}`] : [];
  });
}

test('every field resolves, and every field that the upstream publishes reaches a client', async () => {
  const filled = new Set<string>();
  const type = schema.getType('ConversationConnection');
  if (!isObjectType(type)) throw new Error('there are no connections');
  const query = `{ conversations(${window}, filterBy: { includeBelowThreshold: true }, first: 500) ${selectionOf(type)} }`;
  for (const era of ['V6', 'V7'] as const) {
    await using kore = await startSimulator({ conversationsPerDay: 700, switches: { tableOnlyFields: true, era } });
    await using gateway = await startTestGateway(kore, {
      settings: { LOG_LEVEL: 'silent', VALUES_PER_OPERATION: '1000000' },
    });
    filledPaths(connectionOf(await gateway.query(query)), '', filled);
  }
  const bare = leafPaths(type, '').filter((path) => !filled.has(path));
  expect(bare, 'a plain list is complete, or asking again is of no use').toEqual(['.coverage.retryAfterSeconds']);
});

test.for(['sampled', 'table', 'mixed'] as const)(
  'the same conversations reach a client in the %s spelling',
  async (spelling) => {
    await using kore = await startSimulator({ conversationsPerDay: 60, switches: { tableOnlyFields: true, spelling } });
    await using plain = await startSimulator({ conversationsPerDay: 60, switches: { tableOnlyFields: true } });
    await using gateway = await startTestGateway(kore);
    await using reference = await startTestGateway(plain);
    const type = schema.getType('Conversation');
    if (!isObjectType(type)) throw new Error('there are no conversations');
    const query = `{ conversations(${window}, first: 500) { nodes ${selectionOf(type)} } }`;
    expect(connectionOf(await gateway.query(query)).nodes).toEqual(connectionOf(await reference.query(query)).nodes);
  },
);

test.for(['V1', 'V2', 'V3', 'V5', 'V6', 'V7'] as const)(
  'rows of era %s are decoded without a change of their facts',
  async (era) => {
    await using kore = await startSimulator({ conversationsPerDay: 60, switches: { era } });
    await using gateway = await startTestGateway(kore);
    const query = `{ conversations(${window}, first: 500) { nodes { conversationId koreEvaluationScore metrics { metric { metricId } qualification } agents { agentId } queues { queueId } } } }`;
    const { nodes } = connectionOf(await gateway.query(query));
    const { rows } = kore.list({
      fromMs: Date.parse('2026-03-02T00:00:00Z'),
      untilMs: Date.parse('2026-03-04T00:00:00Z'),
    });
    expect(nodes.map(({ conversationId, koreEvaluationScore }) => [conversationId, koreEvaluationScore])).toEqual(
      rows.map(({ conversationId, score }) => [conversationId, score]),
    );
  },
);

test("pushed filters are the upstream's: both directions and below-threshold contacts agree with what it holds", async () => {
  await using kore = await startSimulator({ conversationsPerDay: 200 });
  await using gateway = await startTestGateway(kore);
  const [fromMs, untilMs] = [Date.parse('2026-03-02T00:00:00Z'), Date.parse('2026-03-04T00:00:00Z')];
  for (const direction of [undefined, 'inbound', 'outbound'] as const) {
    for (const includeBelowThreshold of [false, true]) {
      const stated = direction === undefined ? '' : `contactDirection: ${direction.toUpperCase()}, `;
      const query = `{ conversations(${window}, filterBy: { ${stated}includeBelowThreshold: ${includeBelowThreshold} }, first: 500) { totalCount nodes { conversationId } } }`;
      const { totalCount, nodes } = connectionOf(await gateway.query(query));
      const held = kore.list({
        fromMs,
        untilMs,
        includeBelowThreshold,
        ...(direction === undefined ? {} : { direction }),
      });
      expect(totalCount).toBe(held.total);
      expect(nodes.map(({ conversationId }) => conversationId)).toEqual(
        held.rows.map(({ conversationId }) => conversationId),
      );
    }
  }
});

test('names are the same wherever an agent stands in an answer', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 300 });
  await using gateway = await startTestGateway(kore);
  const query = `{ a: conversations(${window}, first: 300) { nodes { agents { agentId name } } } b: conversations(${window}, last: 100) { nodes { agents { agentId name } } } }`;
  const answer = await gateway.query(query);
  const agents = [...connectionOf(answer, 'a').nodes, ...connectionOf(answer, 'b').nodes].flatMap(
    ({ agents: each }) => each as { agentId: string; name: string | null }[],
  );
  const names = new Map(agents.map(({ agentId, name }) => [agentId, name]));
  expect(agents.filter(({ agentId, name }) => names.get(agentId) !== name)).toEqual([]);
});
