import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { connectionOf, startTestGateway } from './harness.ts';

const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const window = (from: string, until: string) => `window: { from: "${from}", until: "${until}" }`;
const selection = '{ totalCount edges { cursor } pageInfo { hasNextPage } }';

type Refused = readonly [title: string, args: string, status: number, code: string, reason: string | undefined];

const refused: readonly Refused[] = [
  ['first below 0', `${day}, first: -1`, 200, 'BAD_USER_INPUT', 'PAGE_SIZE'],
  ['first above 500', `${day}, first: 501`, 200, 'BAD_USER_INPUT', 'PAGE_SIZE'],
  ['last below 0', `${day}, last: -1`, 200, 'BAD_USER_INPUT', 'PAGE_SIZE'],
  ['last above 500', `${day}, last: 501`, 200, 'BAD_USER_INPUT', 'PAGE_SIZE'],
  ['first and last', `${day}, first: 1, last: 1`, 200, 'BAD_USER_INPUT', 'FIRST_AND_LAST'],
  ['first that is no Int', `${day}, first: 3000000000`, 400, 'GRAPHQL_VALIDATION_FAILED', undefined],
  [
    'a reversed window',
    window('2026-03-03T00:00:00Z', '2026-03-02T00:00:00Z'),
    200,
    'BAD_USER_INPUT',
    'WINDOW_REVERSED',
  ],
  ['an empty window', window('2026-03-03T00:00:00Z', '2026-03-03T00:00:00Z'), 200, 'BAD_USER_INPUT', 'WINDOW_REVERSED'],
  [
    'a window over 92 days',
    window('2026-01-01T00:00:00Z', '2026-04-03T00:00:01Z'),
    200,
    'BAD_USER_INPUT',
    'WINDOW_TOO_LONG',
  ],
  [
    'a sub-second window',
    window('2026-03-02T00:00:00.5Z', '2026-03-03T00:00:00Z'),
    200,
    'BAD_USER_INPUT',
    'WINDOW_SUB_SECOND',
  ],
  [
    'a sub-millisecond window',
    window('2026-03-02T00:00:00.0000001Z', '2026-03-03T00:00:00Z'),
    200,
    'BAD_USER_INPUT',
    'WINDOW_SUB_SECOND',
  ],
  [
    'a window without a zone',
    window('2026-03-02T00:00:00', '2026-03-03T00:00:00Z'),
    400,
    'BAD_USER_INPUT',
    'DATE_TIME',
  ],
  [
    'a day that does not exist',
    window('2026-02-30T00:00:00Z', '2026-03-03T00:00:00Z'),
    400,
    'BAD_USER_INPUT',
    'DATE_TIME',
  ],
  [
    'an hour that does not exist',
    window('2026-02-20T24:00:00Z', '2026-03-03T00:00:00Z'),
    400,
    'BAD_USER_INPUT',
    'DATE_TIME',
  ],
  ['a leap second', window('2026-02-20T23:59:60Z', '2026-03-03T00:00:00Z'), 400, 'BAD_USER_INPUT', 'DATE_TIME'],
  [
    'a year beyond four digits',
    window('+275760-01-01T00:00:00Z', '2026-03-03T00:00:00Z'),
    400,
    'BAD_USER_INPUT',
    'DATE_TIME',
  ],
  ['a date alone', window('2026-03-02', '2026-03-03T00:00:00Z'), 400, 'BAD_USER_INPUT', 'DATE_TIME'],
  ['a cursor that is none', `${day}, after: "yesterday"`, 200, 'BAD_CURSOR', 'BROKEN'],
  ['an empty cursor', `${day}, after: ""`, 200, 'BAD_CURSOR', 'BROKEN'],
];

test.for(refused)('is refused, and costs no call: %s', async ([, args, status, code, reason]) => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{ conversations(${args}) ${selection} }`);
  expect(answer.status).toBe(status);
  expect(answer.errors?.map(({ extensions }) => [extensions.code, extensions.reason, extensions.retryable])).toEqual([
    [code, reason, false],
  ]);
  expect(kore.callCount).toBe(0);
});

const refusedWindows = refused.filter(([, args]) => args.startsWith('window') && !args.startsWith(day));

test.for(refusedWindows.map(([title, args]) => [title, args] as const))(
  'is refused as a variable too: %s',
  async ([, args]) => {
    await using kore = await startSimulator({ conversationsPerDay: 10 });
    await using gateway = await startTestGateway(kore);
    const [, from, until] = /from: "(.*)", until: "([^"]*)"/.exec(args) ?? [];
    const answer = await gateway.query(`query ($window: TimeWindow) { conversations(window: $window) ${selection} }`, {
      window: { from, until },
    });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(kore.callCount).toBe(0);
  },
);

test('one refused field leaves its neighbours their answers', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(
    `{ bad: conversations(${day}, first: -1) ${selection} good: conversations(${day}) { totalCount } }`,
  );
  expect(answer.data).toEqual({ bad: null, good: { totalCount: 10 } });
  expect(answer.errors?.map(({ path }) => path)).toEqual([['bad']]);
  expect(kore.callCount).toBe(1);
});

test('windows may carry any offset, and are answered in UTC', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const shifted = window('2026-03-02T05:30:00+05:30', '2026-03-02T16:00:00-08:00');
  const connection = connectionOf(
    await gateway.query(`{ conversations(${shifted}) { totalCount window { from until } } }`),
  );
  expect(connection.window).toEqual({ from: '2026-03-02T00:00:00Z', until: '2026-03-03T00:00:00Z' });
  expect(connection.totalCount).toBe(10);
});

test('without a window the seven days that end with today are read, by the clock of TIME_ZONE', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  const now = () => Date.parse('2026-03-30T22:30:00Z'); // Half past midnight in Berlin, the day after the clocks went forward.
  await using gateway = await startTestGateway(kore, { now, settings: { TIME_ZONE: 'Europe/Berlin' } });
  const connection = connectionOf(
    await gateway.query('{ conversations { window { from until } coverage { daysExpected } } }'),
  );
  expect(connection.window).toEqual({ from: '2026-03-24T23:00:00Z', until: '2026-03-31T22:00:00Z' });
  expect(connection.coverage['daysExpected']).toBe(7);
});

test.for(['first: 0', 'last: 0'])('%s is an empty page with true pageInfo', async (count) => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const query = `{ conversations(${day}, ${count}) { edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const { edges, nodes, pageInfo } = connectionOf(await gateway.query(query));
  expect([edges, nodes]).toEqual([[], []]);
  const isFirst = count.startsWith('first');
  expect(pageInfo).toEqual({ hasNextPage: isFirst, hasPreviousPage: !isFirst, startCursor: null, endCursor: null });
});

test.for([
  [
    'a condition that a variable makes null',
    `query ($v: Boolean = true) { conversations(${day}) @include(if: $v) { totalCount } }`,
    { v: null },
  ],
  [
    'a condition on a part',
    `query ($v: Boolean = true) { conversations(${day}) { totalCount @skip(if: $v) } }`,
    { v: null },
  ],
  [
    'an argument that a variable makes null',
    `query ($f: DateTime = "2026-03-02T00:00:00Z") { conversations(window: { from: $f, until: "2026-03-03T00:00:00Z" }) { totalCount } }`,
    { f: null },
  ],
  ['a mutation', 'mutation { x }', {}],
  ['a subscription', 'subscription { x }', {}],
] as const)('is bad input and no bug: %s', async ([, query, variables]) => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(query, variables);
  expect(answer.status).toBeLessThan(500);
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  expect(gateway.logLines.filter((line) => line.includes('"msg":"bug"'))).toEqual([]);
  expect(kore.callCount).toBe(0);
});

test.for<[rootCount: number, listCount: number, metric: string]>([
  [8, 40, 'metricName weight negativeWeight qualification isFatalError'],
  [9, 48, 'metricName'],
  [19, 40, 'metricName'],
  [1, 21, 'metricName'],
  [1, 40, 'metricName @skip(if: true)'],
  [20, 38, 'metricName @skip(if: true)'],
])(
  'an answer that would be too large is refused before anything is read: %i x %i lists',
  async ([rootCount, listCount, metric]) => {
    await using kore = await startSimulator({ conversationsPerDay: 10 });
    await using gateway = await startTestGateway(kore);
    const lists = Array.from({ length: listCount }, (_, index) => `m${index}: metrics { ...Metric }`);
    const rows = `query { ${Array.from({ length: rootCount }, (_, index) => `a${index}: conversations(${day}, first: 500) { ...Rows }`).join(' ')} }`;
    const answer = await gateway.query(
      `${rows} fragment Rows on ConversationConnection { nodes { ${lists.join(' ')} } } fragment Metric on MetricResult { ${metric} }`,
    );
    expect(answer.errors?.map(({ extensions }) => [extensions.code, extensions.reason])).toEqual([
      ['COST_LIMIT_EXCEEDED', 'VALUES_PER_OPERATION'],
    ]);
    expect(kore.callCount).toBe(0);
  },
);

test.for<[fieldCount: number, filterBy: string, branches: number, leaves: number, leaf: unknown]>([
  [1, '{ anyOf: $f }', 100, 60, {}],
  [30, '{ anyOf: $f }', 200, 75, {}],
  [30, '{ anyOf: $f, koreEvaluationScore: { min: FIELD } }', 100, 30, { isScored: true }],
  [30, '{ anyOf: $f, koreEvaluationScore: { min: FIELD } }', 200, 25, { not: {} }],
  [30, '{ anyOf: $f, koreEvaluationScore: { min: FIELD } }', 3, 11, {}],
  [1, '{ anyOf: $f }', 150, 40, { x: 1 }],
])(
  'an operation of too many filters is refused before anything is read: %i x %s of %i x %i',
  async ([fieldCount, filterBy, branches, leaves, leaf]) => {
    await using kore = await startSimulator({ conversationsPerDay: 10 });
    await using gateway = await startTestGateway(kore);
    const fields = Array.from(
      { length: fieldCount },
      (_, index) => `a${index}: scoreSummary(filterBy: ${filterBy.replace('FIELD', `${index}`)}) { scoredCount }`,
    );
    const f = new Array(branches).fill({ anyOf: new Array(leaves).fill(leaf) });
    const answer = await gateway.query(`query ($f: [ConversationFilter!]) { ${fields.join(' ')} }`, { f });
    expect(answer.status).toBe(400);
    expect(answer.errors?.map(({ extensions }) => [extensions.code, extensions.reason])).toEqual([
      ['COST_LIMIT_EXCEEDED', 'FILTERS_PER_OPERATION'],
    ]);
    expect(kore.callCount).toBe(0);
  },
);
