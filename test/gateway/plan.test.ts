import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { startTestGateway } from './harness.ts';
import { planHeader, planOf, post } from './planning.ts';

const day = dayWindow('2026-03-02');
const week = dayWindow('2026-03-02', 7);
const filter = 'filterBy: { channels: [VOICE] }';

type Price = readonly [least: number, most: number | null, unknownSlices: number];

/** Over lists of a thousand rows a day: what a cold gateway plans, and what it plans once the same was asked. */
const cases: readonly (readonly [query: string, cold: Price, warm: Price])[] = [
  [`{ conversations(${day}) { nodes { id } } }`, [1, 1, 0], [0, 0, 0]],
  [`{ conversations(${day}, first: 500) { nodes { id } } }`, [1, 6, 0], [0, 0, 0]],
  [`{ conversations(${day}, last: 10) { nodes { id } } }`, [1, 3, 0], [0, 0, 0]],
  [
    `{ a: conversations(${day}) { totalCount } b: conversations(${day}, first: 150) { nodes { id } } }`,
    [1, 2, 0],
    [0, 0, 0],
  ],
  [`{ conversations(${day}, first: 0) { nodes { id } window { from } } }`, [0, 0, 0], [0, 0, 0]],
  [`{ conversations(${day}, ${filter}, first: 0) { nodes { id } } }`, [0, 0, 0], [0, 0, 0]],
  [`{ scoreSummary(${day}) { conversationCount } }`, [1, null, 1], [0, 0, 0]],
  [`{ scoreSummary(${week}) { conversationCount } agents(${week}) { totalCount } }`, [7, null, 7], [0, 0, 0]],
  [
    `{ scoreBreakdown(${week}, by: [WINDOW_DAY]) { groups { summary { conversationCount } } } }`,
    [7, null, 7],
    [0, 0, 0],
  ],
  [`{ conversations(${week}, ${filter}, first: 1) { nodes { id } } }`, [1, null, 7], [0, 0, 0]],
  [`{ conversations(${day}) { nodes { id } summary { conversationCount } } }`, [1, null, 1], [0, 0, 0]],
  [`{ conversation(conversationId: "nobody", ${week}) { id } }`, [1, null, 7], [0, 0, 0]],
  [
    `{ _entities(representations: [{ __typename: "Agent", agentId: "a" }, { __typename: "Agent", agentId: "b" }, { __typename: "Queue", queueId: "qu" }]) {
      ... on Agent { summary(${week}) { averageScore } conversations(${week}, first: 3) { nodes { id } } }
      ... on Queue { agents(${week}, first: 3) { totalCount } }
    } }`,
    [7, null, 7],
    [0, 0, 0],
  ],
  ['{ agent(agentId: "a") { name } upstream { quota { remaining } } __typename }', [0, 0, 0], [0, 0, 0]],
  ['{ __schema { queryType { name } } }', [0, 0, 0], [0, 0, 0]],
  [`{ conversations(${day}) @skip(if: true) { totalCount } }`, [0, 0, 0], [0, 0, 0]],
];

test.for(cases)('a plan costs nothing, and says what there is to pay: %s', async ([query, cold, warm]) => {
  await using kore = await startSimulator({ conversationsPerDay: 1000, switches: { quotaLimit: 0 } });
  await using gateway = await startTestGateway(kore);
  const before = await planOf(gateway.url, query);
  expect(kore.callCount).toBe(0);
  expect([before.least, before.most, before.unknownSlices]).toEqual(cold);
  const { errors } = await gateway.query(query);
  expect(errors).toBeUndefined();
  const paid = kore.callCount;
  expect(paid).toBeGreaterThanOrEqual(before.least);
  expect(paid).toBeLessThanOrEqual(before.most ?? Number.POSITIVE_INFINITY);
  const after = await planOf(gateway.url, query);
  expect([after.least, after.most, after.unknownSlices]).toEqual(warm);
  expect(after.quotaMinutes).toBe(0);
  expect(kore.callCount).toBe(paid);
});

test('a plan names its calls: their windows, places and filters, and which of them are held', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_PER_MINUTE: '60' } });
  await gateway.query(`{ conversations(${day}) { totalCount } }`);
  const plan = await planOf(
    gateway.url,
    `query ($first: Int) {
      conversations(${day}, first: $first) { nodes { id } }
      scoreSummary(${dayWindow('2026-03-03')}, filterBy: { contactDirection: INBOUND, includeBelowThreshold: true }) { averageScore }
    }`,
    { first: 150 },
  );
  const window = { from: '2026-03-02T00:00:00Z', until: '2026-03-03T00:00:00Z' };
  const filters = { contactDirection: null, includeBelowThreshold: false };
  expect(plan).toEqual({
    calls: [
      { window, offset: 99, limit: 100, held: false, filters },
      { window, offset: 0, limit: 100, held: true, filters },
      {
        window: { from: '2026-03-03T00:00:00Z', until: '2026-03-04T00:00:00Z' },
        offset: 0,
        limit: 100,
        held: false,
        filters: { contactDirection: 'INBOUND', includeBelowThreshold: true },
      },
    ],
    callsLeftOut: 0,
    least: 2,
    most: null,
    unknownSlices: 1,
    quotaMinutes: 0.04,
  });
  expect(kore.callCount).toBe(1);
});

test('where the first page of a day is held the size of the day is known, and so is the price of all of it', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore);
  await gateway.query(`{ conversations(${day}) { totalCount } }`);
  const query = `{ scoreSummary(${day}) { conversationCount } }`;
  expect(await planOf(gateway.url, query)).toMatchObject({ least: 10, most: 10, unknownSlices: 0 });
  await gateway.query(query);
  expect(kore.callCount).toBe(11);
});

test('fields below fields may cost something, and need not', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 30 });
  await using gateway = await startTestGateway(kore);
  const query = `{ agents(${day}) { nodes { agentId summary(${dayWindow('2026-03-05')}) { conversationCount } } } }`;
  expect(await planOf(gateway.url, query)).toMatchObject({ least: 1, most: null, unknownSlices: 2 });
  const known = `{ agent(agentId: "a") { summary(${dayWindow('2026-03-05')}) { conversationCount } } }`;
  expect(await planOf(gateway.url, known)).toMatchObject({ least: 1, most: null, unknownSlices: 1 });
  expect(kore.callCount).toBe(0);
});

test('a cursor whose row is held has a price; one whose row must be looked for has none', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore);
  const query = `query ($after: String) { conversations(${day}, first: 99, after: $after) { pageInfo { endCursor } nodes { id } } }`;
  const answer = await gateway.query(query);
  const after = answer.data?.['conversations']?.pageInfo.endCursor;
  expect(await planOf(gateway.url, query, { after })).toMatchObject({ least: 1, most: 1 });
  const afresh = { ...planHeader, 'cache-control': 'no-cache' };
  expect((await post(gateway.url, query, afresh, { after })).extensions?.upstream?.plan).toMatchObject({
    least: 1,
    most: null,
  });
  expect(kore.callCount).toBe(1);
});

test('what is refused is refused in the same words, beside the plan of the rest', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { ROWS_PER_OPERATION: '100' } });
  const queries = [
    '{ conversations(',
    '{ nothing }',
    'mutation { x }',
    `query ($after: String!) { conversations(${day}, after: $after) { totalCount } }`,
    `{ conversations(${day}, first: 101) { nodes { id } } }`,
    `{ bad: conversations(first: -1) { totalCount } scoreSummary(${day}) { averageScore } }`,
    `{ agents { nodes { conversations(after: "x") { totalCount } } } }`,
    `query ($by: [ScoreDimension!] = []) { scoreBreakdown(${day}, by: $by) { groups { key { date } } } }`,
  ];
  for (const query of queries) {
    const planned = await post(gateway.url, query, planHeader);
    expect(kore.callCount, query).toBe(0);
    const { status, errors } = await post(gateway.url, query);
    kore.resetCalls();
    expect(errors?.length, query).toBeGreaterThan(0);
    const nameless = (all: typeof errors) => JSON.stringify(all).replaceAll(/"requestId":"[^"]*"/g, '');
    expect([planned.status, nameless(planned.errors)], query).toEqual([status, nameless(errors)]);
    expect(planned.data ?? null, query).toBeNull();
  }
});

test('a plan is given over GET too, and wins over a trace', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const query = encodeURIComponent(`{ conversations(${day}) { totalCount } }`);
  const headers = { ...planHeader, 'x-upstream-trace': '1', 'apollo-require-preflight': '1' };
  const response = await fetch(`${gateway.url}/graphql?query=${query}`, { headers });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    data: null,
    extensions: { upstream: { plan: { least: 1, most: 1 } } },
  });
  expect(kore.callCount).toBe(0);
});

test('a plan of many days lists a bounded number of calls, and says how many more there are', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1 });
  await using gateway = await startTestGateway(kore);
  const directions = ['INBOUND', 'OUTBOUND'].flatMap((direction) => [true, false].map((isAll) => [direction, isAll]));
  const both = [true, false].map((isAll) => [null, isAll]);
  const fields = [...directions, ...both].map(
    ([direction, isAll], at) =>
      `f${at}: scoreSummary(window: { from: "2026-01-01T00:00:00Z", until: "2026-04-01T00:00:00Z" }, filterBy: { ${direction === null ? '' : `contactDirection: ${direction}, `}includeBelowThreshold: ${isAll} }) { averageScore }`,
  );
  const plan = await planOf(gateway.url, `{ ${fields.join(' ')} }`);
  expect(plan).toMatchObject({ least: 180, most: null, unknownSlices: 540, callsLeftOut: 40 });
  expect(plan.calls).toHaveLength(500);
  expect(kore.callCount).toBe(0);
});

test('the plan that docs/filters.md tells of', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_PER_MINUTE: '60' } });
  const block = /```graphql plan\n(query Week [\s\S]*?)```/.exec(readFileSync('docs/filters.md', 'utf8'))?.[1] ?? '';
  const { calls, ...price } = await planOf(gateway.url, block);
  expect(price).toEqual({ callsLeftOut: 0, least: 8, most: null, unknownSlices: 7, quotaMinutes: 0.14 });
  expect(calls).toHaveLength(9);
});

test('a page of another origin may ask for plans and traces, if that origin may ask at all', async () => {
  await using kore = await startSimulator();
  const origin = 'https://desk.example';
  await using gateway = await startTestGateway(kore, { settings: { CORS_ORIGINS: origin } });
  const { headers } = await fetch(`${gateway.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-upstream-plan,x-upstream-trace',
    },
  });
  expect(headers.get('access-control-allow-origin')).toBe(origin);
  expect(headers.get('access-control-allow-headers')).toMatch(/x-upstream-plan.*x-upstream-trace/);
});
