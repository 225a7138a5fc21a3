import { Trace } from '@apollo/usage-reporting-protobuf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedSdl } from '../../src/graphql/published.ts';
import { readSdl } from '../../src/graphql/schema.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

const secret = 'known-to-the-router-alone';
const former = 'known-until-last-week';
const asRouter = { 'router-authorization': secret };

let kore: Simulator;
let gateway: GatewayUnderTest;
beforeAll(async () => {
  kore = await startSimulator({ conversationsPerDay: 20, switches: { quotaLimit: 0 } });
  gateway = await startTestGateway(kore, { settings: { ROUTER_SECRET: `${secret},${former}` } });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await kore[Symbol.asyncDispose]();
});

/** Each asks for the SDL in another way. */
const documents: readonly (readonly [string, string])[] = [
  ['as routers write it', '{ _service { sdl } }'],
  ['under an alias', '{ weather: _service { forecast: sdl } }'],
  ['in an inline fragment', '{ ... on Query { _service { sdl } } }'],
  ['in a fragment', 'query { ...Part } fragment Part on Query { _service { sdl } }'],
  ['in a fragment of a fragment', '{ ...A } fragment A on Query { ...B } fragment B on Query { _service { sdl } }'],
  [
    'beside what would cost calls',
    '{ scoreSummary(window: { from: "2026-02-02T00:00:00Z", until: "2026-02-03T00:00:00Z" }) { scoredCount } _service { sdl } }',
  ],
  [
    'where it is skipped',
    'query { metric(metricId: "em-1") { metricId } ...P } fragment P on Query { _service @skip(if: true) { sdl } }',
  ],
];

/** Who is not the router. */
const strangers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['nobody', {}],
  ['with another secret', { 'router-authorization': 'guessed-by-somebody-else' }],
  ['with a part of the secret', { 'router-authorization': secret.slice(0, -1) }],
  ['with more than the secret', { 'router-authorization': `${secret}!` }],
  ['with both secrets in one', { 'router-authorization': `${secret},${former}` }],
  ['with an empty secret', { 'router-authorization': '' }],
  ['with the secret as a bearer', { authorization: `Bearer ${secret}` }],
];

test.for([
  ['the secret', secret],
  ['the one before it', former],
] as const)('who knows %s is told the published SDL', async ([, given]) => {
  const answer = await gateway.query('{ _service { sdl } }', {}, { 'router-authorization': given });
  expect(answer).toEqual({ status: 200, data: { _service: { sdl: publishedSdl(readSdl()) } } });
});

test.for(documents)(
  'to others _service is no field, also once the router has asked with the same document: %s',
  async ([, query]) => {
    const before = kore.callCount;
    for (const [, headers] of strangers) expect(await refusalOf(query, headers)).toEqual(refused);
    expect(kore.callCount).toBe(before);
    expect((await gateway.query(query, {}, asRouter)).errors).toBeUndefined();
    const asked = kore.callCount;
    for (const [, headers] of strangers) expect(await refusalOf(query, headers)).toEqual(refused);
    expect(kore.callCount).toBe(asked);
  },
);

test.for(strangers)('the words are those of any field that is not there: %s', async ([, headers]) => {
  const message = async (field: string) =>
    (await gateway.query(`{ ${field} { sdl } }`, {}, headers)).errors?.map((error) => error.message.replace(field, ''));
  expect(await message('_service')).toEqual(await message('_weather'));
});

test('without a secret set nobody is the router', async () => {
  await using open = await startTestGateway(kore);
  for (const headers of [asRouter, ...strangers.map(([, each]) => each)])
    expect(
      (await open.query('{ _service { sdl } }', {}, headers)).errors?.map(({ extensions }) => extensions.code),
    ).toEqual(['GRAPHQL_VALIDATION_FAILED']);
});

const traced = { 'apollo-federation-include-trace': 'ftv1' };

test('the router is sent a trace of each field, under the names that it asked by', async () => {
  const { extensions } = await post(
    `{ first: agent(agentId: "a-1") { agentId } scoreSummary(${dayWindow('2026-03-02')}) { scoredCount } }`,
    { ...asRouter, ...traced },
  );
  const trace = Trace.decode(Buffer.from(String(extensions?.['ftv1']), 'base64'));
  expect(
    trace.root?.child?.map(({ responseName, originalFieldName, child }) => [
      responseName,
      originalFieldName,
      child?.map((each) => each.responseName),
    ]),
  ).toEqual([
    ['first', 'agent', ['agentId']],
    ['scoreSummary', '', ['scoredCount']],
  ]);
  expect(Number(trace.durationNs)).toBeGreaterThan(0);
});

test('a trace tells that a field failed, and not in which words', async () => {
  const { extensions, errors } = await post(
    '{ _entities(representations: [{ __typename: "Conversation", conversationId: "c-none" }]) { __typename } }',
    { ...asRouter, ...traced },
  );
  expect(errors).toHaveLength(1);
  const text = JSON.stringify(Trace.decode(Buffer.from(String(extensions?.['ftv1']), 'base64')));
  expect(text).toContain('"error":[{"message":"<masked>"');
  expect(text).not.toContain('days that were searched');
});

test.for(strangers)('nobody else is sent a trace: %s', async ([, headers]) => {
  const answer = await post('{ agent(agentId: "a-1") { agentId } }', { ...headers, ...traced });
  expect(answer).toEqual({ data: { agent: { agentId: 'a-1' } } });
});

test('nor the router, unless it asks for one', async () => {
  expect(await post('{ agent(agentId: "a-1") { agentId } }', asRouter)).toEqual({
    data: { agent: { agentId: 'a-1' } },
  });
});

const refused = {
  status: 400,
  codes: ['GRAPHQL_VALIDATION_FAILED'],
  messages: ['Cannot query field "_service" on type "Query".'],
};

async function refusalOf(query: string, headers: Readonly<Record<string, string>>) {
  const { status, errors = [] } = await gateway.query(query, {}, headers);
  return {
    status,
    codes: errors.map(({ extensions }) => extensions.code),
    messages: errors.map(({ message }) => message),
  };
}

type Told = {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

async function post(query: string, headers: Readonly<Record<string, string>>): Promise<Told> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Told;
}
