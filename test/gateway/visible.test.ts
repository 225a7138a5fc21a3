import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SimulatedRow } from '../simulator/row.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { type Answer, askAs, operator } from './asking-as.ts';
import { startTestGateway } from './harness.ts';
import { type Claims, tokenSettings } from './tokens.ts';

/** Days of exactly 1,000 conversations cost 11 calls each, and all of them lie in the past. */
const callsPerDay = 11;
const now = () => Date.parse('2026-03-20T12:00:00Z');
const day = dayWindow('2026-03-02');
const span = { fromMs: Date.parse('2026-03-02T00:00:00Z'), untilMs: Date.parse('2026-03-03T00:00:00Z') };

let kore: Simulator;
let rows: readonly SimulatedRow[];
beforeAll(async () => {
  kore = await startSimulator({ switches: { quotaLimit: 0, quirks: false, tableOnlyFields: true, era: 'V6' }, now });
  rows = kore.list(span).rows;
});
afterAll(async () => {
  await kore[Symbol.asyncDispose]();
});

/** A gateway that has seen nothing, over an upstream whose calls are counted from now. */
async function startFresh() {
  const gateway = await startTestGateway(kore, { now, settings: tokenSettings });
  kore.resetCalls();
  return Object.assign(gateway, { nowMs: now() });
}

function agentOf(row: SimulatedRow | undefined): string {
  const agentId = row?.agents[0]?.id;
  if (agentId === undefined) throw new Error('a row without an agent');
  return agentId;
}

const isOf = (agentId: string) => (row: SimulatedRow) => row.agents.some(({ id }) => id === agentId);

/** An agent, and a conversation that is none of hers and none of her colleagues'. */
function someAgent() {
  const agentId = agentOf(rows.find(({ agents }) => agents.length === 1));
  const hers = rows.filter(isOf(agentId));
  const known = new Set(hers.flatMap(({ agents, conversationId }) => [conversationId, ...agents.map(({ id }) => id)]));
  const hidden = rows.find(
    (row) => row.agents.length === 1 && !known.has(agentOf(row)) && !known.has(row.conversationId),
  );
  if (hidden === undefined) throw new Error('all rows are hers');
  return { agentId, hers, hidden };
}

const count = `{ conversations(${day}, first: 1) { totalCount coverage { complete conversationsRead conversationsExpected } } }`;

describe('what is read for one is cut for the next', () => {
  test('callers who see different rows cost the calls of one', async () => {
    await using gateway = await startFresh();
    const { agentId, hers } = someAgent();
    const queueId = rows.flatMap(({ queues }) => queues)[0]?.id ?? '';
    const ofQueue = rows.filter(({ queues }) => queues.some(({ id }) => id === queueId));
    const own = await askAs(gateway, { agents: [agentId] }, count);
    expect(kore.callCount).toBe(callsPerDay);
    expect(own.data).toEqual({
      conversations: {
        totalCount: hers.length,
        coverage: { complete: true, conversationsRead: hers.length, conversationsExpected: hers.length },
      },
    });
    const team = await askAs(gateway, { queues: [queueId] }, count);
    expect(team.data).toMatchObject({ conversations: { totalCount: ofQueue.length } });
    const all = await askAs(gateway, operator, `{ scoreSummary(${day}) { conversationCount } }`);
    expect(all.data).toEqual({ scoreSummary: { conversationCount: rows.length } });
    expect(kore.callCount).toBe(callsPerDay);
  });

  test('who sees every conversation reads a plain list by its page', async () => {
    await using gateway = await startFresh();
    const all = await askAs(gateway, operator, `{ conversations(${day}, first: 25) { nodes { conversationId } } }`);
    expect(all.errors).toBeUndefined();
    expect(kore.callCount).toBe(1);
  });

  test('without a claim there are no rows, and nothing is read', async () => {
    await using gateway = await startFresh();
    const { hidden } = someAgent();
    const query = `query ($id: ID!) {
      conversations(${day}) { totalCount nodes { id } coverage { complete daysRead conversationsExpected } }
      scoreSummary(${day}) { conversationCount }
      agents(${day}) { totalCount }
      conversation(conversationId: $id) { id }
    }`;
    const answer = await askAs(gateway, {}, query, { variables: { id: hidden.conversationId } });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      conversations: {
        totalCount: 0,
        nodes: [],
        coverage: { complete: true, daysRead: 0, conversationsExpected: null },
      },
      scoreSummary: { conversationCount: 0 },
      agents: { totalCount: 0 },
      conversation: null,
    });
    expect(kore.callCount).toBe(0);
  });
});

describe('a conversation that is hidden isn’t there', () => {
  test('A71 by whatever id: the answer is that of an id that nobody has', async () => {
    await using gateway = await startFresh();
    const { agentId, hidden } = someAgent();
    // Somebody else has seen it, on a page and in a scan.
    const ids = `{ conversations(${day}, first: 500) { nodes { id conversationId } } scoreSummary(${day}) { conversationCount } }`;
    const seen = (await askAs(gateway, operator, ids)).data as {
      readonly conversations: { readonly nodes: readonly { readonly id: string; readonly conversationId: string }[] };
    };
    const byPage = seen.conversations.nodes.find((node) =>
      rows.some((row) => row.conversationId === node.conversationId && !isOf(agentId)(row)),
    );
    const query = `query ($id: ID!, $own: ID!, $reference: _Any!) {
      conversation(conversationId: $own, ${day}) { id }
      node(id: $id) { id }
      nodes(ids: [$id]) { id }
      _entities(representations: [$reference]) { __typename }
    }`;
    const variablesOf = (id: string, own: string) => ({
      id,
      own,
      reference: { __typename: 'Conversation', conversationId: own },
    });
    const ask = (variables: object) => askAs(gateway, { agents: [agentId] }, query, { variables });
    const nobody = Buffer.from(JSON.stringify(['Conversation', 'c-nobody'])).toString('base64url');
    const absent = await ask(variablesOf(nobody, 'c-nobody'));
    const shown = ({ data, errors }: Answer) => ({
      data,
      errors: errors?.map(({ message, path, extensions: { requestId: _, ...extensions } }) => ({
        message,
        path,
        extensions,
      })),
    });
    expect(absent.data).toMatchObject({ conversation: null, node: null });
    expect(byPage).toBeDefined();
    expect(shown(await ask(variablesOf(byPage?.id ?? '', byPage?.conversationId ?? '')))).toEqual(shown(absent));
    expect(shown(await ask(variablesOf(nobody, hidden.conversationId)))).toEqual(shown(absent));
  });

  test('names are told that his own rows have, and no others', async () => {
    await using gateway = await startFresh();
    const { agentId, hidden } = someAgent();
    const names = `query ($own: ID!, $other: ID!, $metric: ID!) {
      own: agent(agentId: $own) { name }
      other: agent(agentId: $other) { name }
      metric(metricId: $metric) { name }
    }`;
    const metricId = rows.flatMap(({ metrics }) => metrics)[0]?.id ?? '';
    const variables = { own: agentId, other: agentOf(hidden), metric: metricId };
    await askAs(gateway, operator, `{ scoreSummary(${day}) { conversationCount } }`);
    const all = await askAs(gateway, operator, names, { variables });
    expect(all.data).toEqual({
      own: { name: expect.any(String) },
      other: { name: expect.any(String) },
      metric: { name: expect.any(String) },
    });
    const before = await askAs(gateway, { agents: [agentId] }, names, { variables });
    expect(before.data).toEqual({ own: all.data?.['own'], other: { name: null }, metric: { name: null } });
    const own = await askAs(gateway, { agents: [agentId] }, `{ metrics(${day}) { nodes { metricId } } }`);
    const { metrics } = own.data as { readonly metrics: { readonly nodes: readonly { readonly metricId: string }[] } };
    const after = await askAs(gateway, { agents: [agentId] }, names, {
      variables: { ...variables, metric: metrics.nodes[0]?.metricId },
    });
    expect(after.data).toEqual({ ...before.data, metric: { name: expect.any(String) } });
  });

  test('A70 a cursor of somebody who sees other rows is of another list', async () => {
    await using gateway = await startFresh();
    const { agentId } = someAgent();
    const page = (after: string | null, args = '') =>
      `{ conversations(${day}, first: 2 ${args} ${after === null ? '' : `, after: "${after}"`}) { nodes { conversationId } pageInfo { endCursor } } }`;
    const cursorOf = ({ data }: Answer) =>
      (data as { readonly conversations: { readonly pageInfo: { readonly endCursor: string } } }).conversations.pageInfo
        .endCursor;
    const order = ', orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }';
    const direct = cursorOf(await askAs(gateway, operator, page(null)));
    const ordered = cursorOf(await askAs(gateway, operator, page(null, order)));
    const hers = cursorOf(await askAs(gateway, { agents: [agentId] }, page(null, order)));
    const callCount = kore.callCount;
    const refusalsOf = async (claims: Claims, query: string) =>
      (await askAs(gateway, claims, query)).errors?.map(({ extensions: { code, reason } }) => `${code} ${reason}`);
    expect(await refusalsOf({ agents: [agentId] }, page(direct))).toEqual(['BAD_CURSOR OTHER_QUESTION']);
    expect(await refusalsOf({ agents: [agentId] }, page(ordered, order))).toEqual(['BAD_CURSOR OTHER_QUESTION']);
    expect(await refusalsOf({ agents: ['a-other'] }, page(hers, order))).toEqual(['BAD_CURSOR OTHER_QUESTION']);
    expect(await refusalsOf(operator, page(hers, order))).toEqual(['BAD_CURSOR OTHER_QUESTION']);
    expect(kore.callCount).toBe(callCount);
    expect((await askAs(gateway, { sub: 'a colleague', agents: [agentId] }, page(hers, order))).errors).toBeUndefined();
  });
});
