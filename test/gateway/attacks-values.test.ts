import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Attack, got, leastMs, posted, refuses, send, startTarget, type Target, written } from './attacking.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => await target[Symbol.asyncDispose]());

const [bad, limit, invalid] = ['BAD_USER_INPUT', 'QUERY_LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED'];
const asked = (args: string) => posted({ query: `{ conversations(${args}) { totalCount } }` });
const filtered = (filter: object) =>
  posted({
    query: 'query ($f: ConversationFilter) { conversations(filterBy: $f) { totalCount } }',
    variables: { f: filter },
  });
/** Variables as they are written, for not every text of JSON can be had from a value. */
const raw = (declared: string, args: string, variables: string) =>
  written(`{"query":"query (${declared}) { conversations(${args}) { totalCount } }","variables":${variables}}`);
const first = (value: string) => raw('$n: Int', 'first: $n', `{"n":${value}}`);
const scored = (value: string) =>
  raw('$s: FloatRange', 'filterBy: { koreEvaluationScore: $s }', `{"s":{"min":${value}}}`);
const named = (value: string) => raw('$t: [String!]', 'filterBy: { languages: $t }', `{"t":["${value}"]}`);
const window = (from: string, until: string) => asked(`window: { from: "${from}", until: "${until}" }`);

const attacks: readonly Attack[] = [
  ['A48 first: -1', asked('first: -1'), 200, bad, 'PAGE_SIZE'],
  ['A48 first: 501', asked('first: 501'), 200, bad, 'PAGE_SIZE'],
  ['A48 first: a thousand million', asked('first: 1000000000'), 200, bad, 'PAGE_SIZE'],
  ['A49 an Int of 2^31', asked('first: 2147483648'), 400, invalid],
  ['A49 an Int of 2^31 as a variable', first('2147483648'), 400, bad],
  ['A49 1e999 as a variable', scored('1e999'), 400, bad, 'NUMBER'],
  ['A49 -1e999 as a variable', scored('-1e999'), 400, bad, 'NUMBER'],
  ['A49 NaN as a variable', scored('NaN'), 400, bad, 'REQUEST'],
  ['A50 1e999 as a literal', asked('filterBy: { koreEvaluationScore: { min: 1e999 } }'), 400, bad, 'NUMBER'],
  [
    'A50 the same in a default',
    posted({
      query:
        'query ($f: Float = -1e999) { conversations(filterBy: { koreEvaluationScore: { min: $f } }) { totalCount } }',
    }),
    400,
    bad,
    'NUMBER',
  ],
  [
    'A51 an id that a double rounds',
    raw('$i: [ID!]', 'filterBy: { agentIds: $i }', '{"i":[9007199254740993]}'),
    400,
    bad,
    'NUMBER',
  ],
  [
    'A51 the same by GET',
    got({ query: 'query ($i: ID!) { agent(agentId: $i) { name } }', variables: '{"i":9007199254740993}' }),
    400,
    bad,
    'NUMBER',
  ],
  ['A51 an id of half a number', raw('$i: [ID!]', 'filterBy: { agentIds: $i }', '{"i":[1.5]}'), 400, bad],
  ['A52 half a character', named('\\ud800'), 400, bad, 'TEXT'],
  ['A52 a NUL', named('\\u0000'), 400, bad, 'TEXT'],
  ['A52 an escape', named('\\u001b[2J'), 400, bad, 'TEXT'],
  ['A52 a NUL as a literal', asked('filterBy: { languages: ["\\u0000"] }'), 400, bad, 'TEXT'],
  [
    'A52 half a character as a literal',
    written('{"query":"{ conversations(filterBy: { languages: [\\"\\ud800\\"] }) { totalCount } }"}'),
    400,
    bad,
    'TEXT',
  ],
  ['A52 a text of 60 KB', filtered({ languages: ['x'.repeat(60_000)] }), 200, bad, 'TEXT_TOO_LONG'],
  [
    'A52 the same within a filter',
    filtered({ anyOf: [{ customFields: [{ name: 'a', equals: 'x'.repeat(1_001) }] }] }),
    200,
    bad,
    'TEXT_TOO_LONG',
  ],
  ['A53 __proto__ in a body', written('{"__proto__":{"a":1},"query":"{ __typename }"}'), 400, bad, 'KEY'],
  [
    'A53 __proto__ in variables',
    raw('$f: ConversationFilter', 'filterBy: $f', '{"f":{"__proto__":{"not":{}}}}'),
    400,
    bad,
    'KEY',
  ],
  [
    'A53 constructor in extensions',
    written('{"query":"{ __typename }","extensions":{"constructor":{"prototype":{}}}}'),
    400,
    bad,
    'KEY',
  ],
  ['A53 __proto__ in an address', got({ query: '{ __typename }', variables: '{"__proto__":1}' }), 400, bad, 'KEY'],
  ['A53 __proto__ as an input field', asked('filterBy: { __proto__: {} }'), 400, invalid],
  ['A55 five thousand wrong items', filtered({ channels: Array.from({ length: 5_000 }, () => 7) }), 400, bad],
  ['A55 a thousand wrong filters', filtered({ anyOf: Array.from({ length: 1_000 }, () => ({ a: 1 })) }), 400, bad],
  [
    'A55 five thousand wrong filters',
    filtered({ anyOf: Array.from({ length: 5_000 }, () => ({ a: 1 })) }),
    400,
    'COST_LIMIT_EXCEEDED',
    'FILTERS_PER_OPERATION',
  ],
  [
    'A55 more items than may be',
    filtered({ agentIds: Array.from({ length: 251 }, () => 'a') }),
    200,
    bad,
    'LIST_TOO_LONG',
  ],
  [
    'A56 a window that ends before it begins',
    window('2026-03-03T00:00:00Z', '2026-03-02T00:00:00Z'),
    200,
    bad,
    'WINDOW_REVERSED',
  ],
  ['A56 ten years', window('2016-03-03T00:00:00Z', '2026-03-03T00:00:00Z'), 200, bad, 'WINDOW_TOO_LONG'],
  ['A56 the year 275760', window('+275760-09-13T00:00:00Z', '2026-03-03T00:00:00Z'), 400, bad, 'DATE_TIME'],
  ['A56 the 30th of February', window('2026-02-30T00:00:00Z', '2026-03-03T00:00:00Z'), 400, bad, 'DATE_TIME'],
  ['A56 no zone', window('2026-03-02T00:00:00', '2026-03-03T00:00:00Z'), 400, bad, 'DATE_TIME'],
  ['A56 a leap second', window('2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'), 400, bad, 'DATE_TIME'],
  ['A56 a number', asked('window: { from: 0, until: 1 }'), 400, bad, 'DATE_TIME'],
  [
    'A72 references, two thousand',
    posted({
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      variables: { r: Array.from({ length: 2_000 }, () => ({ __typename: 'Agent' })) },
    }),
    200,
    limit,
    'REPRESENTATIONS',
  ],
  [
    'A73 a reference to what every object has',
    posted({ query: '{ _entities(representations: [{ __typename: "constructor" }]) { __typename } }' }),
    200,
    bad,
    'REPRESENTATION',
  ],
  [
    'A73 a reference to what there is not',
    posted({ query: '{ _entities(representations: [{ __typename: "Nothing" }]) { __typename } }' }),
    200,
    bad,
    'REPRESENTATION',
  ],
];

test.for(attacks)('%s', async (attack) => {
  await refuses(target, attack);
});

test('A48 a page of none is a page', async () => {
  const { text } = await send(target.gateway.url, posted({ query: '{ agents(first: 0) { nodes { name } } }' }));
  expect(JSON.parse(text)).toEqual({ data: { agents: { nodes: [] } } });
});

test('A52 writing from right to left is text, and a filter by it finds what there is', async () => {
  const { text } = await send(target.gateway.url, filtered({ languages: ['\u202eنص\u200f'], agentIds: [] }));
  expect(JSON.parse(text)).toEqual({ data: { conversations: { totalCount: 0 } } });
});

test('A54 aliases that every object has are keys like others', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const query = `{ ${names.map((name, at) => `${name}: agent(agentId: "a-${at}") { agentId __proto__: agentId }`).join(' ')} }`;
  const { status, text } = await send(target.gateway.url, posted({ query }));
  expect(status).toBe(200);
  const data = names.map((name, at) => `"${name}":{"agentId":"a-${at}","__proto__":"a-${at}"}`);
  expect(text).toBe(`{"data":{${data.join()}}}\n`);
  expect(Object.hasOwn(Object.prototype, 'agentId')).toBe(false);
});

test('A55 wrong items are told in six errors at most, and cost no more than right ones', async () => {
  const wrong = filtered({ channels: Array.from({ length: 20_000 }, () => 7) });
  const right = filtered({ channels: Array.from({ length: 8_000 }, () => 'CHAT') });
  const { text } = await send(target.gateway.url, wrong);
  expect((JSON.parse(text) as { errors: unknown[] }).errors.length).toBeLessThanOrEqual(6);
  const [wrongMs, rightMs] = [await leastMs(target.gateway.url, wrong), await leastMs(target.gateway.url, right)];
  expect(wrongMs).toBeLessThan(5 * rightMs + 20);
});
