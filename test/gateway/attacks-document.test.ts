import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Attack, leastMs, posted, refuses, startTarget, type Target, written } from './attacking.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => await target[Symbol.asyncDispose]());

const many = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');
const query = (text: string, more: object = {}) => posted({ query: text, ...more });
const [limit, invalid] = ['QUERY_LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED'];
const nodes = 'agents { nodes { conversations { nodes { ';

const attacks: readonly Attack[] = [
  [
    'A1 valid nesting, a thousand levels',
    query(`{ ${nodes.repeat(250)} id ${'} '.repeat(1_001)}`),
    400,
    limit,
    'DEPTH',
  ],
  ['A2 braces, twenty thousand', query('{a'.repeat(20_000)), 400, limit, 'DEPTH'],
  ['A3 a literal of lists, ten thousand deep', query(`{ nodes(ids: ${'['.repeat(10_000)}`), 400, limit, 'DEPTH'],
  [
    'A4 filters as literals, 2,500 deep',
    query(`{ conversations(filterBy: ${'{not:'.repeat(2_500)}`),
    400,
    limit,
    'DEPTH',
  ],
  [
    'A5 the same in variables, as deep as a body may be',
    written(
      `{"query":"query ($f: ConversationFilter) { conversations(filterBy: $f) { totalCount } }","variables":{"f":${'{"not":'.repeat(5_000)}{}${'}'.repeat(5_000)}}}`,
    ),
    400,
    limit,
    'BODY_DEPTH',
  ],
  [
    'A6 fragments in a circle',
    query('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
    400,
    invalid,
  ],
  [
    'A7 fragments that double, 2^17',
    query(
      `{ ...F0 } ${many(17, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F17 on Query { __typename }`,
    ),
    400,
    limit,
    'ROOT_FIELDS',
  ],
  [
    'A7 the same below the root',
    query(
      `{ agents { nodes { ...F0 } } } ${many(17, (at) => `fragment F${at} on Agent { ...F${at + 1} ...F${at + 1} }`)} fragment F17 on Agent { name }`,
    ),
    400,
    limit,
    'SELECTIONS',
  ],
  [
    'A8 a chain of fragments',
    query(`{ ...F0 } ${many(300, (at) => `fragment F${at} on Query { ...F${at + 1} }`)}`),
    400,
    limit,
    'FRAGMENTS',
  ],
  [
    'A9 fragments that overlap',
    query(`{ ${many(300, (at) => `...F${at}`)} } ${many(300, (at) => `fragment F${at} on Query { a }`)}`),
    400,
    limit,
    'FRAGMENTS',
  ],
  [
    'A10 aliases of a leaf',
    query(`{ agents { nodes { ${many(400, (at) => `a${at}: name`)} } } }`),
    400,
    limit,
    'ALIASES',
  ],
  [
    'A11 aliases of lists',
    query(`{ ${many(50, (at) => `a${at}: conversations(first: 100) { totalCount }`)} }`),
    400,
    limit,
    'ROOT_FIELDS',
  ],
  ['A12 a field, five thousand times', query(`{ ${'__typename '.repeat(5_000)} }`), 400, limit, 'ROOT_FIELDS'],
  [
    'A12 an alias of forty thousand characters',
    query(`{ ${'a'.repeat(40_000)}: __typename }`),
    400,
    limit,
    'NAME_LENGTH',
  ],
  ['A12 the same below the root', query(`{ agents { ${'__typename '.repeat(5_000)} } }`), 400, limit, 'TOKENS'],
  [
    'A12 the same as often as tokens allow',
    query(`{ upstream { quota { ${'remaining '.repeat(1_900)} } } }`),
    400,
    limit,
    'SELECTIONS',
  ],
  [
    'A13 directives that there are',
    query(`{ __typename ${'@include(if: true) '.repeat(300)} }`),
    400,
    limit,
    'DIRECTIVES',
  ],
  ['A13 directives that there are not', query(`{ __typename ${'@a '.repeat(9_000)} }`), 400, limit, 'DIRECTIVES'],
  ['A14 a megabyte of commas', query(`{ __typename ${','.repeat(1_000_000)} }`), 413, limit, 'BODY_SIZE'],
  ['A14 a megabyte of comment', query(`{ __typename } #${'x'.repeat(1_000_000)}`), 413, limit, 'BODY_SIZE'],
  [
    'A15 an integer of 50 KB',
    query(`{ conversations(first: ${'9'.repeat(50_000)}) { totalCount } }`),
    400,
    'BAD_USER_INPUT',
    'NUMBER',
  ],
  [
    'A15 an integer of 100 KB',
    query(`{ conversations(first: ${'9'.repeat(100_000)}) { totalCount } }`),
    413,
    limit,
    'BODY_SIZE',
  ],
  [
    'A15 a block string of a megabyte',
    query(`{ node(id: """${'x'.repeat(1_000_000)}""") { id } }`),
    413,
    limit,
    'BODY_SIZE',
  ],
  ['A16 operations', query(many(500, (at) => `query Q${at} { __typename }`)), 400, limit, 'OPERATIONS'],
  [
    'A16 definitions of variables',
    query(`query (${many(400, (at) => `$v${at}: Int`)}) { __typename }`),
    400,
    limit,
    'VARIABLES',
  ],
  ['A17 no name among operations', query('query A { __typename } query B { __typename }'), 400, 'BAD_USER_INPUT'],
  ['A17 a name that is none of them', query('query A { __typename }', { operationName: 'B' }), 400, 'BAD_USER_INPUT'],
  ['A17 __proto__ as a name', query('query A { __typename }', { operationName: '__proto__' }), 400, 'BAD_USER_INPUT'],
  [
    'A17 a name of 50 KB',
    query('query A { __typename }', { operationName: 'A'.repeat(50_000) }),
    400,
    'BAD_USER_INPUT',
    'REQUEST',
  ],
  [
    'A24 introspection in a circle, twelve deep',
    query(`{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } } }`),
    400,
    limit,
    'SELECTIONS',
  ],
];

test.for(attacks)('%s', async (attack) => {
  await refuses(target, attack);
});

test('A1 to A16 cost no more than twenty harmless requests of the same size', async () => {
  for (const [title, sent] of attacks) {
    const harmless = posted({
      query: '{ __typename }',
      variables: { blank: ' '.repeat(Math.min(60_000, String(sent.body).length)) },
    });
    const [attackMs, harmlessMs] = [
      await leastMs(target.gateway.url, sent),
      await leastMs(target.gateway.url, harmless),
    ];
    expect(attackMs, title).toBeLessThan(20 * harmlessMs + 20);
  }
});

test('A12 to A16 are told in five errors at most', async () => {
  const asked = [
    `{ ${many(29, (at) => `nothing${at}`)} }`,
    `query (${many(40, (at) => `$v${at}: Nothing`)}) { __typename }`,
    `{ __typename ${many(25, (at) => `@nothing${at}`)} }`,
  ];
  for (const text of asked) {
    const answer = await target.gateway.query(text);
    expect(answer.status).toBe(400);
    expect(answer.errors?.length).toBeGreaterThan(1);
    expect(answer.errors?.length).toBeLessThanOrEqual(6);
  }
});
